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
    # TODO task 1: add the input and the two layers that the page (README.md) names, in order.
    # 할 일 1: 안내문(README.ko.md)에 적힌 입력과 층 두 개를 순서대로 추가하세요.
    raise NotImplementedError("task 1")
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

    # TODO task 2: make the optimizer that the page names, call it optimizer, and compile the model with it.
    # 할 일 2: 안내문에 적힌 옵티마이저를 optimizer라는 이름으로 만들고, 그 옵티마이저로 모델을 컴파일하세요.
    raise NotImplementedError("task 2")

    # TODO task 3: train the model on the training set and keep what fit returns as hist.
    # 할 일 3: 훈련 데이터로 모델을 학습시키고, fit이 돌려주는 값을 hist에 담으세요.
    raise NotImplementedError("task 3")

    test_loss = model.evaluate(X_test, y_test, verbose=0)
    print(f"\nTest MSE: {test_loss:.5f}\n")

    y_pred = model.predict(X_test)
    plot_result(X_test, y_test, y_pred, data_stat)

    return optimizer, hist


if __name__ == "__main__":
    main()
