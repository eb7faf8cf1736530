# expect: 20/20
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
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return (X_train, y_train), (X_test, y_test)


def build_rnn_model(num_words: int) -> Sequential:
    """Return a model that gives the probability that a review is positive.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Embedding(num_words, 32))
    model.add(layers.SimpleRNN(32))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def train(model: Sequential, X_train: np.ndarray, y_train: np.ndarray, epochs: int = 10) -> History:
    """Compile and train the model; a fifth of the training data is kept for validation."""
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(X_train, y_train, epochs=epochs, batch_size=128, validation_split=0.2, verbose=2)


def plot_curves(history: History) -> None:
    """Draw accuracy and loss, each of training and validation, and save them as ``rnn_curves.png``."""
    values = history.history
    epochs = range(1, len(values["loss"]) + 1)

    _, axes = plt.subplots(1, 2, figsize=(10, 4))
    for ax, name in zip(axes, ["accuracy", "loss"], strict=True):
        ax.plot(epochs, values[name], "bo", label="Training")
        ax.plot(epochs, values["val_" + name], "b", label="Validation")
        ax.set_xlabel("Epoch")
        ax.set_title("Training and validation " + name)
        ax.legend()
    plt.tight_layout()
    plt.savefig("rnn_curves.png")


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

    test_loss, test_accuracy = model.evaluate(X_test, y_test, verbose=0)
    print(
        f"\nTest loss: {test_loss:.4f}, test accuracy: {test_accuracy:.4f} ({len(X_test)} reviews); "
        f"{model.count_params():,} parameters, {len(history.epoch)} epochs in {seconds:.0f} s"
    )

    train_loss, train_accuracy = model.evaluate(X_train, y_train, verbose=0)
    print(f"and on the training set: {train_loss:.4f}, {train_accuracy:.4f}")
    plot_curves(history)

    return history


if __name__ == "__main__":
    main()
