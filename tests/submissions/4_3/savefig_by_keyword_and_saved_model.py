# expect: 16/16
import os
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow.keras import layers, Sequential

OUT = os.path.join(os.getcwd(), "airline_rnn.png")

def load_data(window_size):
    df = pd.read_csv("./airline-passengers.csv")
    v = df["Passengers"].values
    mean, stdv = v.mean(), v.std()
    v = (v - mean) / stdv
    X = np.array([v[i:i+window_size] for i in range(len(v)-window_size)])[:, :, np.newaxis]
    y = v[window_size:]
    n = int(len(X)*0.8)
    return X[:n], X[n:], y[:n], y[n:], {"month": df["Month"], "mean": mean, "stdv": stdv}

def build_rnn_model(window_size):
    model = Sequential()
    model.add(layers.SimpleRNN(4, input_shape=(window_size, 1)))
    model.add(layers.Dense(1))
    model.summary()
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    s, m = data_stat["stdv"], data_stat["mean"]
    fig = plt.figure(figsize=(8, 6))
    ax = fig.add_subplot(111)
    ax.plot(y_true*s+m, marker="o")
    ax.plot(y_pred*s+m, marker="s")
    fig.savefig(fname=OUT, format="png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = tf.keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss=tf.keras.losses.MSE)
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2,
                     callbacks=[tf.keras.callbacks.CSVLogger("log.csv")])
    print("MSE", model.evaluate(X_test, y_test, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    model.save("airline.h5")
    pd.DataFrame(hist.history).to_csv("history.csv")
    return optimizer, hist

if __name__ == "__main__":
    main()
