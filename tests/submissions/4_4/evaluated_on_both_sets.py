# expect: 18/18
"""Lesson 4-4: a deep vanilla RNN on the sum of two sines."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.optimizers import Adam


def load_data(num_data: int, window_size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``X_train, X_test, y_train, y_test``: 80 % of ``num_data`` series, and the rest.

    Inputs are the first ``window_size`` values of a series, ``(series, window_size, 1)``;
    the target is the value after them, ``(series,)``.
    """
    freq1, freq2, offsets1, offsets2 = np.random.rand(4, num_data, 1)
    time = np.linspace(0, 1, window_size + 1)
    series = 0.5 * np.sin((time - offsets1) * (freq1 * 10 + 10))
    series += 0.1 * np.sin((time - offsets2) * (freq2 * 10 + 10))
    series += 0.1 * (np.random.rand(num_data, window_size + 1) - 0.5)

    num_train = int(num_data * 0.8)
    X, y = series[:, :window_size, np.newaxis], series[:, -1]
    return X[:num_train], X[num_train:], y[:num_train], y[num_train:]


def build_rnn_model(window_size: int) -> Sequential:
    """Return a model with one recurrent layer.

    Input: ``(batch, window_size, 1)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Input((window_size, 1)))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(1))
    return model


def build_deep_rnn_model(window_size: int) -> Sequential:
    """Return a model with two recurrent layers, one on top of the other.

    Input: ``(batch, window_size, 1)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Input((window_size, 1)))
    model.add(layers.SimpleRNN(20, return_sequences=True))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(1))
    return model


def run_model(
    model: Sequential,
    X_train: np.ndarray,
    X_test: np.ndarray,
    y_train: np.ndarray,
    y_test: np.ndarray,
    epochs: int = 20,
    name: str | None = None,
) -> tuple[Adam, History]:
    """Train a model and print its test error under its name."""
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mean_squared_error")

    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=256, shuffle=True, verbose=2)

    test_loss = model.evaluate(X_test, y_test, verbose=0)
    print(f"[{name}] Test MSE: {test_loss:.5f}\n")
    print("on the training set:", model.evaluate(X_train, y_train, verbose=0))

    return optimizer, hist


def main() -> None:
    """Train both models on the same series and compare their test errors."""
    tf.random.set_seed(2022)
    np.random.seed(2022)

    window_size = 50
    X_train, X_test, y_train, y_test = load_data(10000, window_size)

    rnn_model = build_rnn_model(window_size)
    run_model(rnn_model, X_train, X_test, y_train, y_test, name="RNN")

    deep_rnn_model = build_deep_rnn_model(window_size)
    run_model(deep_rnn_model, X_train, X_test, y_train, y_test, name="Deep RNN")


if __name__ == "__main__":
    main()
