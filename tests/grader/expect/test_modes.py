"""Dropout is at work in training, and only there, whatever the model is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from grader.errors import CheckFailed, Unanswerable
from grader.expect import expect_dropout, sequences
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

SUBMISSION = """
import keras
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers


def around(*parts):
    return Sequential([*parts, layers.Dense(3)])


class Loop(Model):
    def __init__(self, flag, **dropout):
        super().__init__()
        self.cell, self.flag = layers.SimpleRNNCell(4, **dropout), flag

    def call(self, inputs, training=None):
        state = [tf.zeros((inputs.shape[0], 4))]
        for word in tf.unstack(inputs, axis=1):
            out, state = self.cell(word, state, **({} if self.flag == "missing" else {"training": self.flag(training)}))
        return out


class Deaf(Model):
    def __init__(self):
        super().__init__()
        self.parts = around(layers.LSTM(4, dropout=0.5))

    def call(self, inputs):
        return self.parts(inputs, training=False)


class Keeping(Model):
    def __init__(self):
        super().__init__()
        self.rnn, self.drop = layers.SimpleRNN(4, stateful=True), layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.rnn(inputs), training=training)


class Unused(Model):
    def __init__(self):
        super().__init__()
        self.rnn, self.outlayer = layers.LSTM(4, dropout=0.5), layers.Dense(3)

    def call(self, inputs, training=None):
        return self.outlayer(inputs[:, -1])


class Silent(Model):
    def __init__(self):
        super().__init__()
        self.drop = layers.Dropout(0.5)

    def call(self, inputs, training=None):
        self.drop(inputs)
        return []


MODELS = {
    "dropout layer": lambda: around(layers.LSTM(4), layers.Dropout(0.5)),
    "dropout in the layer": lambda: around(layers.LSTM(4, dropout=0.5)),
    "recurrent dropout": lambda: around(layers.GRU(4, recurrent_dropout=0.5)),
    "unrolled": lambda: around(layers.GRU(4, dropout=0.5, unroll=True)),
    "cell in a loop": lambda: Loop(lambda training: training, dropout=0.5),
    "functional": lambda: Model(i := keras.Input((5, 8)), layers.Dropout(0.5)(layers.LSTM(4)(i))),
    "always": lambda: Loop(lambda training: True, dropout=0.5),
    "never": lambda: Loop(lambda training: False, dropout=0.5),
    "flag forgotten": lambda: Loop("missing", dropout=0.5),
    "no training in call": Deaf,
    "no dropout": lambda: around(layers.LSTM(4)),
    "rate of zero": lambda: around(layers.LSTM(4, dropout=0.0), layers.Dropout(0.0)),
    "keeping a state": Keeping,
    "not used": Unused,
    "no numbers": Silent,
}


def build(name):
    return MODELS[name]()
"""
INPUTS = sequences(5, 8)
OTHERWISE = "Run again on the same inputs, your model computes other numbers."
NOTHING = "In training, your model computes the same as in use: nothing is dropped out."


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


@pytest.mark.parametrize(
    "name",
    [
        "dropout layer",
        "dropout in the layer",
        "recurrent dropout",
        "unrolled",
        "cell in a loop",
        "flag forgotten",
        "functional",
    ],
)
def test_dropout_in_training_only_is_accepted(submission: LiveSubmission, name: str) -> None:
    """Keras hands the flag on where a loop forgets it."""
    expect_dropout(submission.call("build", name=name), inputs=INPUTS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("always", OTHERWISE),
        ("keeping a state", OTHERWISE),
        ("never", NOTHING),
        ("no training in call", NOTHING),
        ("no numbers", "Your model's output is no array of numbers."),
    ],
)
def test_anything_else_is_refused(submission: LiveSubmission, name: str, words: str) -> None:
    with pytest.raises(CheckFailed) as problem:
        expect_dropout(submission.call("build", name=name), inputs=INPUTS)

    assert said(problem.value.feedback)[0] == words


@pytest.mark.parametrize("name", ["no dropout", "rate of zero", "not used"])
def test_a_model_without_dropout_is_not_judged(submission: LiveSubmission, name: str) -> None:
    with pytest.raises(Unanswerable):
        expect_dropout(submission.call("build", name=name), inputs=INPUTS)
