"""Lesson 6-2: LSTM, two LSTMs and GRU for the text classification of lesson 6-1."""

import time

import keras
import numpy as np
import pandas as pd
from keras import Sequential, layers
from keras.callbacks import EarlyStopping, History, ModelCheckpoint
from keras.optimizers import RMSprop
from keras.utils import pad_sequences
from sklearn.model_selection import train_test_split

from grader.datasets import imdb


def load_data(
    num_words: int, max_len: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``t_x, v_x, t_y, v_y, test_x, test_y`` as in lesson 6-1.

    Reviews are word indices below ``num_words``, padded or cut in front to
    ``max_len``: arrays ``(reviews, max_len)``. A fifth of the training reviews
    is for validation.
    """
    (x, y), (test_x, test_y) = imdb.load_data(num_words=num_words)
    t_x, v_x, t_y, v_y = train_test_split(x, y, test_size=0.2, random_state=42)
    t_x, v_x, test_x = (pad_sequences(each, maxlen=max_len) for each in (t_x, v_x, test_x))
    return t_x, v_x, t_y, v_y, test_x, test_y


def build_lstm_model(num_words: int) -> Sequential:
    """Return a model with one LSTM.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Embedding(num_words, 16))
    model.add(layers.LSTM(8, dropout=0.3))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def build_two_lstm_model(num_words: int) -> Sequential:
    """Return a model with two LSTMs; the second reads what the first puts out at each word.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Embedding(num_words, 16))
    model.add(layers.LSTM(8, dropout=0.3, return_sequences=True))
    model.add(layers.LSTM(8, dropout=0.3))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def build_gru_model(num_words: int) -> Sequential:
    """Return a model with one GRU.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    model.add(layers.Embedding(num_words, 16))
    model.add(layers.GRU(8, dropout=0.3))
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


def compare(histories: dict[str, History]) -> pd.DataFrame:
    """Return a row for each model with its best epoch, the one of the lowest validation loss.

    Index: the models' names. Columns: ``epoch`` (counted from 1), ``val_loss``
    and ``val_accuracy`` at that epoch.
    """
    rows = {}
    for name, history in histories.items():
        best = int(np.argmin(history.history["val_loss"]))
        rows[name] = {
            "epoch": best + 1,
            "val_loss": history.history["val_loss"][best],
            "val_accuracy": history.history["val_accuracy"][best],
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def main(epochs: int = 100) -> pd.DataFrame:
    """Train the three models on the same reviews and compare them."""
    num_words = 500
    max_len = 100

    t_x, v_x, t_y, v_y, test_x, test_y = load_data(num_words, max_len)
    builders = {
        "LSTM": build_lstm_model,
        "Two LSTMs": build_two_lstm_model,
        "GRU": build_gru_model,
    }

    histories = {}
    figures = []
    for name, build in builders.items():
        print(f"\n{name}")
        keras.utils.set_random_seed(42)
        model = build(num_words)
        path = name.lower().replace(" ", "_") + ".keras"
        start = time.perf_counter()
        histories[name] = train(model, t_x, t_y, v_x, v_y, path, epochs)
        seconds = time.perf_counter() - start
        test_loss, test_accuracy = model.evaluate(test_x, test_y, verbose=0)
        figures.append(
            f"[{name}] test loss: {test_loss:.4f}, test accuracy: {test_accuracy:.4f} ({len(test_x)} reviews); "
            f"{model.count_params():,} parameters, {len(histories[name].epoch)} epochs in {seconds:.0f} s"
        )

    table = compare(histories)
    print("", table, "", *figures, sep="\n")
    return table


if __name__ == "__main__":
    main()
