# expect: 18/18
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers
from tensorflow.keras.losses import MeanSquaredError

def load_data(num_data, window_size):
    total = window_size + 1
    X = np.zeros((num_data, window_size, 1))
    y = np.zeros(num_data)
    time = np.linspace(0, 1, total)
    # 한 줄씩 만들기
    for i in range(num_data):
        f1, f2, o1, o2 = np.random.rand(4)
        s = 0.5*np.sin((time-o1)*(f1*10+10)) + 0.1*np.sin((time-o2)*(f2*10+10))
        s += 0.1*(np.random.rand(total)-0.5)
        X[i, :, 0] = s[:window_size]
        y[i] = s[window_size]
    n = int(num_data*0.8)
    return X[:n], X[n:], y[:n], y[n:]

def build_rnn_model(window_size):
    x_in = Input(shape=(window_size, 1))
    x = layers.SimpleRNN(20, return_sequences=True)(x_in)
    x = x[:, -1, :]
    return Model(inputs=x_in, outputs=layers.Dense(1)(x))

def build_deep_rnn_model(window_size):
    x_in = Input(shape=(window_size, 1))
    x = layers.SimpleRNN(20, return_sequences=True, name="rnn_1")(x_in)
    x, last_state = layers.SimpleRNN(20, return_state=True, name="rnn_2")(x)
    return Model(inputs=x_in, outputs=layers.Dense(1, name="forecast")(x))

def run_model(model, X_train, X_test, y_train, y_test, epochs=20, name=None):
    optimizer = tf.keras.optimizers.Adam(learning_rate=1e-3)
    model.compile(loss=MeanSquaredError(), optimizer=optimizer)
    hist = model.fit(x=X_train, y=y_train, verbose=2, shuffle=True, batch_size=256, epochs=epochs)
    test_loss = model.evaluate(x=X_test, y=y_test, verbose=0)
    print("[%s] MSE = %.5f" % (name, test_loss))
    return optimizer, hist

def main():
    np.random.seed(2022)
    tf.random.set_seed(2022)
    w = 50
    X_train, X_test, y_train, y_test = load_data(10000, w)
    run_model(build_rnn_model(w), X_train, X_test, y_train, y_test, name="RNN")
    run_model(build_deep_rnn_model(w), X_train, X_test, y_train, y_test, name="Deep RNN")

if __name__ == "__main__":
    main()
