"""A small stand-in for IMDb, drawn anew for each submission.

The worker's Keras loads it with its own, unchanged loader; the parent knows
what that loader returns.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import numpy as np

from grader.datasets.imdb import SEED, Split, prepare

VOCABULARY = 12_000
MAX_LENGTH = 160
LAST_OF_500 = 496
"""Index 499 for Keras: one-hot vectors made without a number of words are 500 wide all the same."""
_WORD_INDEX = json.dumps({f"word{rank}": rank for rank in range(1, VOCABULARY)}).encode()


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews as ranks of words, in the order of the file."""

    x_train: tuple[tuple[int, ...], ...]
    y_train: np.ndarray
    x_test: tuple[tuple[int, ...], ...]
    y_test: np.ndarray

    @classmethod
    def draw(cls, random: np.random.Generator, train: int, test: int) -> Reviews:
        """Draw reviews of many lengths, some longer than the lessons keep."""
        return cls(_texts(random, train), _labels(random, train), _texts(random, test), _labels(random, test))

    def file(self) -> bytes:
        """Return the bytes of an ``imdb.npz`` as Keras reads it (object arrays of lists)."""
        stream = io.BytesIO()
        np.savez(
            stream,
            x_train=_lists(self.x_train),
            y_train=self.y_train,
            x_test=_lists(self.x_test),
            y_test=self.y_test,
        )
        return stream.getvalue()

    @staticmethod
    def word_index() -> bytes:
        """Return the ``imdb_word_index.json`` that goes with it: made-up words by rank."""
        return _WORD_INDEX

    def loaded(self, num_words: int) -> tuple[Split, Split]:
        """Return what ``imdb.load_data(num_words)`` returns for this file."""
        random = np.random.RandomState(SEED)
        ordered: list[object] = []
        for texts, labels in ((self.x_train, self.y_train), (self.x_test, self.y_test)):
            order = np.arange(len(texts))
            random.shuffle(order)
            ordered += [[list(texts[index]) for index in order], labels[order]]
        return prepare(
            *ordered,  # type: ignore[arg-type]
            num_words=num_words,
            skip_top=0,
            maxlen=None,
            start_char=1,
            oov_char=2,
            index_from=3,
        )

    def padded(self, num_words: int, length: int) -> tuple[Split, Split]:
        """Return the same, padded and cut in front to ``length``: arrays ``(reviews, length)``."""
        (x_train, y_train), (x_test, y_test) = self.loaded(num_words)
        return (pad(x_train, length), y_train), (pad(x_test, length), y_test)


def pad(reviews: np.ndarray, length: int) -> np.ndarray:
    """Return what ``pad_sequences(reviews, maxlen=length)`` returns."""
    padded = np.zeros((len(reviews), length), "int32")
    for row, review in zip(padded, reviews, strict=True):
        kept = review[-length:]
        row[length - len(kept) :] = kept
    return padded


def _texts(random: np.random.Generator, count: int) -> tuple[tuple[int, ...], ...]:
    lengths = random.integers(3, MAX_LENGTH, count)
    texts = [_words(random, length) for length in lengths]
    return tuple((*text[:-1], LAST_OF_500) if number % 3 == 0 else text for number, text in enumerate(texts))


def _words(random: np.random.Generator, length: int) -> tuple[int, ...]:
    """Draw ranks as language has them: the more frequent a word, the lower its rank."""
    return tuple(int(rank) for rank in np.exp(random.uniform(0, np.log(VOCABULARY), length)))


def _labels(random: np.random.Generator, count: int) -> np.ndarray:
    return random.permutation(np.arange(count) % 2).astype("int64")


def _lists(texts: tuple[tuple[int, ...], ...]) -> np.ndarray:
    array = np.empty(len(texts), dtype=object)
    array[:] = [list(each) for each in texts]
    return array
