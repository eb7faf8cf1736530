"""Lesson 4-2: a vanilla RNN on IMDb reviews."""

import numpy as np
from tensorflow.keras import Sequential, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb


def load_data(num_words: int, max_len: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``X_train, X_test, y_train, y_test``.

    Reviews are word indices below ``num_words``, padded or cut in front to
    ``max_len``: arrays ``(reviews, max_len)``. Labels are 0 or 1.
    """
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words: int, embedding_len: int) -> Sequential:
    """Return a model that gives the probability that a review is positive.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 1: add the three layers that the page (README.md) names, in order.
    # 할 일 1: 안내문(README.ko.md)에 적힌 층 세 개를 순서대로 추가하세요.
    raise NotImplementedError("task 1")
    return model


def main(model: Sequential | None = None, epochs: int = 5) -> tuple[Adam, History]:
    """Train the given model, or a new one, and print how well it does on the test set."""
    num_words = 6000
    max_len = 130
    embedding_len = 100

    X_train, X_test, y_train, y_test = load_data(num_words, max_len)

    if model is None:
        model = build_rnn_model(num_words, embedding_len)

    # TODO task 2: make the optimizer that the page names, call it optimizer, and compile the model with it.
    # 할 일 2: 안내문에 적힌 옵티마이저를 optimizer라는 이름으로 만들고, 그 옵티마이저로 모델을 컴파일하세요.
    raise NotImplementedError("task 2")

    # TODO task 3: train the model on the training set and keep what fit returns as hist.
    # 할 일 3: 훈련 데이터로 모델을 학습시키고, fit이 돌려주는 값을 hist에 담으세요.
    raise NotImplementedError("task 3")

    test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
    print(f"\nTest loss: {test_loss:.5f}, test accuracy: {test_accuracy:.3%} ({len(X_test)} reviews)")

    return optimizer, hist


if __name__ == "__main__":
    main()
