# expect: 18/18
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import RNN, SimpleRNNCell, Dense

def load_data(num_data, window_size):
    freq1, freq2, offsets1, offsets2 = np.random.rand(4, num_data, 1)
    time = np.linspace(0, 1, window_size + 1)
    series = 0.5 * np.sin((time - offsets1) * (freq1 * 10 + 10))
    series += 0.1 * np.sin((time - offsets2) * (freq2 * 10 + 10))
    series += 0.1 * (np.random.rand(num_data, window_size + 1) - 0.5)
    X, y = np.split(series, [window_size], axis=1)
    X = X[:, :, np.newaxis]
    n = int(num_data * 0.8)
    return X[:n], X[n:], y[:n].squeeze(-1), y[n:].squeeze(-1)

def build_rnn_model(window_size):
    return keras.models.Sequential([RNN(SimpleRNNCell(20)), Dense(1)])

def build_deep_rnn_model(window_size):
    cells = [SimpleRNNCell(20) for _ in range(2)]
    return keras.models.Sequential([
        RNN(cells[0], return_sequences=True, input_shape=[None, 1]),
        RNN(cells[1]),
        Dense(1),
    ])

def run_model(model, X_train, X_test, y_train, y_test, epochs=20, name=None):
    optimizer = keras.optimizers.Adam(0.001)
    model.compile(loss=tf.losses.mse, optimizer=optimizer)
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=256, shuffle=True, verbose=2)
    test_loss = model.evaluate(X_test, y_test, verbose=0)
    print("[{}] 테스트 MSE: {:.5f}".format(name, test_loss))
    return optimizer, hist

def main():
    window_size = 50
    X_train, X_test, y_train, y_test = load_data(10000, window_size)
    model = build_rnn_model(window_size)
    run_model(model, X_train, X_test, y_train, y_test, name="RNN")
    model = build_deep_rnn_model(window_size)
    run_model(model, X_train, X_test, y_train, y_test, name="Deep RNN")

if __name__ == "__main__":
    main()
