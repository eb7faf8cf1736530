"""Lesson 7-8: a bidirectional LSTM on IMDb reviews."""

import time

import keras
import numpy as np
from tensorflow.keras import Sequential, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb

Reviews = tuple[np.ndarray, np.ndarray]


def load_data(num_words: int = 10000, max_len: int = 200) -> tuple[Reviews, Reviews]:
    """Return ``(X_train, y_train), (X_test, y_test)``.

    Reviews are word indices below ``num_words``, padded or cut in front to
    ``max_len``: arrays ``(reviews, max_len)``. Labels are 0 or 1: ``(reviews,)``.
    """
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    # TODO task 1: bring the reviews of both sets to the length max_len.
    # 할 일 1: 훈련용과 테스트용 리뷰의 길이를 모두 max_len으로 맞추세요.
    raise NotImplementedError("task 1")
    return (X_train, y_train), (X_test, y_test)


def build_model(num_words: int) -> Sequential:
    """Return a model that reads a review in both directions.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``,
    the probability that the review is positive.
    """
    model = Sequential()
    # TODO task 2: add the four layers that the page (README.md) names, in order.
    # 할 일 2: 안내문(README.ko.md)에 적힌 층 네 개를 순서대로 추가하세요.
    raise NotImplementedError("task 2")
    return model


def train(
    model: Sequential,
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_test: np.ndarray,
    y_test: np.ndarray,
    epochs: int = 4,
) -> History:
    """Compile the model, train it, and return what ``fit`` tells about the training."""
    # TODO task 3: compile the model and train it as the page says; return what fit returns.
    # 할 일 3: 안내문대로 모델을 컴파일하고 학습시킨 뒤, fit이 돌려주는 값을 return하세요.
    raise NotImplementedError("task 3")


def evaluate(model: Sequential, X: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return ``loss, accuracy`` of a trained model on these reviews."""
    # TODO task 4: evaluate the model on X and y, in batches of 384; return loss and accuracy.
    # 할 일 4: 모델을 X와 y로 평가하세요. 배치 크기는 384입니다. 손실과 정확도를 return하세요.
    raise NotImplementedError("task 4")


def main(epochs: int = 4) -> tuple[Sequential, History]:
    """Train a bidirectional LSTM and print how well it does on both sets."""
    keras.utils.set_random_seed(2022)

    (X_train, y_train), (X_test, y_test) = load_data()
    model = build_model(10000)

    start = time.perf_counter()
    history = train(model, X_train, y_train, X_test, y_test, epochs)
    seconds = time.perf_counter() - start

    train_loss, train_accuracy = evaluate(model, X_train, y_train)
    test_loss, test_accuracy = evaluate(model, X_test, y_test)
    print(f"\nTraining took {seconds:.0f} seconds")
    for layer in model.layers:
        print(f"{layer.name:16} {layer.count_params():>9,}")
    print(f"{'Parameters':16} {model.count_params():>9,}\n")
    print(f"Training loss: {train_loss:.4f}, accuracy: {train_accuracy:.2%} ({len(X_train)} reviews)")
    print(f"Test loss: {test_loss:.4f}, accuracy: {test_accuracy:.2%} ({len(X_test)} reviews)")
    return model, history


if __name__ == "__main__":
    main()
