"""Lesson 6-1: text classification, one-hot vectors against an embedding."""

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Sequential, layers
from keras.callbacks import EarlyStopping, History, ModelCheckpoint
from keras.optimizers import RMSprop
from keras.utils import pad_sequences
from sklearn.model_selection import train_test_split

from grader.datasets import imdb


def split(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``t_x, v_x, t_y, v_y``: four fifths for training, one fifth for validation."""
    t_x, v_x, t_y, v_y = train_test_split(x, y, test_size=0.2, random_state=42)
    return t_x, v_x, t_y, v_y


def pad(sequences: np.ndarray, max_len: int) -> np.ndarray:
    """Return reviews padded or cut in front to ``max_len``: an array ``(reviews, max_len)``."""
    return pad_sequences(sequences, maxlen=max_len)


def one_hot(sequences: np.ndarray, num_words: int) -> np.ndarray:
    """Return a vector of ``num_words`` zeros and a single one for each word.

    ``(reviews, max_len)`` becomes ``(reviews, max_len, num_words)``. ``uint8``
    takes one byte a number.
    """
    return np.eye(num_words, dtype="uint8")[sequences]


def build_onehot_model(max_len: int, num_words: int) -> Sequential:
    """Return the model that reads one-hot vectors.

    Input: ``(batch, max_len, num_words)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Input((max_len, num_words)))
    model.add(layers.SimpleRNN(8))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def build_embedding_model(num_words: int) -> Sequential:
    """Return the model that learns a vector for each word.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Embedding(num_words, 16))
    model.add(layers.SimpleRNN(8))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def train(
    model: Sequential,
    t_x: np.ndarray,
    t_y: np.ndarray,
    v_x: np.ndarray,
    v_y: np.ndarray,
    path: str,
    epochs: int = 100,
) -> History:
    """Compile and train the model until its validation loss stops falling; keep the best model in ``path``."""
    model.compile(optimizer=RMSprop(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
    checkpoint = ModelCheckpoint(path, save_best_only=True)
    early_stopping = EarlyStopping(patience=3, restore_best_weights=True)
    return model.fit(
        t_x,
        t_y,
        epochs=epochs,
        batch_size=64,
        validation_data=(v_x, v_y),
        callbacks=[checkpoint, early_stopping],
        verbose=2,
    )


def plot_loss(history: History, path: str) -> None:
    """Draw the loss of training and validation and save the picture as ``path``."""
    plt.figure()
    plt.plot(history.history["loss"], label="Training loss")
    plt.plot(history.history["val_loss"], label="Validation loss")
    plt.xlabel("Epoch")
    plt.legend()
    plt.savefig(path)


def report(name: str, model: Sequential, history: History, seconds: float, x: np.ndarray, y: np.ndarray) -> None:
    """Print what a model has reached: at its best epoch, and on the test set ``x``, ``y``."""
    best = int(np.argmin(history.history["val_loss"]))
    test_loss, test_accuracy = model.evaluate(x, y, verbose=0)
    print(
        f"[{name}] best of {len(history.epoch)} epochs: {best + 1}, "
        f"validation loss: {history.history['val_loss'][best]:.4f}, "
        f"validation accuracy: {history.history['val_accuracy'][best]:.4f}, "
        f"test loss: {test_loss:.4f}, test accuracy: {test_accuracy:.4f} ({len(x)} reviews); "
        f"{model.count_params():,} parameters, {seconds:.0f} s"
    )


def main(epochs: int = 100) -> None:
    """Train both models on the same reviews and draw how their losses fall."""
    keras.utils.set_random_seed(42)

    num_words = 500
    max_len = 100

    (x, y), (test_x, test_y) = imdb.load_data(num_words=num_words)
    t_x, v_x, t_y, v_y = split(x, y)
    t_x, v_x, test_x = pad(t_x, max_len), pad(v_x, max_len), pad(test_x, max_len)

    model = build_onehot_model(max_len, num_words)
    start = time.perf_counter()
    history = train(model, one_hot(t_x, num_words), t_y, one_hot(v_x, num_words), v_y, "onehot.keras", epochs)
    seconds = time.perf_counter() - start
    plot_loss(history, "onehot_loss.png")
    report("One-hot", model, history, seconds, one_hot(test_x, num_words), test_y)

    model = build_embedding_model(num_words)
    start = time.perf_counter()
    history = train(model, t_x, t_y, v_x, v_y, "embedding.keras", epochs)
    seconds = time.perf_counter() - start
    plot_loss(history, "embedding_loss.png")
    report("Embedding", model, history, seconds, test_x, test_y)


if __name__ == "__main__":
    main()
