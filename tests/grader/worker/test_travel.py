"""Values on their way to the submission and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.evidence import Array, Big, OddFloat, Other, Plain, Sequence, Table, Value, array_of, plain
from grader.evidence import digest_of as digest
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission
else:
    from tests.grader.factories import a_live_submission

SUBMISSION = """
import keras
import numpy as np
import pandas as pd
import tensorflow as tf


def value(code):
    return eval(code)


def same(data):
    return data


def kind(data):
    return type(data).__name__


def described(data):
    return f"{list(data.columns)} {list(data.index)} {[str(each) for each in data.dtypes]} {data.values.tolist()}"
"""
SCORES: Any = (("seconds", np.array([1.5, 2.0])), ("parameters", np.array([3, 4])))
"""Columns as they are sent."""


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def value(submission: LiveSubmission, code: str) -> Value:
    return submission.call("value", code=code).result()


def column(table: Value, name: str) -> Any:
    assert isinstance(table, Table)
    found = array_of(table.column(name))
    return plain(table.column(name)) if found is None else found.tolist()


# Tables.


def test_a_table_is_handed_over_as_a_data_frame(submission: LiveSubmission) -> None:
    named = submission.call("described", data=Table(SCORES, ("RNN cell", "LSTM cell"))).result()
    numbered = submission.call("described", data=Table(SCORES)).result()

    types, rows = "['float64', 'int64']", "[[1.5, 3.0], [2.0, 4.0]]"
    assert plain(named) == f"['seconds', 'parameters'] ['RNN cell', 'LSTM cell'] {types} {rows}"
    assert plain(numbered) == f"['seconds', 'parameters'] [0, 1] {types} {rows}"


def test_a_table_comes_back_as_it_went(submission: LiveSubmission) -> None:
    table = submission.call("same", data=Table(SCORES, ("a", "b"))).result()

    assert isinstance(table, Table)
    assert [name for name, _ in table.columns] == ["seconds", "parameters"]
    assert table.index == ("a", "b")
    assert column(table, "seconds") == [1.5, 2.0]
    assert column(table, "parameters") == [3.0, 4.0]
    np.testing.assert_array_equal(array_of(table), [[1.5, 3.0], [2.0, 4.0]])


def test_a_table_may_hold_names_gaps_and_truths(submission: LiveSubmission) -> None:
    table = value(
        submission,
        "pd.DataFrame({'model': ['RNN', 'LSTM'], 'loss': [0.5, None], 'best': [True, False], 3: [1, 2]}, index=[7, 8])",
    )

    assert isinstance(table, Table)
    assert table.index == ("7", "8")
    assert column(table, "model") == ["RNN", "LSTM"]
    np.testing.assert_array_equal(column(table, "loss"), [0.5, np.nan])
    assert column(table, "best") == [1.0, 0.0]
    assert column(table, "3") == [1.0, 2.0]


def test_two_columns_of_one_name_are_both_there(submission: LiveSubmission) -> None:
    table = value(submission, "pd.DataFrame([[1, 2]], columns=['loss', 'loss'])")

    assert isinstance(table, Table)
    assert [(name, getattr(array_of(each), "tolist", list)()) for name, each in table.columns] == [
        ("loss", [1.0]),
        ("loss", [2.0]),
    ]


def test_a_table_without_rows_or_columns_is_a_table(submission: LiveSubmission) -> None:
    assert isinstance(value(submission, "pd.DataFrame()"), Table)
    assert column(value(submission, "pd.DataFrame({'loss': []})"), "loss") == []


def test_a_table_too_long_to_be_read_is_an_object(submission: LiveSubmission) -> None:
    table = value(submission, "pd.DataFrame({'a': ['x'] * 2001})")

    assert isinstance(table, Other)
    assert table.name == "DataFrame"


def test_a_series_keeps_the_names_of_its_rows(submission: LiveSubmission) -> None:
    series = value(submission, "pd.Series([1, 2], index=['RNN', 'LSTM'])")

    assert isinstance(series, Array)
    assert (series.kind, series.index) == ("Series", ("RNN", "LSTM"))


# Shapes and numbers.


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("tf.TensorShape([None, 3, 1])", [None, 3, 1], id="TensorShape"),
        pytest.param("tf.zeros((2, 3)).shape", [2, 3], id="shape-of-a-tensor"),
        pytest.param(
            "keras.Sequential([keras.Input((2,)), keras.layers.Dense(4)]).output_shape",
            [None, 4],
            id="shape-of-a-model",
        ),
        pytest.param("tf.TensorShape([])", [], id="of-a-number"),
    ],
)
def test_a_shape_is_a_tuple(submission: LiveSubmission, code: str, expected: list[int | None]) -> None:
    shape = value(submission, code)

    assert isinstance(shape, Sequence)
    assert shape.kind == "tuple"
    assert plain(shape) == expected


def test_a_shape_of_no_known_rank_is_an_object(submission: LiveSubmission) -> None:
    assert isinstance(value(submission, "tf.TensorShape(None)"), Other)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (3, "int"),
        (np.int64(3), "int"),
        (0.5, "float"),
        (np.float32(0.5), "float"),
        (float("nan"), "float"),
        (float("-inf"), "float"),
        (True, "bool"),
        ("순환", "str"),
        ((1, 2), "tuple"),
        ([1, [2]], "list"),
        ({"a": 1}, "dict"),
        (np.zeros((2, 3)), "ndarray"),
        (None, "NoneType"),
    ],
    ids=repr,
)
def test_what_is_sent_arrives_as_pythons_own(submission: LiveSubmission, sent: object, kind: str) -> None:
    assert submission.call("kind", data=sent).result() == Plain(kind)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_cannot_say_come_back(submission: LiveSubmission, number: float) -> None:
    assert submission.call("same", data=number).result() == OddFloat(str(number))  # type: ignore[arg-type]


def test_an_array_too_large_to_travel_has_its_digest(submission: LiveSubmission) -> None:
    large = value(submission, "np.arange(300_000, dtype='float64').reshape(3, -1)")

    assert isinstance(large, Big)
    assert large.shape == (3, 100_000)
    assert large.digest == digest(np.arange(300_000).reshape(3, -1))
    assert large.digest != digest(np.arange(300_000)[::-1])
