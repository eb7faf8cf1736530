"""The bundled data, and the loader that stands beside Keras's own."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from grader import datasets
from grader.datasets import imdb
from grader.reviews import Reviews, pad


@pytest.fixture(autouse=True)
def no_full_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))


def test_sample_is_the_start_of_what_keras_loads() -> None:
    """The facts are those of ``keras.datasets.imdb.load_data()`` on the full set."""
    (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=10_000)

    assert (len(x_train), len(x_test)) == (2000, 2000)
    assert [len(review) for review in (*x_train[:2], *x_test[:2])] == [218, 189, 68, 260]
    assert y_train[:5].tolist() == [1, 0, 0, 1, 0]
    assert x_train[0][:6] == [1, 14, 22, 16, 43, 530]
    assert (y_train != y_test).any()


def test_options_mean_what_they_mean_to_keras() -> None:
    (plain, labels), _ = imdb.load_data(num_words=100, start_char=None, oov_char=None, index_from=0)
    (short, short_labels), _ = imdb.load_data(num_words=100, maxlen=100, skip_top=10)
    (shuffled, _), _ = imdb.load_data(seed=1)

    assert max(map(max, plain)) == 99
    assert len(short) == len(short_labels) < len(labels)
    assert max(map(len, short)) < 100
    assert {word for review in short for word in review if word < 10} == {2}
    assert len(shuffled[0]) != len(plain[0])


def test_full_set_is_taken_where_keras_keeps_it(tmp_path: Path) -> None:
    assert imdb.full_set() == tmp_path / "datasets" / "imdb.npz"


def test_missing_sample_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(datasets, "FOLDER", tmp_path)

    with pytest.raises(FileNotFoundError, match="fetches the full set"):
        imdb.load_data()


def test_unknown_file_names_those_that_are_there() -> None:
    with pytest.raises(FileNotFoundError, match=r"airline-passengers\.csv, sales\.csv"):
        datasets.path("shampoo.csv")


@pytest.mark.parametrize(
    ("name", "rows", "first", "last"),
    [
        ("airline-passengers.csv", 144, ["1949-01", "112"], ["1960-12", "432"]),
        ("sales.csv", 36, ["1-01", "266.0"], ["3-12", "676.9"]),
    ],
)
def test_series_are_whole(name: str, rows: int, first: list[str], last: list[str]) -> None:
    with datasets.path(name).open(encoding="utf-8") as stream:
        table = list(csv.reader(stream))[1:]

    assert (len(table), table[0], table[-1]) == (rows, first, last)


def test_padding_cuts_and_fills_in_front() -> None:
    reviews = np.array([[1, 2, 3, 4], [5]], dtype=object)

    assert pad(reviews, 3).tolist() == [[2, 3, 4], [0, 0, 5]]


def test_drawn_reviews_differ_but_have_both_labels() -> None:
    first, second = (Reviews.draw(np.random.default_rng(seed), 20, 20) for seed in (1, 2))

    assert first.x_train != second.x_train
    assert set(first.y_train) == set(first.y_test) == {0, 1}
