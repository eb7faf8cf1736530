"""A description is believed only as far as the model does what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.errors import CheckFailed
from grader.evidence import LayerState, Source
from grader.expect import expect_compiled, expect_layers, expect_settings, sequences, tokens
from grader.expect.truth import described, spec_of
from grader.graph import GraphLayer, graph_of
from grader.session import LiveSubmission
from grader.spec import Adam, Dense, Embedding, RMSprop, SimpleRNN
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_call, a_layer, a_live_submission, a_trace, from_call, from_input, said
else:
    from tests.grader.factories import a_call, a_layer, a_live_submission, a_trace, from_call, from_input, said

SUBMISSION = """
import sys

import keras
from tensorflow.keras import Input, Model, Sequential, layers


def right():
    return Sequential([layers.Embedding(50, 6), layers.SimpleRNN(4), layers.Dense(2, activation="softmax")])


def masked():
    embedding = layers.Embedding(50, 6, mask_zero=True)
    return Sequential([embedding, layers.SimpleRNN(4, activation="relu"), layers.Dense(2)])


def small():
    return Sequential([layers.Embedding(2, 1), layers.SimpleRNN(1, use_bias=False), layers.Dense(1)])


def one_word():
    return Sequential([layers.Embedding(1, 1), layers.SimpleRNN(1), layers.Dense(1)])


def wild():
    return Sequential([layers.Embedding(50, 6), layers.SimpleRNN(4, activation="exponential"), layers.Dense(2)])


def own_activation():
    return Sequential([layers.Embedding(50, 6), layers.SimpleRNN(4, activation=lambda x: x / 2), layers.Dense(2)])


def penalised():
    rnn = layers.SimpleRNN(4, kernel_regularizer="l2", recurrent_constraint="unit_norm", trainable=False)
    return Sequential([layers.Embedding(50, 6), rnn, layers.Dense(2)])


class Lazy(layers.SimpleRNN):
    def call(self, sequences, initial_state=None, mask=None, training=False):
        return keras.ops.mean(sequences, axis=1)[:, :4]


def lazy():
    return Sequential([layers.Embedding(50, 6), Lazy(4), layers.Dense(2)])


def wrong_attributes():
    model = Sequential([layers.Embedding(50, 3), layers.SimpleRNN(4), layers.Dense(2)])
    model.build((None, 5))
    model.layers[0].output_dim = 6
    return model


class Actor(Model):
    def __init__(self):
        super().__init__()
        self.stack = right()

    def call(self, inputs):
        watched = sys.modules["kit_worker.trace"]._active is not None
        return self.stack(inputs) if watched else self.stack(inputs)[:, ::-1]


def actor():
    return Actor()


class Liar(keras.optimizers.SGD):
    def get_config(self):
        return keras.optimizers.Adam(0.001).get_config()


def compiles(optimizer="Adam", **settings):
    model = Sequential([Input((2,)), layers.Dense(1)])
    model.compile(getattr(keras.optimizers, optimizer)(**settings), "mse")


def lies():
    model = Sequential([Input((2,)), layers.Dense(1)])
    adam = keras.optimizers.Adam(0.001)
    model.compile(adam, "mse")
    adam.get_config = keras.optimizers.SGD(0.5).get_config


def never_compiles():
    record = sys.modules["kit_worker.recording"]
    adam = {"handle": "h9", "kind": "Adam", "settings": keras.optimizers.Adam(0.001).get_config()}
    adam["settings"] = {name: adam["settings"][name] for name in ("learning_rate", "beta_1", "beta_2")}
    model = record.handle_of(Sequential([Input((2,)), layers.Dense(1)]))
    record.EVENTS.append({"t": "compiled", "model": model, "optimizer": adam, "optimizer_given": True, "loss": "mse",
                          "metrics": [], "place": None})
"""
STACK = (Embedding(50, 6), SimpleRNN(4), Dense(2))
WORDS = tokens(50, length=5)


@pytest.fixture(scope="module", name="live")
def live_submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


@pytest.mark.parametrize(
    "name", ["right", "masked", "small", "one_word", "wild", "own_activation", "penalised"], ids=str
)
def test_honest_models_get_the_points_for_their_layers(live: LiveSubmission, name: str) -> None:
    expect_layers(live.call(name), *STACK, inputs=WORDS)


@pytest.mark.parametrize("name", ["lazy", "wrong_attributes", "actor"])
@pytest.mark.parametrize("expectation", [expect_layers, expect_settings], ids=["layers", "settings"])
def test_models_that_do_something_else_do_not(
    live: LiveSubmission, name: str, expectation: Callable[..., None]
) -> None:
    stack = (*STACK[:2], Dense(2, activation="softmax")) if name == "actor" else STACK

    with pytest.raises(CheckFailed) as caught:
        expectation(live.call(name), *stack, inputs=WORDS)

    assert "computes other numbers than its own layers do" in said(caught.value.feedback)[0]


def test_a_model_is_tried_once_for_all_checks(live: LiveSubmission, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    run = LiveSubmission.run

    def counted(*given: Any, **named: Any) -> Any:
        runs.append(given)
        return run(*given, **named)

    monkeypatch.setattr(LiveSubmission, "run", counted)
    with closing(a_live_submission_again(live)) as again:
        for _ in range(3):
            expect_layers(again.call("right"), *STACK, inputs=WORDS)

    assert len(runs) == 1


def a_live_submission_again(live: LiveSubmission) -> LiveSubmission:
    return LiveSubmission(live.submission, live._host._start, live._setup, seed=1)


# Which descriptions say what is computed.


def rnn(**changes: Any) -> LayerState:
    return a_layer("SimpleRNN", units=4, activation="tanh", use_bias=True, return_sequences=False, **changes)


@pytest.mark.parametrize(
    ("layer", "known"),
    [
        (rnn(), True),
        (rnn(kernel_regularizer="L2", trainable=False, unroll=True), True),
        (rnn(stateful=True), False),
        (a_layer("Dense", units=3, activation="swish", use_bias=True), False),
        (a_layer("Dense", units=3.0, activation="linear", use_bias=True), False),
        (a_layer("Dense", units=True, activation="linear", use_bias=True), False),
        (a_layer("Dense", activation="linear"), False),
        (a_layer("Flatten"), False),
        (a_layer("Bidirectional", rnn(), rnn(go_backwards=True), merge_mode="sum"), True),
        (a_layer("Bidirectional", rnn(), a_layer("Dense", units=4), merge_mode="sum"), False),
        (a_layer("TimeDistributed", a_layer("Dense", units=3, activation="linear", use_bias=True)), True),
        (a_layer("TimeDistributed", a_layer("Flatten")), False),
    ],
    ids=lambda value: value.kind if isinstance(value, LayerState) else str(value),
)
def test_layers_that_can_be_computed_are_known(layer: LayerState, known: bool) -> None:
    graph = graph_of(a_trace(layer))

    assert (described(graph) is not None) is known


def test_setting_of_another_type_is_none() -> None:
    assert spec_of(GraphLayer("Dense", {"units": "3"})) is None
    assert spec_of(GraphLayer("Embedding", {"input_dim": 3, "output_dim": None})) is None


@pytest.mark.parametrize(
    "sources",
    [
        (from_call(0, 0, "sigmoid"),),
        (Source("unknown", shape=(3, 4)),),
        (from_call(0), from_call(0)),
        (from_call(0, 1),),
    ],
    ids=["operation", "unknown", "two-inputs", "a-state"],
)
def test_what_runs_on_no_layers_output_is_left_open(sources: tuple[Source, ...]) -> None:
    gate = a_layer("Dropout", rate=0.5)
    trace = a_trace(gate, gate, calls=(a_call(0, from_input()), a_call(1, *sources)))

    assert described(graph_of(trace)) is None


def test_state_that_is_handed_over_whole_is_part_of_the_network() -> None:
    def network(*states: Source) -> object:
        calls = (a_call(0, from_input(), outputs=3), a_call(1, from_input(1), states=states))
        lstm = a_layer("LSTM", units=4, activation="tanh", recurrent_activation="sigmoid", use_bias=True)
        return described(graph_of(a_trace(lstm, lstm, calls=calls, outputs=(from_call(1),))))

    assert network(from_call(0, 1), from_call(0, 2)) is not None
    assert network(from_call(0, 2), from_call(0, 1)) is None
    assert network(from_call(0, 1)) is None


# Optimizers.


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ({}, Adam(0.001)),
        ({"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.9}, Adam(0.01, 0.8, 0.9)),
        ({"clipnorm": 1.0, "amsgrad": True, "weight_decay": 0.004}, Adam(0.001)),
        ({"optimizer": "RMSprop", "momentum": 0.5}, RMSprop(0.001, momentum=0.5)),
        ({"optimizer": "RMSprop"}, RMSprop(0.001)),
    ],
    ids=["adam", "other-numbers", "free-settings", "momentum", "rmsprop"],
)
def test_optimizers_that_step_as_they_say_are_accepted(live: LiveSubmission, settings: Any, asked: Any) -> None:
    expect_compiled(live.call("compiles", **settings), optimizer=asked)


@pytest.mark.parametrize("name", ["lies", "never_compiles"])
def test_optimizers_that_only_say_so_are_not(live: LiveSubmission, name: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        expect_compiled(live.call(name), optimizer=Adam(0.001))

    assert "step" in said(caught.value.feedback)[0]


# Inputs that could decide nothing.


@pytest.mark.parametrize("shape", [(0,), (10**9,), (3, 0), (2**40, 2**40)])
def test_inputs_of_which_any_answer_would_be_right_are_not_drawn(live: LiveSubmission, shape: tuple[int, ...]) -> None:
    inputs = sequences(*shape) if len(shape) == 2 else tokens(50, *shape)

    with pytest.raises(CheckFailed, match="nothing can be tried"):
        inputs.draw(live.random)
