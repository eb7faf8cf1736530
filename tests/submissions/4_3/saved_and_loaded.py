# expect: 16/16
"""Lesson 4-3: airline passengers, forecast by a vanilla RNN."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import Sequential, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.optimizers import Adam

from grader import datasets


def load_data(window_size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict]:
    """Return ``X_train, X_test, y_train, y_test, data_stat``.

    Each input is a window of ``window_size`` months, ``(windows, window_size, 1)``;
    its target is the month after it, ``(windows,)``. All are standardised;
    ``data_stat`` keeps ``mean``, ``stdv`` and the names of the months.
    """
    raw_data = pd.read_csv(datasets.path("airline-passengers.csv"))
    passengers = raw_data["Passengers"].to_numpy()

    mean, stdv = passengers.mean(), passengers.std(ddof=0)
    passengers = (passengers - mean) / stdv
    data_stat = {"month": raw_data["Month"], "mean": mean, "stdv": stdv}

    X, y = [], []
    for i in range(len(passengers) - window_size):
        X.append(passengers[i : i + window_size])
        y.append(passengers[i + window_size])
    X, y = np.array(X)[:, :, np.newaxis], np.array(y)

    train_len = int(len(X) * 0.8)
    return X[:train_len], X[train_len:], y[:train_len], y[train_len:], data_stat


def build_rnn_model(window_size: int) -> Sequential:
    """Return a model that forecasts the month after a window.

    Input: ``(batch, window_size, 1)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Input((window_size, 1)))
    model.add(layers.SimpleRNN(4))
    model.add(layers.Dense(1))
    return model


def plot_result(X_true: np.ndarray, y_true: np.ndarray, y_pred: np.ndarray, data_stat: dict) -> None:
    """Draw true and forecast numbers of passengers and save them as ``airline_rnn.png``."""
    true_passengers = y_true * data_stat["stdv"] + data_stat["mean"]
    predicted_passengers = y_pred * data_stat["stdv"] + data_stat["mean"]
    months = data_stat["month"][-len(y_true) :]

    _, axes = plt.subplots(figsize=(8, 6))
    axes.plot(true_passengers, color="b", label="True")
    axes.plot(predicted_passengers, color="r", label="Prediction")
    axes.set_xticks(range(len(months)))
    axes.set_xticklabels(months, rotation=90)
    axes.set_ylabel("Passengers (thousands)")
    axes.set_title("RNN Result")
    axes.legend(loc="upper left")
    plt.tight_layout()
    plt.savefig("airline_rnn.png")


def main(model: Sequential | None = None, epochs: int = 10) -> tuple[Adam, History]:
    """Train the given model, or a new one, print its test error and draw its forecast."""
    tf.random.set_seed(2022)

    window_size = 4
    X_train, X_test, y_train, y_test, data_stat = load_data(window_size)

    if model is None:
        model = build_rnn_model(window_size)

    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mean_squared_error")

    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)

    model.save("airline.keras")
    loaded = tf.keras.models.load_model("airline.keras")
    test_loss = loaded.evaluate(X_test, y_test, verbose=0)
    print(f"\nTest MSE: {test_loss:.5f}\n")

    y_pred = model.predict(X_test)
    plot_result(X_test, y_test, y_pred, data_stat)

    return optimizer, hist


if __name__ == "__main__":
    main()
