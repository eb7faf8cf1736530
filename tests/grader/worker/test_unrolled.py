"""Models unrolled step by step are built by running them, and trained on the last few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader import evidence
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission
else:
    from tests.grader.factories import a_live_submission

SUBMISSION = """
import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers

max_len = 80
same_as_max_len = 80
another = 81
switch = True
SEEN = []
REVIEWS = np.tile(np.arange(80, dtype="int32"), (4, 1))
LABELS = np.ones((4, 1), "float32")


def noted(inputs):
    words = [int(word) for word in np.array(inputs)[0]] if tf.executing_eagerly() else "symbolic"
    SEEN.append({"words": words, "max_len": max_len, "others": [same_as_max_len, another, switch]})
    return inputs


class Words(Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(100, 2)
        self.cell = layers.SimpleRNNCell(2)
        self.outlayer = layers.Dense(1)

    def steps(self, x):
        return tf.unstack(x, axis=1)

    def call(self, inputs, training=None):
        state = [tf.zeros((inputs.shape[0], 2))]
        for word in self.steps(self.embedding(noted(inputs))):
            out, state = self.cell(word, state)
        return self.outlayer(out)


class Counted(Words):
    def steps(self, x):
        return [x[:, step] for step in range(max_len)]


class Whole(Words):
    def steps(self, x):
        return tf.unstack(tf.reshape(x, (-1, 80, 2)), axis=1)


class Stack(Model):
    def __init__(self, middle):
        super().__init__()
        self.parts = Sequential([layers.Embedding(100, 2), middle, layers.Dense(1)])

    def call(self, inputs):
        return self.parts(noted(inputs))


def Unrolled():
    return Stack(layers.GRU(2, unroll=True))


def Rolled():
    return Stack(layers.Bidirectional(layers.LSTM(2)))


def Pooled():
    return Stack(layers.GlobalAveragePooling1D())


class Built(Words):
    def build(self, shape):
        SEEN.append("build")
        super().build(shape)


class Declared(Model):
    def __init__(self):
        inputs = keras.Input((80,))
        x = layers.Dense(1)(layers.GRU(2)(layers.Embedding(100, 2)(inputs)))
        super().__init__(inputs, x)

    def call(self, inputs, training=None):
        return super().call(noted(inputs))


class Numbers(Model):
    def __init__(self):
        super().__init__()
        self.rnn = layers.GRU(1)

    def call(self, inputs):
        return self.rnn(noted(inputs)[:, :, None])


def run(kind):
    SEEN.clear()
    globals()[kind]()(REVIEWS)
    return SEEN


def trained(kind, width=80, dtype="int32"):
    SEEN.clear()
    model = globals()[kind]()
    model.compile("sgd", "mse")
    reviews = REVIEWS[:, :width].astype(dtype)
    model.fit(reviews, LABELS)
    model.evaluate(reviews, 1 - LABELS)
    return SEEN


def make(kind):
    SEEN.clear()
    return globals()[kind]()


def seen():
    return SEEN


def constants():
    return [max_len, same_as_max_len, another, switch]
"""
EVERY = list(range(80))


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def runs(submission: LiveSubmission, function: str, **arguments: Any) -> list[Any]:
    """What a model saw each time that it ran."""
    seen = submission.call(function, **arguments).result()
    assert isinstance(seen, evidence.Sequence)
    return [
        {name: evidence.plain(value) for name, value in each.items}
        if isinstance(each, evidence.Mapping)
        else evidence.plain(each)
        for each in seen.items
    ]


def words(seen: list[Any]) -> list[Any]:
    return [each["words"] for each in seen]


def constants(submission: LiveSubmission) -> Any:
    return evidence.plain(submission.call("constants").result())


# How a model is built.


@pytest.mark.parametrize("kind", ["Words", "Counted", "Unrolled"])
def test_a_model_that_is_unrolled_runs_once_to_be_built(submission: LiveSubmission, kind: str) -> None:
    assert words(runs(submission, "run", kind=kind)) == [EVERY]


@pytest.mark.parametrize("kind", ["Rolled", "Pooled"])
def test_any_other_model_is_built_symbolically(submission: LiveSubmission, kind: str) -> None:
    assert words(runs(submission, "run", kind=kind)) == ["symbolic", EVERY]


def test_a_build_of_the_students_own_is_called(submission: LiveSubmission) -> None:
    assert runs(submission, "run", kind="Built")[0] == "build"


# What a training runs on.


@pytest.mark.parametrize("kind", ["Words", "Counted", "Unrolled"])
def test_a_recurrent_model_is_trained_on_the_last_words(submission: LiveSubmission, kind: str) -> None:
    assert words(runs(submission, "trained", kind=kind)) == [[77, 78, 79]] * 2


def test_a_model_built_symbolically_is_trained_on_the_last_words_too(submission: LiveSubmission) -> None:
    assert words(runs(submission, "trained", kind="Rolled")) == ["symbolic", [77, 78, 79], [77, 78, 79]]


def test_a_model_that_needs_the_whole_length_is_asked_for_less_only_once(submission: LiveSubmission) -> None:
    assert words(runs(submission, "trained", kind="Whole")) == [[77, 78, 79], EVERY, EVERY]


@pytest.mark.parametrize(
    ("kind", "width", "dtype"),
    [
        pytest.param("Pooled", 80, "int32", id="not-recurrent"),
        pytest.param("Declared", 80, "int32", id="declared-for-this-length"),
        pytest.param("Numbers", 80, "float32", id="no-words"),
        pytest.param("Words", 3, "int32", id="few-words-already"),
    ],
)
def test_any_other_model_is_trained_on_the_whole_length(
    submission: LiveSubmission, kind: str, width: int, dtype: str
) -> None:
    seen = words(runs(submission, "trained", kind=kind, width=width, dtype=dtype))

    assert [each for each in seen if each != "symbolic"] == [EVERY[:width]] * 2


# The student's own number of words.


def test_constants_of_the_whole_length_are_few_meanwhile_and_put_back(submission: LiveSubmission) -> None:
    seen = runs(submission, "trained", kind="Counted")

    assert [each["max_len"] for each in seen] == [3, 3]
    assert [each["others"] for each in seen] == [[3, 81, True]] * 2
    assert constants(submission) == [80, 80, 81, True]


def test_constants_are_put_back_where_the_model_raises(submission: LiveSubmission) -> None:
    seen = runs(submission, "trained", kind="Whole")

    assert [each["max_len"] for each in seen] == [3, 80, 80]
    assert constants(submission) == [80, 80, 81, True]


def test_a_trace_on_few_words_lends_the_model_its_length(submission: LiveSubmission) -> None:
    model = submission.call("make", kind="Counted").ref()
    few = np.array([[5, 6, 7]], "int32")

    trace = submission.trace(model, (few,), whole=80)
    seen = runs(submission, "seen")

    assert len(trace.calls) == 1 + 3 + 1, "the Embedding, the cell at each step, the Dense layer"
    assert [(each["words"], each["max_len"]) for each in seen] == [([5, 6, 7], 3)]
    assert constants(submission) == [80, 80, 81, True]
