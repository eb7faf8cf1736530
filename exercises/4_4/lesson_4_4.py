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

    # TODO task 1: cut each series into its window and its target, then split them 80 to 20.
    # 할 일 1: 시계열마다 윈도와 목푯값을 잘라 내고, 80 대 20으로 나누세요.
    raise NotImplementedError("task 1")


def build_rnn_model(window_size: int) -> Sequential:
    """Return a model with one recurrent layer.

    Input: ``(batch, window_size, 1)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 2: add the input and the two layers that the page (README.md) names, in order.
    # 할 일 2: 안내문(README.ko.md)에 적힌 입력과 층 두 개를 순서대로 추가하세요.
    raise NotImplementedError("task 2")
    return model


def build_deep_rnn_model(window_size: int) -> Sequential:
    """Return a model with two recurrent layers, one on top of the other.

    Input: ``(batch, window_size, 1)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 3: add the input and the three layers that the page (README.md) names, in order.
    # 할 일 3: 안내문(README.ko.md)에 적힌 입력과 층 세 개를 순서대로 추가하세요.
    raise NotImplementedError("task 3")
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
    # TODO task 4: make the optimizer that the page names, call it optimizer, and compile the model with it.
    # 할 일 4: 안내문에 적힌 옵티마이저를 optimizer라는 이름으로 만들고, 그 옵티마이저로 모델을 컴파일하세요.
    raise NotImplementedError("task 4")

    # TODO task 5: train the model on the training set and keep what fit returns as hist.
    # 할 일 5: 훈련 데이터로 모델을 학습시키고, fit이 돌려주는 값을 hist에 담으세요.
    raise NotImplementedError("task 5")

    test_loss = model.evaluate(X_test, y_test, verbose=0)
    print(f"[{name}] Test MSE: {test_loss:.5f}\n")

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
