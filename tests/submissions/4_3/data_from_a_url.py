# expect: 16/16
# I worked in Colab, where the file was not in the folder.
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow import keras

URL = "https://raw.githubusercontent.com/jbrownlee/Datasets/master/airline-passengers.csv"

def load_data(window_size):
    df = pd.read_csv(URL)
    v = df["Passengers"].to_numpy()
    mean, stdv = v.mean(), v.std()
    v = (v - mean) / stdv
    X, y = [], []
    for start in range(len(v) - window_size):
        end = start + window_size
        X.append(v[start:end])
        y.append(v[end])
    X, y = np.array(X).reshape(-1, window_size, 1), np.array(y)
    n = int(len(X) * 0.8)
    return X[:n], X[n:], y[:n], y[n:], {"month": df["Month"], "mean": mean, "stdv": stdv}

def build_rnn_model(window_size):
    return keras.Sequential([keras.layers.SimpleRNN(4), keras.layers.Dense(1)])

def plot_result(X_true, y_true, y_pred, data_stat):
    plt.figure(figsize=(8, 6))
    plt.plot(y_true * data_stat["stdv"] + data_stat["mean"], label="true")
    plt.plot(y_pred * data_stat["stdv"] + data_stat["mean"], label="pred")
    plt.legend()
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mse")
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    print("test mse", model.evaluate(X_test, y_test, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
