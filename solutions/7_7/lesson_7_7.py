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
    return {
        "RNN cell": TwoCells(layers.SimpleRNNCell, units, dropout=0.2),
        "RNN layer": TwoLayers(layers.SimpleRNN, units, dropout=0.5),
        "LSTM cell": TwoCells(layers.LSTMCell, units, dropout=0.5),
        "LSTM layer": TwoLayers(layers.LSTM, units, dropout=0.5),
        "GRU cell": TwoCells(layers.GRUCell, units, dropout=0.5),
        "GRU layer": TwoLayers(layers.GRU, units, dropout=0.5),
    }


def train_and_evaluate(
    models: dict[str, Model], train_data: tf.data.Dataset, test_data: tf.data.Dataset, epochs: int
) -> pd.DataFrame:
    """Train each model in the same way and return what came out, one row a model.

    The index holds the names. Columns: ``train_accuracy``, ``train_loss``,
    ``test_accuracy``, ``test_loss``, ``seconds`` (training and evaluation) and
    ``parameters``.
    """
    rows = {}
    for name, model in models.items():
        print(f"\n{name}")
        start = time.time()
        model.compile(optimizer=Adam(0.001), loss=BinaryCrossentropy(), metrics=["accuracy"])
        model.fit(train_data, epochs=epochs)
        train_loss, train_accuracy = model.evaluate(train_data, verbose=0)
        test_loss, test_accuracy = model.evaluate(test_data, verbose=0)
        rows[name] = {
            "train_accuracy": train_accuracy,
            "train_loss": train_loss,
            "test_accuracy": test_accuracy,
            "test_loss": test_loss,
            "seconds": time.time() - start,
            "parameters": model.count_params(),
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"parameters": int})


def plot_comparison(table: pd.DataFrame) -> None:
    """Draw accuracies and seconds of all models as bars and save them as ``comparison.png``."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(8, 8), layout="tight")
    table[["train_accuracy", "test_accuracy"]].plot.bar(ax=above, ylabel="accuracy", rot=15)
    table["seconds"].plot.bar(ax=below, ylabel="seconds", rot=15)
    figure.savefig("comparison.png")


def choose(table: pd.DataFrame, tolerance: float = 0.01) -> str:
    """Return the quickest of the models that are about as good as the best one.

    About as good: a test accuracy at most ``tolerance`` below the best. Of two
    that are equally quick, the one with fewer parameters.
    """
    good = table[table["test_accuracy"] >= table["test_accuracy"].max() - tolerance]
    return good.sort_values(["seconds", "parameters"]).index[0]


def overfits(table: pd.DataFrame, gap: float) -> list[str]:
    """Return the names of the models whose accuracy falls by more than ``gap`` from training to test data."""
    falls = table["train_accuracy"] - table["test_accuracy"]
    return list(table.index[falls > gap])


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
