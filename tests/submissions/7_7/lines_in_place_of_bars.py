# expect: 18/20
# fails: test_accuracies_drawn
# says: 0 groups of bars
"""Lesson 7-7: six recurrent models compared under one budget."""

import time
from collections.abc import Callable

import keras
import matplotlib.pyplot as plt
import pandas as pd
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers
from tensorflow.keras.losses import BinaryCrossentropy
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb

batch_size = 128
total_words = 10000
max_review_len = 80
embedding_len = 100
units = 64


def load_data() -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Return ``train_data, test_data``: batches of reviews and labels.

    Reviews: ``(batch_size, max_review_len)``, word indices below ``total_words``.
    Labels: ``(batch_size,)``, 0 or 1.
    """
    (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=total_words)
    x_train = pad_sequences(x_train, maxlen=max_review_len)
    x_test = pad_sequences(x_test, maxlen=max_review_len)

    train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    train_data = train_data.shuffle(10000).batch(batch_size, drop_remainder=True)

    test_data = tf.data.Dataset.from_tensor_slices((x_test, y_test))
    test_data = test_data.batch(batch_size, drop_remainder=True)
    return train_data, test_data


class TwoCells(Model):
    """Two cells that read a review word by word: ``TwoCells(layers.GRUCell, 64, dropout=0.5)``.

    Input: ``(batch, words)``, word indices. Output: ``(batch, 1)``, probabilities.
    """

    def __init__(self, cell: Callable[..., layers.Layer], units: int, dropout: float) -> None:
        super().__init__()
        self.embedding = layers.Embedding(total_words, embedding_len)
        self.cell0 = cell(units, dropout=dropout)
        self.cell1 = cell(units, dropout=dropout)
        self.outlayer = layers.Dense(1, activation="sigmoid")

    def call(self, inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        """Feed the words one after another; the second cell reads what the first one says."""
        self.cell0.reset_dropout_mask()
        self.cell1.reset_dropout_mask()
        x = self.embedding(inputs)
        state0 = self.cell0.get_initial_state(batch_size=tf.shape(x)[0])
        state1 = self.cell1.get_initial_state(batch_size=tf.shape(x)[0])
        for word in tf.unstack(x, axis=1):
            out0, state0 = self.cell0(word, state0, training=training)
            out1, state1 = self.cell1(out0, state1, training=training)
        return self.outlayer(out1)


class TwoLayers(Model):
    """Two layers, one above the other: ``TwoLayers(layers.GRU, 64, dropout=0.5)``.

    Input: ``(batch, words)``, word indices. Output: ``(batch, 1)``, probabilities.
    """

    def __init__(self, layer: Callable[..., layers.Layer], units: int, dropout: float) -> None:
        super().__init__()
        self.embedding = layers.Embedding(total_words, embedding_len)
        self.rnn = Sequential(
            [
                layer(units, dropout=dropout, return_sequences=True),
                layer(units, dropout=dropout),
            ]
        )
        self.outlayer = layers.Dense(1, activation="sigmoid")

    def call(self, inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        """Embed the words, read them with both layers, decide."""
        x = self.embedding(inputs)
        x = self.rnn(x, training=training)
        return self.outlayer(x)


def build_models(units: int) -> dict[str, Model]:
    """Return six new models by name, each with ``units`` hidden units in both its parts."""
    models = {}
    for name, cell, layer in (("RNN", layers.SimpleRNNCell, layers.SimpleRNN), ("LSTM", layers.LSTMCell, layers.LSTM),
                              ("GRU", layers.GRUCell, layers.GRU)):
        models[name + " cell"] = TwoCells(cell, units, 0.2 if name == "RNN" else 0.5)
        models[name + " layer"] = TwoLayers(layer, units, 0.5)
    return models


def train_and_evaluate(
    models: dict[str, Model], train_data: tf.data.Dataset, test_data: tf.data.Dataset, epochs: int
) -> pd.DataFrame:
    """Train each model in the same way and return what came out, one row a model.

    The index holds the names. Columns: ``train_accuracy``, ``train_loss``,
    ``test_accuracy``, ``test_loss``, ``seconds`` (training and evaluation) and
    ``parameters``.
    """
    results = []
    for name in models:
        model = models[name]
        t0 = time.time()
        model.compile(optimizer=Adam(0.001), loss="binary_crossentropy", metrics=["accuracy"])
        model.fit(train_data, epochs=epochs, verbose=2)
        train_loss, train_acc = model.evaluate(train_data, verbose=0)
        test_loss, test_acc = model.evaluate(test_data, verbose=0)
        t1 = time.time()
        results.append([train_acc, train_loss, test_acc, test_loss, t1 - t0, model.count_params()])
    return pd.DataFrame(results, index=list(models),
                        columns=["train_accuracy", "train_loss", "test_accuracy", "test_loss", "seconds", "parameters"])


def plot_comparison(table: pd.DataFrame) -> None:
    """Draw accuracies and seconds of all models as bars and save them as ``comparison.png``."""
    table[["train_accuracy", "test_accuracy", "seconds"]].plot()
    plt.savefig("comparison.png")


def choose(table: pd.DataFrame, tolerance: float = 0.01) -> str:
    """Return the quickest of the models that are about as good as the best one.

    About as good: a test accuracy at most ``tolerance`` below the best. Of two
    that are equally quick, the one with fewer parameters.
    """
    best = table["test_accuracy"].max()
    candidates = table[table["test_accuracy"] >= best - tolerance]
    candidates = candidates.sort_values(by=["seconds", "parameters"])
    return candidates.index[0]


def overfits(table: pd.DataFrame, gap: float) -> list[str]:
    """Return the names of the models whose accuracy falls by more than ``gap`` from training to test data."""
    return [name for name, row in table.iterrows() if row["train_accuracy"] - row["test_accuracy"] > gap]


def main(epochs: int = 4) -> None:
    """Compare the six models and print what the comparison says."""
    keras.utils.set_random_seed(22)
    train_data, test_data = load_data()

    table = train_and_evaluate(build_models(units), train_data, test_data, epochs)
    print()
    print(table.round(4).to_string())
    plot_comparison(table)

    print("\nOverfits by more than 10 points:", ", ".join(overfits(table, 0.1)) or "none")
    print("Choice:", choose(table))


if __name__ == "__main__":
    main()
