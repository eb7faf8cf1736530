# expect: 16/16
import numpy as np
import pandas as pd
import tensorflow as tf
import matplotlib.pyplot as plt
from numpy.lib.stride_tricks import sliding_window_view

class AirlineRNN(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.memory = tf.keras.layers.SimpleRNN(4)
        self.readout = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.readout(self.memory(x))

def build_rnn_model(window_size):
    # 서브클래스 모델은 입력 모양을 처음 호출할 때 안다
    return AirlineRNN()

def load_data(window_size):
    df = pd.read_csv('airline-passengers.csv')
    s = df['Passengers'].to_numpy(dtype=float)
    mu, sd = np.mean(s), np.std(s)
    s = (s - mu) / sd
    w = sliding_window_view(s, window_size + 1)      # 마지막 열이 정답
    X, y = w[:, :-1, np.newaxis], w[:, -1:]          # y: (n, 1)
    k = len(w) * 8 // 10
    return X[:k], X[k:], y[:k], y[k:], {'month': df['Month'], 'mean': mu, 'stdv': sd}

def plot_result(X_true, y_true, y_pred, data_stat):
    restore = lambda v: v * data_stat['stdv'] + data_stat['mean']
    plt.figure()
    plt.plot(restore(y_true), label='실제')
    plt.plot(restore(y_pred), label='예측')
    plt.legend()
    plt.savefig('airline_rnn.png')
    plt.show()

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = 'adam'       # 기본 학습률이 0.001
    model.compile(optimizer, 'mean_squared_error')
    hist = model.fit(X_train, y_train, 8, epochs, 2, shuffle=True)
    loss = model.evaluate(X_test, y_test, verbose=0)
    print(f'테스트 MSE: {loss:.5f}')
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

main()
