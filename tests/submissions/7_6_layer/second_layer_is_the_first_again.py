# expect: 14/18
# fails: test_two_layers, test_wiring
# says: One and the same layer
"""Lesson 7-6-layer: two GRU layers read a review."""

import time

import keras
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.losses import BinaryCrossentropy
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb

batch_size = 128
total_words = 10000
max_review_len = 80
embedding_len = 100
units = 64
epochs = 4


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


class GRU_Build(Model):
    """Says how likely a review is to be positive.

    Input: ``(batch, words)``. Output: ``(batch, 1)``.
    """

    def __init__(self, units: int) -> None:
        super().__init__()
        self.embedding = layers.Embedding(total_words, embedding_len)
        self.gru = layers.GRU(embedding_len, dropout=0.5, return_sequences=True)
        self.outlayer = layers.Dense(1, activation="sigmoid")

    def call(self, inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        """Turn words into vectors, read them with both layers, judge by the last output."""
        x = self.embedding(inputs)
        x = self.gru(x)
        x = self.gru(x)
        return self.outlayer(x[:, -1])


def main() -> tuple[Model, History]:
    """Train the model and print how well it does, on the reviews it has seen and on others."""
    keras.utils.set_random_seed(22)
    train_data, test_data = load_data()

    start = time.time()
    model = GRU_Build(units)
    model.compile(optimizer=Adam(0.001), loss=BinaryCrossentropy(), metrics=["accuracy"])
    history = model.fit(train_data, epochs=epochs, validation_data=test_data, validation_freq=2)

    train_loss, train_accuracy = model.evaluate(train_data, verbose=0)
    test_loss, test_accuracy = model.evaluate(test_data, verbose=0)
    seconds = time.time() - start

    print(f"Training: loss {train_loss:.4f}, accuracy {train_accuracy:.2%} ({len(train_data)} batches of {batch_size})")
    print(f"Test:     loss {test_loss:.4f}, accuracy {test_accuracy:.2%} ({len(test_data)} batches of {batch_size})")
    print(f"{model.count_params():,} parameters, {seconds:.0f} seconds")
    return model, history


if __name__ == "__main__":
    main()
