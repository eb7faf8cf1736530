# expect: 16/16
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow.keras import layers, Sequential, losses, metrics
from tensorflow.keras.optimizers import Adam

def load_data(window_size):
    raw = np.genfromtxt("airline-passengers.csv", delimiter=",", skip_header=1, usecols=1)
    month = pd.read_csv("airline-passengers.csv")["Month"]
    mean, stdv = raw.mean(), raw.std()
    norm = (raw - mean) / stdv
    idx = np.arange(window_size)[None, :] + np.arange(len(norm) - window_size)[:, None]
    X = norm[idx][:, :, np.newaxis]
    y = norm[window_size:]
    X_train, X_test = np.split(X, [int(len(X) * 0.8)])
    y_train, y_test = np.split(y, [int(len(y) * 0.8)])
    return X_train, X_test, y_train, y_test, {"month": month, "mean": mean, "stdv": stdv}

def build_rnn_model(window_size):
    rnn = layers.SimpleRNN(4, activation='tanh', input_shape=[None, 1])
    fc = layers.Dense(1)
    stack = [rnn, fc]
    return Sequential(stack)

def plot_result(X_true, y_true, y_pred, data_stat):
    plt.figure(figsize=(12, 4))
    # left: forecast, right: error
    plt.subplot(1, 2, 1)
    a = y_true * data_stat["stdv"] + data_stat["mean"]
    b = y_pred.flatten() * data_stat["stdv"] + data_stat["mean"]
    plt.plot(a, 'b')
    plt.plot(b, 'r')
    plt.subplot(1, 2, 2)
    plt.bar(range(len(a)), a - b)
    plt.tight_layout()
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    window_size = 4
    X_train, X_test, y_train, y_test, data_stat = load_data(window_size)
    if model is None:
        model = build_rnn_model(window_size)
    optimizer = Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999)
    model.compile(optimizer=optimizer, loss=tf.losses.MeanSquaredError(),
                  metrics=['mse', metrics.MeanAbsoluteError(), tf.keras.metrics.RootMeanSquaredError(name='rmse')])
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    test_loss, *others = model.evaluate(X_test, y_test, verbose=0)
    print("테스트 MSE: {:.5f}".format(test_loss), others)
    y_pred = model.predict(X_test)
    plot_result(X_test, y_test, y_pred, data_stat)
    # 학습 곡선도 같이
    plt.figure()
    plt.plot(hist.history['loss'])
    plt.title('loss')
    plt.savefig('loss.png')
    return optimizer, hist

if __name__ == "__main__":
    main()
