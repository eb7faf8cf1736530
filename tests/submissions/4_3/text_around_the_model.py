# expect: 16/16
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf

'''
첫 번째 시도 (실패)

def build_rnn_model(window_size):
    model = Sequential()
    model.add(LSTM(4))
    return model
'''

class Lab:
    """모든 걸 한 클래스에 모아 둠"""
    window = 4

    @staticmethod
    def data(window_size):
        df = pd.read_csv("./airline-passengers.csv")
        v = df["Passengers"].values
        mean, stdv = v.mean(), v.std()
        v = (v - mean) / stdv
        X = np.array([v[i:i+window_size] for i in range(len(v)-window_size)])[:, :, np.newaxis]
        n = int(len(X)*0.8)
        return X[:n], X[n:], v[window_size:][:n], v[window_size:][n:], {"month": df["Month"], "mean": mean, "stdv": stdv}

    @classmethod
    def model(cls, window_size):
        inner = tf.keras.Sequential([tf.keras.layers.SimpleRNN(4)])
        return tf.keras.Sequential([inner, tf.keras.layers.Dense(1)])

load_data = Lab.data
build_rnn_model = Lab.model

def plot_result(X_true, y_true, y_pred, data_stat):
    plt.figure()
    for v in (y_true, y_pred):
        plt.plot(v * data_stat["stdv"] + data_stat["mean"])
    plt.gca().set_ylabel("명(천)")
    plt.gcf().savefig("airline_rnn.png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(Lab.window)
    if model is None:
        model = build_rnn_model(Lab.window)
    settings = dict(batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    optimizer = tf.keras.optimizers.get({"class_name": "Adam", "config": {"learning_rate": 0.001}})
    model.compile(optimizer=optimizer, loss=lambda t, p: tf.reduce_mean(tf.square(t - p), axis=-1))
    hist = model.fit(X_train, y_train, **settings)
    print(model.evaluate(X_test, y_test, verbose=0, return_dict=True))
    plot_result(X_test, y_test, model(X_test).numpy(), data_stat)
    return (optimizer, hist)

if __name__ == "__main__":
    main()
