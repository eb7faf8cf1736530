# expect: 15/15
"""IMDb sentiment, a bit over-engineered."""
from __future__ import annotations

from typing import Optional, Tuple

from tensorflow import keras


class GRU:
    """Keeps the old name of my base class; it is a vanilla RNN inside."""

    UNITS = 16

    def __init__(self, num_words: int, embedding_len: int):
        self.num_words = num_words
        self.embedding_len = embedding_len

    def build(self) -> keras.Model:
        return keras.Sequential(
            [
                keras.layers.Embedding(self.num_words, self.embedding_len),
                keras.layers.SimpleRNN(self.UNITS),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        )


class Trainer:
    def __init__(self, model: keras.Model, optimizer: keras.optimizers.Optimizer):
        self.model = model
        self.optimizer = optimizer
        self.model.compile(optimizer=self.optimizer, loss="binary_crossentropy", metrics=["accuracy"])

    def train(self, x, y, epochs: int):
        return self.model.fit(
            x, y, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2
        )


def load_data(num_words: int, max_len: int):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    X_train = keras.utils.pad_sequences(X_train, max_len)
    X_test = keras.utils.pad_sequences(X_test, max_len)
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words: int, embedding_len: int) -> keras.Model:
    return GRU(num_words, embedding_len).build()


def main(model: Optional[keras.Model] = None, epochs: int = 5) -> Tuple[keras.optimizers.Optimizer, keras.callbacks.History]:
    keras.backend.clear_session()
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    trainer = Trainer(
        model if model is not None else build_rnn_model(num_words=6000, embedding_len=100),
        keras.optimizers.Adam(learning_rate=0.001),
    )
    hist = trainer.train(X_train, y_train, epochs)
    loss, accuracy = trainer.model.evaluate(X_test, y_test, verbose=0)
    print(f"{loss=:.4f} {accuracy=:.2%}")
    return trainer.optimizer, hist


if __name__ == "__main__":
    main()
