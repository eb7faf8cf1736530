"""The zero states of a loop over cells are judged as they are used, or else as the model keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.errors import CheckFailed, Unanswerable
from grader.expect import expect_zero_states, tokens
from grader.session import LiveSubmission
from grader.spec import GRU, LSTM, Dense, Embedding, Layer
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

SUBMISSION = """
import tensorflow as tf
from tensorflow.keras import Model, layers

ZEROS = tf.zeros([3, 4])


class Loop(Model):
    def __init__(self, kind="GRU", units=4, **kept):
        super().__init__()
        self.embedding = layers.Embedding(50, 6)
        cell = getattr(layers, kind + "Cell")
        self.first, self.second = cell(units), cell(units)
        self.outlayer = layers.Dense(1)
        for name, value in kept.items():
            setattr(self, name, value)

    def call(self, inputs):
        return self.outlayer(self.read(self.embedding(inputs), self.state0, self.state1))

    def read(self, x, state0, state1):
        for word in tf.unstack(x, axis=1):
            out, state0 = self.first(word, state0)
            out, state1 = self.second(out, state1)
        return out


class MadeInCall(Loop):
    def call(self, inputs):
        return self.outlayer(self.read(self.embedding(inputs), [ZEROS], [ZEROS]))


class OnesInCall(Loop):
    def call(self, inputs):
        return self.outlayer(self.read(self.embedding(inputs), [ZEROS + 1], [ZEROS]))


class Renamed(Loop):
    def call(self, inputs):
        return self.outlayer(self.read(self.embedding(inputs), self.one, self.two))


class Exchanged(Loop):
    def read(self, x, state0, state1):
        for word in tf.unstack(x, axis=1):
            out, state0 = self.first(word, state0)
            out, state1 = self.second(out, state0)
        return out


class Stopped(Loop):
    def call(self, inputs):
        raise NotImplementedError("task 2")


def build(code):
    return eval(code)
"""
WORDS = tokens(50, length=3)


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


@pytest.fixture
def built(submission: LiveSubmission) -> Any:
    return lambda code: submission.call("build", code=code)


def stack(kind: type[GRU] | type[LSTM]) -> tuple[Layer, ...]:
    return Embedding(50, 6), kind(4, return_sequences=True), kind(4), Dense(1)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Loop(state0=[ZEROS], state1=[ZEROS])", GRU),
        ("Loop(state0=ZEROS, state1=ZEROS)", GRU),
        ("Loop('LSTM', state0=[ZEROS, ZEROS], state1=[ZEROS, ZEROS])", LSTM),
        ("Loop(state0=[ZEROS, ZEROS], state1=[ZEROS, ZEROS])", GRU),
        ("Loop(units=5, state0=[tf.zeros([3, 5])], state1=[tf.zeros([3, 5])])", GRU),
        ("MadeInCall()", GRU),
        ("Renamed(one=[ZEROS], two=[ZEROS])", GRU),
        ("Stopped(one=[ZEROS], two=[ZEROS])", GRU),
        ("Exchanged(state0=[ZEROS], state1=[ZEROS])", GRU),
        ("Stopped(state0=[ZEROS], state1=[ZEROS])", GRU),
        ("Stopped('LSTM', state0=[ZEROS, ZEROS], state1=(ZEROS, ZEROS))", LSTM),
    ],
)
def test_zero_states_are_right_wherever_they_stand(built: Any, code: str, kind: type[GRU] | type[LSTM]) -> None:
    expect_zero_states(built(code), *stack(kind), inputs=WORDS, names=("state0", "state1"))


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (
            "Loop('LSTM', state0=[ZEROS], state1=[ZEROS, ZEROS])",
            LSTM,
            [
                "The number of tensors in self.state0: 1",
                "[tf.zeros([batch_size, units]), tf.zeros([batch_size, units])]",
            ],
        ),
        (
            "Stopped(state0=[ZEROS], state1=[tf.zeros([4, 3])])",
            GRU,
            ["self.state1 holds a tensor of the shape (4, 3).", "(3, 4)"],
        ),
        (
            "Loop(state0=[ZEROS + 1], state1=[ZEROS])",
            GRU,
            ["self.state0 holds other numbers than zeros.", "[tf.zeros([batch_size, units])]"],
        ),
        (
            "Loop(state1=[ZEROS])",
            GRU,
            ["The only zero states that your model keeps: self.state1", "self.state0, self.state1"],
        ),
        (
            "Loop('LSTM', state0=ZEROS, state1=ZEROS)",
            LSTM,
            [
                "The number of tensors in self.state0: 1",
                "[tf.zeros([batch_size, units]), tf.zeros([batch_size, units])]",
            ],
        ),
        (
            "Renamed('SimpleRNN', one=[ZEROS[0]], two=[ZEROS + 1])",
            GRU,
            ["self.one holds a tensor of the shape (4,).", "(3, 4)"],
        ),
        ("OnesInCall()", GRU, ["The first state of a cell is not zero.", "tf.zeros"]),
    ],
)
def test_other_states_are_refused(built: Any, code: str, kind: type[GRU] | type[LSTM], words: list[str]) -> None:
    with pytest.raises(CheckFailed) as problem:
        expect_zero_states(built(code), *stack(kind), inputs=WORDS, names=("state0", "state1"))

    assert said(problem.value.feedback) == words


def test_without_states_and_without_a_run_nothing_can_be_judged(built: Any) -> None:
    with pytest.raises(Unanswerable):
        expect_zero_states(built("Stopped()"), *stack(GRU), inputs=WORDS, names=("state0", "state1"))
