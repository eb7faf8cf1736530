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
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return (X_train, y_train), (X_test, y_test)


def build_model(num_words: int) -> Sequential:
    """Return a model that reads a review in both directions.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``,
    the probability that the review is positive.
    """
    model = Sequential()
    model.add(layers.Input((None,)))
    model.add(layers.Embedding(num_words, 128))
    model.add(layers.Bidirectional(layers.LSTM(64)))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(1, activation="sigmoid"))
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
    model.compile(optimizer=Adam(learning_rate=0.001), loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(
        X_train,
        y_train,
        batch_size=128,
        epochs=epochs,
        validation_data=(X_test, y_test),
        verbose=2,
    )


def evaluate(model: Sequential, X: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return ``loss, accuracy`` of a trained model on these reviews."""
    loss, accuracy = model.evaluate(X, y, batch_size=384, verbose=0)
    return loss, accuracy


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
