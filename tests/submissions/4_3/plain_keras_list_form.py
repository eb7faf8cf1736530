# expect: 16/16
# Only keras is imported, no tensorflow.
import csv
import keras
import numpy as np
from matplotlib import pyplot as plt


def load_data(window_size):
    with open("airline-passengers.csv") as f:
        rows = list(csv.DictReader(f))
    months = [r["Month"] for r in rows]
    passengers = np.array([float(r["Passengers"]) for r in rows])
    mean = passengers.mean()
    stdv = passengers.std()
    scaled = (passengers - mean) / stdv

    X = np.array([scaled[i:i + window_size] for i in range(len(scaled) - window_size)])
    y = scaled[window_size:]
    X = X.reshape(-1, window_size, 1)
    split = int(0.8 * len(X))
    data_stat = {"month": months, "mean": mean, "stdv": stdv}
    return X[:split], X[split:], y[:split], y[split:], data_stat


def build_rnn_model(window_size):
    return keras.Sequential([
        keras.Input((window_size, 1)),
        keras.layers.SimpleRNN(4),
        keras.layers.Dense(1),
    ])


def plot_result(X_true, y_true, y_pred, data_stat):
    fig, ax = plt.subplots()
    for values, style, name in ((y_true, "k-", "true"), (y_pred, "r:", "predicted")):
        ax.plot(values * data_stat["stdv"] + data_stat["mean"], style, label=name)
    ax.axhline(data_stat["mean"], color="gray", lw=0.5)
    ax.legend()
    fig.savefig("./airline_rnn.png")


def main(model=None, epochs=10):
    keras.utils.set_random_seed(2022)
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if not model:
        model = build_rnn_model(4)
    optimizer = keras.optimizers.Adam(1e-3)
    model.compile(optimizer=optimizer, loss=keras.losses.mean_squared_error)
    hist = model.fit(X_train, y_train, verbose=2, shuffle=True, epochs=epochs, batch_size=8)
    print("MSE on the test windows:", model.evaluate(X_test, y_test, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist


if __name__ == "__main__":
    main()
