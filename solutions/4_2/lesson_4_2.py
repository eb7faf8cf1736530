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
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def main(model: Sequential | None = None, epochs: int = 5) -> tuple[Adam, History]:
    """Train the given model, or a new one, and print how well it does on the test set."""
    num_words = 6000
    max_len = 130
    embedding_len = 100

    X_train, X_test, y_train, y_test = load_data(num_words, max_len)

    if model is None:
        model = build_rnn_model(num_words, embedding_len)

    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])

    hist = model.fit(
        X_train,
        y_train,
        epochs=epochs,
        batch_size=100,
        validation_split=0.2,
        shuffle=True,
        verbose=2,
    )

    test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
    print(f"\nTest loss: {test_loss:.5f}, test accuracy: {test_accuracy:.3%} ({len(X_test)} reviews)")

    return optimizer, hist


if __name__ == "__main__":
    main()
