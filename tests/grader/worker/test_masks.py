"""Dropout masks of cells in a student's loop: one for all steps of a call, another for the next call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.evidence import array_of
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
from tensorflow.keras import Model, layers

WORDS = np.ones((2, 4, 32), "float32")
DRAWS = {"activation": "linear", "recurrent_initializer": "zeros"}


def cell(**dropout):
    return layers.SimpleRNNCell(1, **DRAWS, **dropout)


class Textbook(Model):
    def __init__(self, **dropout):
        super().__init__()
        self.cell = cell(**dropout)

    def call(self, inputs, training=None):
        state, outs = [tf.ones((2, 1))], []
        for word in tf.unstack(inputs, axis=1):
            out, _ = self.cell(word, state, training=training)  # never reset
            outs.append(out)
        return tf.stack(outs, axis=1)


class Today(Textbook):
    def call(self, inputs, training=None):
        self.cell.reset_dropout_mask()
        self.cell.reset_recurrent_dropout_mask()
        state, outs = [tf.ones((2, 1))], []
        for word in tf.unstack(inputs, axis=1):
            out, _ = self.cell(word, state, training=training)  # reset
            outs.append(out)
        return tf.stack(outs, axis=1)


def around(layer):
    return keras.Sequential([layer])


def textbook():
    return Textbook(dropout=0.5)


def recurrent():
    return Textbook(dropout=0.0, recurrent_dropout=0.5)


def today():
    return Today(dropout=0.5)


def rnn_of_a_cell():
    return around(layers.RNN(cell(dropout=0.5), return_sequences=True))


def layer():
    return around(layers.SimpleRNN(1, dropout=0.5, return_sequences=True, **DRAWS))


def in_a_functional_model():
    inputs = keras.Input((4, 32), batch_size=2)
    return Model(inputs, Textbook(dropout=0.5)(inputs))


class Untracked(Model):
    # Keras does not see the cell: it builds the model by a symbolic call, in which the cell draws a mask.

    def __init__(self):
        super().__init__()
        hidden = cell(dropout=0.5)
        self.step, self.outlayer = lambda *args, **kwargs: hidden(*args, **kwargs), layers.Dense(1)

    def call(self, inputs, training=None):
        state, outs = [tf.ones((2, 1))], []
        for word in tf.unstack(inputs, axis=1):
            out, _ = self.step(word, state, training=training)
            outs.append(out)
        return self.outlayer(tf.stack(outs, axis=1))


def untracked():
    return Untracked()


class Nested(Textbook):
    # A model within the model is called at every step.

    def __init__(self, **dropout):
        super().__init__(**dropout)
        self.head = keras.Sequential([layers.Dense(1)])

    def call(self, inputs, training=None):
        state, outs = [tf.ones((2, 1))], []
        for word in tf.unstack(inputs, axis=1):
            out, _ = self.cell(word, state, training=training)  # never reset
            outs.append(self.head(out))
        return tf.stack(outs, axis=1)


def nested():
    return Nested(dropout=0.5)


def runs(name):
    model = globals()[name]()
    model(WORDS, training=True)
    if name == "recurrent":
        model.cell.set_weights([np.zeros((32, 1)), np.ones((1, 1)), np.zeros(1)])
    return [np.array(model(WORDS, training=True)) for _ in range(8)]


def uses(name):
    model = globals()[name]()
    return [np.array(model(WORDS)) for _ in range(2)]


def fitted(name):
    model = globals()[name]()
    model.compile("sgd", "mse")
    model.fit(WORDS, np.ones((2, 4, 1)), epochs=2, validation_data=(WORDS, np.ones((2, 4, 1))))
    return model.evaluate(WORDS, np.ones((2, 4, 1)))


def outside_of_models():
    alone, model, state = cell(dropout=0.5), textbook(), [tf.zeros((2, 1))]
    found = []
    for _ in range(4):
        found.append(np.array(alone(WORDS[:, 0], state, training=True)[0]))
        model(WORDS, training=True)
    return found
"""
MODELS = ("textbook", "recurrent", "today", "rnn_of_a_cell", "layer", "in_a_functional_model", "untracked", "nested")


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def outputs(submission: LiveSubmission, function: str, **arguments: str) -> np.ndarray:
    found = array_of(submission.call(function, **arguments).result())
    assert found is not None
    return found


@pytest.mark.parametrize("name", MODELS)
def test_all_steps_of_a_call_share_a_mask(submission: LiveSubmission, name: str) -> None:
    runs = outputs(submission, "runs", name=name)

    assert runs.shape == (8, 2, 4, 1)
    np.testing.assert_allclose(runs, np.broadcast_to(runs[:, :, :1], runs.shape), rtol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_each_call_draws_a_mask_of_its_own(submission: LiveSubmission, name: str) -> None:
    runs = outputs(submission, "runs", name=name)

    assert len(np.unique(runs[:, 0, 0, 0])) > 1, "the same reviews, masked otherwise"


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_masked_in_use(submission: LiveSubmission, name: str) -> None:
    first, second = outputs(submission, "uses", name=name)

    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_with_cells_is_trained_and_evaluated(submission: LiveSubmission, name: str) -> None:
    assert submission.call("fitted", name=name).failed is None


def test_a_cell_that_is_called_outside_of_models_keeps_its_mask(submission: LiveSubmission) -> None:
    runs = outputs(submission, "outside_of_models")

    np.testing.assert_array_equal(runs, np.broadcast_to(runs[:1], runs.shape))


@pytest.mark.parametrize("name", MODELS)
def test_only_a_loop_that_does_not_reset_its_cell_is_noted(workers: Workers, name: str) -> None:
    with closing(a_live_submission(workers, SUBMISSION)) as fresh:
        fresh.call("runs", name=name)
        notes = fresh.notes

    noted = [note for note in notes if "reset_dropout_mask" in str(note.message)]
    assert len(noted) == (name not in ("today", "rnn_of_a_cell", "layer"))
    assert all("# never reset" in note.places[0].code for note in noted if name != "untracked")
