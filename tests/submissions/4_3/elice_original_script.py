# expect: 16/16
# notes: input_shape
from elice_utils import EliceUtils
elice_utils = EliceUtils()

import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'

import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam

def load_data(window_size):
    raw_data = pd.read_csv("./airline-passengers.csv")
    p = raw_data["Passengers"].to_numpy()

    # 표준화 (평균 0, 표준편차 1)
    m, s = p.mean(), p.std(ddof=0)
    p = (p - m) / s
    data_stat = {"month": raw_data["Month"], "mean": m, "stdv": s}

    X, y = [], []
    for i in range(len(p) - window_size):
        X.append(list(p[i:i + window_size]))
        y.append(p[i + window_size])
    X, y = np.array(X), np.array(y)
    X = X[:, :, np.newaxis]

    n = int(len(X) * 0.8)
    return X[:n], X[n:], y[:n], y[n:], data_stat

def build_rnn_model(window_size):
    model = Sequential()
    # 1번
    model.add(layers.SimpleRNN(4, input_shape=(window_size, 1)))
    model.add(layers.Dense(1))
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    y_true_orig = (y_true * data_stat["stdv"]) + data_stat["mean"]
    y_pred_orig = (y_pred * data_stat["stdv"]) + data_stat["mean"]
    test_month = data_stat["month"][-len(y_true):]

    fig = plt.figure(figsize=(8, 6))
    ax = plt.gca()
    ax.plot(y_true_orig, color="b", label="True")
    ax.plot(y_pred_orig, color="r", label="Prediction")
    ax.set_xticks(list(range(len(test_month))))
    ax.set_xticklabels(test_month, rotation=45)
    ax.set_title("RNN Result")
    ax.legend(loc="upper left")
    plt.savefig("airline_rnn.png")
    elice_utils.send_image("airline_rnn.png")

def main(model=None, epochs=10):
    tf.random.set_seed(2022)
    window_size = 4
    X_train, X_test, y_train, y_test, data_stat = load_data(window_size)

    if model is None:
        model = build_rnn_model(window_size)

    # 2번
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='mse')

    # 3번
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)

    test_loss = model.evaluate(X_test, y_test, verbose=0)
    print("\n테스트 MSE: {:.5f}\n".format(test_loss))

    y_pred = model.predict(X_test)
    plot_result(X_test, y_test, y_pred, data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
