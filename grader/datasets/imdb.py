"""IMDb reviews: the full set where Keras has it, else the kit's sample.

The full set is 25,000 + 25,000 reviews, kept by Keras under
``~/.keras/datasets/imdb.npz`` (or ``$KERAS_HOME``); put it there, or let Keras
fetch it once with ``keras.datasets.imdb.load_data()``. The sample is the first
2,000 + 2,000 reviews of what Keras's loader gives, words above rank 10,000 cut,
so nothing needs a network. Source: Maas et al., ACL 2011 (``data/README.md``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from grader.datasets import path

Split: TypeAlias = "tuple[np.ndarray, np.ndarray]"

SEED = 113
"""Keras's seed, in whose order the sample is stored."""


def load_data(
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = SEED,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> tuple[Split, Split]:
    """Return ``(x_train, y_train), (x_test, y_test)`` as Keras's loader does.

    Args:
        num_words: keep words of a smaller index only; others become ``oov_char``.
        skip_top: words of a smaller index become ``oov_char`` too.
        maxlen: leave out reviews of this length and more.
        seed: order of the reviews.
        start_char: stands at the start of each review.
        oov_char: stands for words that are left out (None drops them).
        index_from: added to each word's rank.

    Returns:
        Reviews as lists of word indices, labels as 0 (negative) and 1 (positive).
    """
    options: dict[str, Any] = {
        "num_words": num_words,
        "skip_top": skip_top,
        "maxlen": maxlen,
        "start_char": start_char,
        "oov_char": oov_char,
        "index_from": index_from,
    }
    if full_set().is_file():
        import keras  # noqa: PLC0415 - the sample needs no Keras

        loaded: tuple[Split, Split] = keras.datasets.imdb.load_data(seed=seed, **options)
        return loaded
    return prepare(*_sample("train", seed), *_sample("test", seed), **options)


def full_set() -> Path:
    """Return where Keras keeps the full set."""
    home = os.environ.get("KERAS_HOME")
    return (Path(home) if home else Path.home() / ".keras") / "datasets" / "imdb.npz"


def _sample(split: str, seed: int) -> tuple[list[list[int]], np.ndarray]:
    with np.load(path("imdb-sample.npz")) as file:
        ends = np.cumsum(file[f"lengths_{split}"].astype("int64"))
        reviews = [part.tolist() for part in np.split(file[f"tokens_{split}"].astype("int64"), ends[:-1])]
        labels = file[f"labels_{split}"].astype("int64")
    if seed == SEED:
        return reviews, labels
    order = np.arange(len(reviews))
    np.random.RandomState(seed).shuffle(order)
    return [reviews[index] for index in order], labels[order]


def prepare(
    x_train: list[list[int]],
    y_train: np.ndarray,
    x_test: list[list[int]],
    y_test: np.ndarray,
    **options: Any,
) -> tuple[Split, Split]:
    """Turn ranks into indices, the way Keras's loader does."""
    words = options["num_words"]
    train, test = (_shifted(reviews, options) for reviews in (x_train, x_test))
    if not words:
        words = max(max(review) for review in train + test if review)
    kept_train, kept_test = (_cut(reviews, words, options) for reviews in (train, test))
    return _short(kept_train, y_train, options["maxlen"]), _short(kept_test, y_test, options["maxlen"])


def _shifted(reviews: list[list[int]], options: dict[str, Any]) -> list[list[int]]:
    start = [] if options["start_char"] is None else [options["start_char"]]
    return [start + [rank + options["index_from"] for rank in review] for review in reviews]


def _cut(reviews: list[list[int]], words: int, options: dict[str, Any]) -> list[list[int]]:
    low, other = options["skip_top"], options["oov_char"]
    if other is None:
        return [[word for word in review if low <= word < words] for review in reviews]
    return [[word if low <= word < words else other for word in review] for review in reviews]


def _short(reviews: list[list[int]], labels: np.ndarray, maxlen: int | None) -> Split:
    kept = [index for index, review in enumerate(reviews) if maxlen is None or len(review) < maxlen]
    array = np.empty(len(kept), dtype=object)
    array[:] = [reviews[index] for index in kept]
    return array, labels[kept]


def get_word_index() -> dict[str, int]:
    """Return the rank of each word; Keras has the file (the sample comes without)."""
    import keras  # noqa: PLC0415 - only here

    index: dict[str, int] = keras.datasets.imdb.get_word_index()
    return index
