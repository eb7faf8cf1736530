"""tf.data pipelines, however put together, are judged by the rows and batches that come out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.errors import CheckFailed
from grader.evidence import Pipeline, Plain, Sequence, Value
from grader.expect import expect_batches, expect_rows, expect_shuffled, shares_rows
from grader.session import LiveSubmission
from grader.text import literal
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

DATA = literal("the training data")
X, Y = np.arange(30, dtype="int32").reshape(10, 3), np.arange(10, dtype="int64") % 2
BUFFER = 100
SUBMISSION = """
import numpy as np
import tensorflow as tf
from tensorflow.data import Dataset


def rows(x, y):
    for pair in zip(x, y):
        yield pair


def make(code, x, y):
    slices = Dataset.from_tensor_slices((x, y))
    return eval(code, {**globals(), "x": x, "y": y, "slices": slices})


def same(data):
    return data
"""
GENERATOR = (
    "Dataset.from_generator(lambda: rows(x, y), output_signature="
    "(tf.TensorSpec((3,), tf.int32), tf.TensorSpec((), tf.int64)))"
)


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


@pytest.fixture
def made(submission: LiveSubmission) -> Any:
    return lambda code: submission.call("make", code=code, x=X, y=Y).result()


def refused(expect: Any, value: Value | None, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect(value, what=DATA, **how)
    return said(problem.value.feedback)


# What comes out.


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("slices.shuffle(100).batch(4, drop_remainder=True)", id="usual"),
        pytest.param("slices.shuffle(100).batch(4, True).prefetch(tf.data.AUTOTUNE)", id="prefetched"),
        pytest.param("slices.shuffle(buffer_size=10, seed=1).batch(batch_size=4, drop_remainder=True)", id="by-name"),
        pytest.param(
            "slices.shuffle(tf.constant(100, tf.int64)).batch(tf.constant(4, tf.int64), True).cache()",
            id="sizes-as-tensors",
        ),
        pytest.param("slices.shuffle(slices.cardinality()).batch(np.int64(4), True)", id="size-asked-of-the-data"),
        pytest.param("slices.cache().shuffle(len(x)).batch(4, True).repeat(1)", id="everything"),
        pytest.param("slices.map(lambda a, b: (a, b)).shuffle(100).batch(4, True)", id="mapped"),
        pytest.param("slices.shuffle(100).padded_batch(4, drop_remainder=True)", id="padded-batch"),
        pytest.param("Dataset.zip(*map(Dataset.from_tensor_slices, (x, y))).shuffle(100).batch(4, True)", id="zipped"),
        pytest.param(f"{GENERATOR}.shuffle(100).batch(4, True)", id="generator"),
        pytest.param(
            "(lambda o: Dataset.from_tensor_slices((x[o], y[o])).batch(4, True))(np.roll(np.arange(10), 3))",
            id="shuffled-beforehand",
        ),
    ],
)
def test_a_right_pipeline_is_accepted_however_it_is_put_together(made: Any, code: str) -> None:
    pipeline = made(code)

    expect_rows(pipeline, x=X, y=Y, what=DATA)
    expect_batches(pipeline, batch_size=4, what=DATA)
    expect_shuffled(pipeline, x=X, what=DATA, buffer_size=BUFFER)


def test_a_pipeline_says_its_operations_batches_and_rows(made: Any) -> None:
    pipeline = made("slices.skip(1).take(5).batch(2)")

    assert isinstance(pipeline, Pipeline)
    assert [(each.name, each.settings) for each in pipeline.operations] == [
        ("skip", {"count": 1}),
        ("take", {"count": 5}),
        ("batch", {"batch_size": 2}),
    ]
    assert pipeline.batches == (2, 2, 1)
    np.testing.assert_array_equal(getattr(pipeline.x, "values", None), X[1:6])
    np.testing.assert_array_equal(getattr(pipeline.y, "values", None), Y[1:6])


def test_a_pipeline_without_end_is_read_in_part(made: Any) -> None:
    endless, large = made("slices.batch(4).repeat()"), made("slices.repeat(1000).batch(5000)")

    assert len(endless.batches) == 64
    assert large.batches == (5000,)


def test_a_pipeline_that_fails_is_an_object(made: Any) -> None:
    pipeline = made(f"{GENERATOR.replace('rows(x, y)', 'rows(x, None)')}.batch(4)")

    assert refused(expect_rows, pipeline, x=X, y=Y)[1] == "tf.data.Dataset"


def test_labels_may_stand_in_a_column(made: Any) -> None:
    expect_rows(made("Dataset.from_tensor_slices((x, y[:, None])).batch(4)"), x=X, y=Y, what=DATA)


def test_nothing_of_tensorflows_own_is_printed(submission: LiveSubmission, made: Any) -> None:
    made("slices.map(lambda a, b: (a + 1, b)).batch(4)")

    assert submission.output == ""


# Rows.


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param(
            "Dataset.from_tensor_slices((x + 1, y)).batch(4)",
            ["There are rows in the training data that should not be there.", "10 of 10 are not as expected."],
            id="other-inputs",
        ),
        pytest.param(
            "Dataset.from_tensor_slices((x, 1 - y)).batch(4)",
            ["There are rows in the training data that should not be there.", "10 of 10 are not as expected."],
            id="other-labels",
        ),
        pytest.param(
            "Dataset.from_tensor_slices((np.concatenate([x, -x[1:], -x[1:3]]), np.resize(y, 21))).batch(4)",
            ["There are rows in the training data that should not be there.", "11 of 21 are not as expected."],
            id="test-rows-among-them",
        ),
        pytest.param("slices.repeat(2).batch(4)", ["Rows of the training data come more than once."], id="repeated"),
        pytest.param(
            "slices.take(6).batch(4)",
            ["There are 6 rows in the training data.", "10, or a little less"],
            id="a-batch-too-few",
        ),
        pytest.param(
            "Dataset.from_tensor_slices((x[:, 1:], y)).batch(4)",
            ["A row of the training data has the shape (2,).", "(3,)"],
            id="shorter-rows",
        ),
        pytest.param(
            "Dataset.from_tensor_slices(x).batch(4)",
            ["Here the training data are no pairs of an input and its label."],
            id="no-labels",
        ),
        pytest.param(
            "Dataset.from_tensor_slices((x,)).batch(4)",
            ["Here the training data are no pairs of an input and its label."],
            id="a-tuple-of-one",
        ),
        pytest.param(
            "Dataset.from_tensors((x, y[:9]))",
            ["Here the training data are no pairs of an input and its label."],
            id="a-label-too-few",
        ),
        pytest.param(
            "slices", ["The rows of the training data are not packed into batches.", "batch"], id="single-rows"
        ),
        pytest.param(
            "slices.batch(16, drop_remainder=True)",
            ["Not one batch comes out of the training data."],
            id="no-batch",
        ),
    ],
)
def test_other_rows_are_refused(made: Any, code: str, words: list[str]) -> None:
    assert refused(expect_rows, made(code), x=X, y=Y) == words


def test_rows_that_are_there_twice_may_come_twice(submission: LiveSubmission) -> None:
    x, y = np.concatenate([X, X]), np.concatenate([Y, Y])
    pipeline = submission.call("make", code="slices.batch(5)", x=x, y=y).result()

    expect_rows(pipeline, x=x, y=y, what=DATA)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("x", ["Here the training data are of type array.", "tf.data.Dataset"], id="array"),
        pytest.param("(x, y)", ["Here the training data are of type array.", "tf.data.Dataset"], id="arrays"),
        pytest.param("16", ["Here the training data are of type int.", "tf.data.Dataset"], id="number"),
        pytest.param("iter(slices)", ["Here the training data are of type OwnedIterator."], id="iterator"),
        pytest.param("None", ["Nothing is given as the training data."], id="none"),
    ],
)
def test_what_is_no_pipeline_is_said(made: Any, code: str, words: list[str]) -> None:
    value = made(code)

    for expect, how in (
        (expect_rows, {"x": X, "y": Y}),
        (expect_batches, {"batch_size": 4}),
        (expect_shuffled, {"x": X, "buffer_size": BUFFER}),
    ):
        assert refused(expect, value, **how)[: len(words)] == words


def test_a_value_that_is_missing_is_no_pipeline() -> None:
    for value in (None, Plain(None)):
        assert refused(expect_batches, value, batch_size=4) == ["Nothing is given as the training data."]


@pytest.mark.parametrize("x", [Plain(1), Plain("x"), Sequence("list", (), "")], ids=["number", "text", "nothing"])
def test_rows_that_are_no_arrays_are_no_pairs(x: Value) -> None:
    pipeline = Pipeline((), (1,), x, Plain(1), "h1")

    assert refused(expect_rows, pipeline, x=X, y=Y) == [
        "Here the training data are no pairs of an input and its label."
    ]


# Batches.


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("slices.batch(5)", ["The batches of the training data hold 5, 5 rows.", "4"], id="other-size"),
        pytest.param(
            "slices.batch(1)", ["The batches of the training data hold 1, 1, 1, … rows.", "4"], id="single-rows"
        ),
        pytest.param(
            "slices.batch(4)",
            ["The last batch of the training data holds 2 rows only.", "batches of 4 rows only"],
            id="remainder",
        ),
        pytest.param("slices.batch(16)", ["The batches of the training data hold 10 rows.", "4"], id="one-batch"),
        pytest.param("slices.batch(16, True)", ["The batches of the training data hold — rows.", "4"], id="no-batch"),
    ],
)
def test_other_batches_are_refused(made: Any, code: str, words: list[str]) -> None:
    assert refused(expect_batches, made(code), batch_size=4) == words


def test_a_smaller_batch_at_the_end_may_be_allowed(made: Any) -> None:
    expect_batches(made("slices.batch(4)"), batch_size=4, what=DATA, drop_remainder=False)

    assert refused(expect_batches, made("slices.batch(3)"), batch_size=4, drop_remainder=False)[1] == "4"


# Order.

STAYS = "The rows of the training data come in the same order in every epoch."


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("slices.batch(4, True)", [STAYS, "shuffle"], id="not-shuffled"),
        pytest.param(
            "slices.batch(4, True).shuffle(100)",
            [
                "The batches of the training data are shuffled, not the rows: the same rows stay together.",
                "shuffle before batch",
            ],
            id="batches-shuffled",
        ),
        pytest.param(
            "slices.padded_batch(4).shuffle(100)",
            [
                "The batches of the training data are shuffled, not the rows: the same rows stay together.",
                "shuffle before batch",
            ],
            id="padded-batches-shuffled",
        ),
        pytest.param(
            "slices.shuffle(2).batch(4)", ["shuffle has a buffer of 2 rows.", "shuffle(100)"], id="small-buffer"
        ),
        pytest.param(
            "slices.shuffle(99).batch(4)",
            ["shuffle has a buffer of 99 rows.", "shuffle(100)"],
            id="small-for-the-whole-data",
        ),
        pytest.param(
            "slices.shuffle(100, reshuffle_each_iteration=False).batch(4)",
            [STAYS, "another order in every epoch"],
            id="shuffled-once",
        ),
    ],
)
def test_rows_in_a_fixed_order_are_refused(made: Any, code: str, words: list[str]) -> None:
    assert refused(expect_shuffled, made(code), x=X, buffer_size=BUFFER) == words


@pytest.mark.parametrize("code", ["slices.shuffle(10).batch(4)", "slices.shuffle(25000).batch(4).shuffle(2)"])
def test_a_buffer_of_all_rows_or_more_is_large_enough(made: Any, code: str) -> None:
    expect_shuffled(made(code), x=X, what=DATA, buffer_size=BUFFER)


# Two pipelines.


@pytest.mark.parametrize(
    ("code", "shared"),
    [
        pytest.param("slices.shuffle(10).batch(4)", True, id="in-another-order"),
        pytest.param("slices.take(6).batch(4)", True, id="more-than-half"),
        pytest.param("slices.take(5).batch(4)", False, id="half"),
        pytest.param("Dataset.from_tensor_slices((-x - 1, y)).batch(4)", False, id="other-rows"),
        pytest.param("Dataset.from_tensor_slices((x[:, 1:], y)).batch(4)", False, id="shorter-rows"),
        pytest.param("x", False, id="no-pipeline"),
    ],
)
def test_pipelines_share_rows_or_not(made: Any, code: str, shared: bool) -> None:
    assert shares_rows(made("slices.batch(4)"), made(code)) is shared


# Pipelines of the grader's own.


def test_a_pipeline_can_be_handed_to_the_submission(submission: LiveSubmission) -> None:
    given = submission.dataset(X, Y, 4)

    pipeline = submission.call("same", data=given).result()

    expect_rows(pipeline, x=X, y=Y, what=DATA)
    expect_batches(pipeline, batch_size=4, what=DATA)
    assert isinstance(pipeline, Pipeline)
    assert pipeline.batches == (4, 4)


def test_a_pipeline_is_made_only_once(submission: LiveSubmission) -> None:
    given = submission.dataset(X, Y, 4)

    assert submission.dataset(X, Y, 4) == given
    assert submission.dataset(X, 1 - Y, 4) != given
    assert submission.dataset(X, Y, 5) != given
