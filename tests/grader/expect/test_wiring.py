"""How layers are fed is judged whatever their sizes and kinds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.called import Called
from grader.errors import CheckFailed, Unanswerable
from grader.expect import (
    expect_activation,
    expect_model,
    expect_recurrent,
    expect_recurrent_setting,
    expect_sequences,
    expect_wiring,
    gives_logits,
    tokens,
)
from grader.session import LiveSubmission
from grader.spec import Dense, Embedding, SimpleRNN
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

SUBMISSION = """
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers


class Cells(Model):
    def __init__(self, kind="SimpleRNN", units=(4, 4), words=50, width=6, dropout=0.5, activation="sigmoid"):
        super().__init__()
        self.embedding = layers.Embedding(words, width)
        kind = getattr(layers, kind + "Cell")
        self.first, self.second = (kind(each, dropout=dropout) for each in units)
        self.outlayer = layers.Dense(1, activation=activation)

    def zeros(self, inputs, cell):
        return cell.get_initial_state(inputs.shape[0])

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        first, second = self.zeros(x, self.first), self.zeros(x, self.second)
        for word in tf.unstack(x, axis=1):
            out, first, second = self.step(word, first, second, training)
        return self.outlayer(out)

    def step(self, word, first, second, training):
        out, first = self.first(word, first, training=training)
        out, second = self.second(out, second, training=training)
        return out, first, second


class NotPassed(Cells):
    def step(self, word, first, second, training):
        out, _ = self.first(word, first, training=training)
        out, second = self.second(out, second, training=training)
        return out, first, second


class Foreign(Cells):
    def step(self, word, first, second, training):
        out, first = self.first(word, first, training=training)
        out, second = self.second(out, first, training=training)
        return out, first, second


class Shared(Cells):
    def step(self, word, first, second, training):
        out, first = self.first(word, first, training=training)
        out, second = self.first(out, second, training=training)
        return out, first, second


class Always(Cells):
    def step(self, word, first, second, training):
        return super().step(word, first, second, True)


def stack(kind="SimpleRNN", width=6, first=True, last=False, units=1, activation="sigmoid"):
    rnn = getattr(layers, kind)
    return Sequential([
        layers.Embedding(50, width), rnn(4, dropout=0.5, return_sequences=first),
        rnn(4, dropout=0.5, return_sequences=last), layers.Dense(units, activation),
    ])


class Around(Model):
    def __init__(self, whole):
        super().__init__()
        self.whole = whole


class Stopped(Around):
    def call(self, inputs):
        raise NotImplementedError("task 2")


class Last(Around):
    def call(self, inputs):
        *before, head = self.whole.layers
        for layer in before:
            inputs = layer(inputs)
        return head(inputs[:, -1])


class Applied(Around):
    def call(self, inputs):
        return tf.sigmoid(self.whole(inputs))


def build(code):
    return eval(code)
"""
STACK = (Embedding(50, 6), SimpleRNN(4, dropout=0.5, return_sequences=True), SimpleRNN(4, dropout=0.5))
HEAD = Dense(1, activation="sigmoid")
WORDS = tokens(50, length=3)


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


@pytest.fixture
def built(submission: LiveSubmission) -> Any:
    return lambda code: submission.call("build", code=code)


def refused(expect: Any, *what: Any, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect(*what, **how)
    return said(problem.value.feedback)


# Loops and layers.


@pytest.mark.parametrize("code", ["Cells()", "stack()"])
def test_a_loop_over_cells_and_layers_are_the_same_model(built: Any, code: str) -> None:
    expect_model(built(code), *STACK, HEAD, inputs=WORDS)


@pytest.mark.parametrize(
    "code",
    [
        "Cells()",
        "Cells(units=(3, 5))",
        "Cells(width=2, dropout=0.1)",
        "Cells(words=20)",
        "Cells('LSTM', units=(3, 5))",
        "Cells('GRU')",
        "Cells(activation='tanh')",
        "stack('GRU', width=3)",
        "Always()",
    ],
)
def test_the_wiring_is_right_whatever_the_sizes(built: Any, code: str) -> None:
    expect_wiring(built(code), *STACK, HEAD, inputs=WORDS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param(
            "NotPassed(units=(3, 4))",
            "layer 2, SimpleRNN(3, return_sequences=True, dropout=0.5), starts from zeros again at step 2; expected "
            "the state that it returned at the step before.",
            id="not-passed",
        ),
        pytest.param(
            "Foreign('GRU')",
            "layer 3, GRU(4, dropout=0.5), takes over the state of layer 2 at step 1; expected its own, from the step "
            "before.",
            id="foreign",
        ),
        pytest.param(
            "Shared(width=4)",
            "One and the same layer is used as layer 2 and as layer 3; make a layer for each.",
            id="shared",
        ),
    ],
)
def test_the_wiring_is_wrong_whatever_the_sizes(built: Any, code: str, words: str) -> None:
    assert words in refused(expect_wiring, built(code), *STACK, HEAD, inputs=WORDS)


def test_settings_that_are_judged_must_be_right(built: Any) -> None:
    called: Called = built("Cells(activation='tanh')")

    expect_wiring(built("Cells()"), *STACK, HEAD, inputs=WORDS, judged=("activation",))

    words = refused(expect_wiring, called, *STACK, HEAD, inputs=WORDS, judged=("activation",))
    assert 'Layer 4, Dense: activation is "tanh"; expected "sigmoid".' in words


@pytest.mark.parametrize(("activation", "logits"), [("'sigmoid'", False), ("None", True), ("'linear'", True)])
def test_a_model_without_activation_gives_logits(built: Any, activation: str, logits: bool) -> None:
    model = built(f"Cells(activation={activation})")

    assert gives_logits(model, *STACK, HEAD, inputs=WORDS) is logits


# What a model holds.


BOTH_WAYS = "Sequential([layers.Bidirectional(layers.SimpleRNN(4, return_sequences=True)), layers.SimpleRNN(4)])"


@pytest.mark.parametrize("code", ["Cells(dropout=0.1)", "stack()", "NotPassed()", BOTH_WAYS])
def test_recurrent_layers_are_judged_by_kind_and_size(built: Any, code: str) -> None:
    expect_recurrent(built(code), SimpleRNN(4), times=2)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "Cells(units=(4, 5))",
            [
                "SimpleRNNCell(4), SimpleRNNCell(5)",
                "SimpleRNN(4), SimpleRNN(4)",
                "Layer 2, SimpleRNNCell: units is 5; expected 4.",
            ],
        ),
        ("Cells('GRU')", ["GRUCell(4), GRUCell(4)", "SimpleRNN(4), SimpleRNN(4)"]),
        ("stack('GRU')", ["GRU(4), GRU(4)", "SimpleRNN(4), SimpleRNN(4)"]),
        ("Sequential([layers.Embedding(50, 6), layers.SimpleRNN(4)])", ["SimpleRNN(4)", "SimpleRNN(4), SimpleRNN(4)"]),
        ("Sequential([layers.Embedding(50, 6)])", ["—", "SimpleRNN(4), SimpleRNN(4)"]),
    ],
)
def test_other_recurrent_layers_are_refused(built: Any, code: str, words: list[str]) -> None:
    held, *others = refused(expect_recurrent, built(code), SimpleRNN(4), times=2)

    assert [held.removeprefix("The recurrent layers or cells of your model: "), *others] == words


def test_where_cells_are_asked_for_the_message_speaks_of_cells(built: Any) -> None:
    _, expected = refused(expect_recurrent, built("stack('GRU')"), SimpleRNN(4), times=2, cells=True)

    assert expected == "SimpleRNNCell(4), SimpleRNNCell(4)"


# What is returned at every step.


@pytest.mark.parametrize(
    "code",
    [
        "Cells()",
        "stack('GRU', width=3)",
        "Stopped(stack('LSTM'))",
        "Last(stack(last=True))",
        "Sequential([layers.Embedding(50, 6), layers.RNN([layers.GRUCell(4), layers.GRUCell(4)]), layers.Dense(1)])",
        BOTH_WAYS,
    ],
)
def test_sequences_are_judged_as_they_are_made_or_used(built: Any, code: str) -> None:
    expect_sequences(built(code), *STACK, HEAD, inputs=WORDS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "stack(last=True)",
            "Layer 3, SimpleRNN, returns its output at every step (return_sequences=True); expected "
            "the last output only.",
        ),
        (
            "Stopped(stack('GRU', last=True))",
            "Layer 3, GRU, returns its output at every step (return_sequences=True); expected the last output only.",
        ),
        (
            "stack(first=False)",
            "Layer 2, SimpleRNN, returns its last output only; expected the output at every step "
            "(return_sequences=True).",
        ),
    ],
)
def test_other_sequences_are_refused(built: Any, code: str, words: str) -> None:
    assert words in refused(expect_sequences, built(code), *STACK, HEAD, inputs=WORDS)


# The activation at the end.


@pytest.mark.parametrize(
    "code", ["Cells()", "NotPassed()", "Stopped(stack())", "Applied(stack(activation=None))", "stack(units=2)"]
)
def test_the_activation_is_right_wherever_it_is_applied(built: Any, code: str) -> None:
    expect_activation(built(code), *STACK, HEAD, inputs=WORDS)


@pytest.mark.parametrize("code", ["stack(activation=None)", "stack(activation=None, last=True)"])
def test_a_missing_activation_is_said(built: Any, code: str) -> None:
    words = refused(expect_activation, built(code), *STACK, HEAD, inputs=WORDS)

    assert words[-1] == 'Layer 4, Dense, has no activation; expected "sigmoid".'


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Sequential([layers.Embedding(50, 6)])", "First make the Dense layer."),
        ("Stopped(stack(activation=None))", "Your model does not run on a batch of inputs."),
    ],
)
def test_an_activation_that_may_be_applied_later_is_not_judged(built: Any, code: str, words: str) -> None:
    with pytest.raises(Unanswerable) as problem:
        expect_activation(built(code), *STACK, HEAD, inputs=WORDS)

    assert str(problem.value.cause) == words


def test_a_setting_of_the_recurrent_layers_is_judged_alone(built: Any) -> None:
    expect_recurrent_setting(built("Cells('GRU', units=(1, 2))"), "dropout", 0.5)

    words = refused(expect_recurrent_setting, built("Cells(dropout=0.25)"), "dropout", 0.5)
    assert words == ["dropout is 0.25, 0.25 in the recurrent layers or cells.", "dropout=0.5"]
