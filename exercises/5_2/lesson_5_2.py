"""Lesson 5-2: SimpleRNN(32) on IMDb reviews, and its learning curves."""

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Sequential, layers
from keras.callbacks import History
from keras.utils import pad_sequences

from grader.datasets import imdb


def load_data(num_words: int, max_len: int) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return ``(X_train, y_train), (X_test, y_test)``.

    Reviews are word indices below ``num_words``, padded or cut in front to
    ``max_len``: arrays ``(reviews, max_len)``. Labels are 0 or 1.
    """
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    # TODO task 1: pad or cut every review, of X_train and of X_test, to max_len words.
    # 할 일 1: X_train과 X_test의 모든 리뷰를 채우거나 잘라서 길이를 max_len으로 맞추세요.
    raise NotImplementedError("task 1")
    return (X_train, y_train), (X_test, y_test)


def build_rnn_model(num_words: int) -> Sequential:
    """Return a model that gives the probability that a review is positive.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 2: add the three layers that the page (README.md) names, in order.
    # 할 일 2: 안내문(README.ko.md)에 적힌 층 세 개를 순서대로 추가하세요.
    raise NotImplementedError("task 2")
    return model


def train(model: Sequential, X_train: np.ndarray, y_train: np.ndarray, epochs: int = 10) -> History:
    """Compile and train the model; a fifth of the training data is kept for validation."""
    # TODO task 3: compile the model, train it, and return what fit returns.
    # 할 일 3: 모델을 컴파일하고 학습시킨 뒤, fit이 돌려주는 값을 return하세요.
    raise NotImplementedError("task 3")


def plot_curves(history: History) -> None:
    """Draw accuracy and loss, each of training and validation, and save them as ``rnn_curves.png``."""
    _, axes = plt.subplots(1, 2, figsize=(10, 4))
    # TODO task 5: draw both accuracies on axes[0] and both losses on axes[1], over epochs 1, 2, …; legends; savefig.
    # 할 일 5: axes[0]에 정확도 둘, axes[1]에 손실 둘을 에포크 1, 2, …에 대해 그리고, 범례를 달아 저장하세요.
    raise NotImplementedError("task 5")


def main(epochs: int = 10) -> History:
    """Train the model on the reviews, test it and draw its curves."""
    keras.utils.set_random_seed(2022)

    num_words = 10000
    max_len = 500

    (X_train, y_train), (X_test, y_test) = load_data(num_words, max_len)
    model = build_rnn_model(num_words)

    start = time.perf_counter()
    history = train(model, X_train, y_train, epochs)
    seconds = time.perf_counter() - start

    # TODO task 4: evaluate the model on the test set: test_loss, test_accuracy.
    # 할 일 4: 테스트 데이터로 모델을 평가해 test_loss, test_accuracy에 담으세요.
    raise NotImplementedError("task 4")
    print(
        f"\nTest loss: {test_loss:.4f}, test accuracy: {test_accuracy:.4f} ({len(X_test)} reviews); "
        f"{model.count_params():,} parameters, {len(history.epoch)} epochs in {seconds:.0f} s"
    )

    plot_curves(history)

    return history


if __name__ == "__main__":
    main()
