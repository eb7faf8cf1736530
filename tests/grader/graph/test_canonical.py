"""The canonical graph: models that compute the same look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.evidence import LayerState, Source
from grader.graph import ZEROS, GraphLayer, Link, graph_of, graph_of_layers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_call, a_layer, a_trace, from_call, from_input
else:
    from tests.grader.factories import a_call, a_layer, a_trace, from_call, from_input

DENSE = a_layer("Dense", units=2, activation="linear")
SEQUENCES = a_layer("LSTM", units=3, return_sequences=True)
LAST_ONLY = GraphLayer("LSTM", {"units": 3, "return_sequences": False})


def kinds_of(*layers: LayerState) -> list[str]:
    return [node.layer.kind for node in graph_of(a_trace(*layers)).nodes]


# Links.


def test_layers_in_a_row_are_nodes_in_a_row() -> None:
    graph = graph_of(a_trace(a_layer("Embedding"), SEQUENCES, DENSE))

    assert [node.layer.kind for node in graph.nodes] == ["Embedding", "LSTM", "Dense"]
    assert [node.inputs for node in graph.nodes] == [(Link(-1),), (Link(0),), (Link(1),)]
    assert graph.outputs == (Link(2),)


def test_inputs_are_counted_down_from_minus_one() -> None:
    calls = (a_call(0, from_input(0)), a_call(1, from_input(1)))

    graph = graph_of(a_trace(DENSE, DENSE, calls=calls, outputs=(from_call(0), from_call(1))))

    assert [node.inputs for node in graph.nodes] == [(Link(-1),), (Link(-2),)]
    assert graph.outputs == (Link(0), Link(1))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(from_call(0, 1), Link(0, 1), id="second-output"),
        pytest.param(from_call(0, 0, "tanh"), Link(0, 0, "tanh"), id="operation"),
        pytest.param(from_call(0, 2, "last_step", "tanh"), Link(0, 2, "last_step tanh"), id="operations-in-order"),
        pytest.param(Source("op", op="reshape", of=from_input()), Link(-1, 0, "reshape"), id="operation-on-an-input"),
        pytest.param(Source("zeros"), ZEROS, id="zeros"),
        pytest.param(Source("unknown", shape=(3,)), Link(None, op="unknown"), id="unknown"),
        pytest.param(Source("op", op="tanh"), Link(None, op="unknown"), id="operation-on-nothing"),
        pytest.param(Source("thin air"), Link(None, op="unknown"), id="no-origin-of-ours"),
    ],
)
def test_a_source_becomes_a_link(source: Source, expected: Link) -> None:
    graph = graph_of(a_trace(a_layer("Flatten"), outputs=(source,)))

    assert graph.outputs == (expected,)


def test_the_decoder_starts_from_the_states_of_the_encoder() -> None:
    encoder = a_call(0, from_input(0), outputs=3)
    decoder = a_call(1, from_input(1), states=(from_call(0, 1), from_call(0, 2)))

    graph = graph_of(a_trace(SEQUENCES, SEQUENCES, calls=(encoder, decoder), outputs=(from_call(1),)))

    assert graph.nodes[1].states == (Link(0, 1), Link(0, 2))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        pytest.param((), (), id="none-given"),
        pytest.param((Source("zeros"), Source("zeros")), (), id="zeros-are-where-a-layer-starts-anyway"),
        pytest.param((from_input(1), Source("zeros")), (Link(-2), ZEROS), id="one-of-them-not-zero"),
    ],
)
def test_initial_states_are_noted_unless_all_are_zero(states: tuple[Source, ...], expected: tuple[Link, ...]) -> None:
    calls = (a_call(0, from_input(), states=states),)

    graph = graph_of(a_trace(SEQUENCES, calls=calls))

    assert graph.nodes[0].states == expected


def test_calls_of_one_layer_share_its_number() -> None:
    calls = (a_call(0, from_input()), a_call(0, from_call(0)))

    graph = graph_of(a_trace(DENSE, calls=calls, outputs=(from_call(1),)))

    assert [node.traced for node in graph.nodes] == [0, 0]


# One form for what computes the same.


@pytest.mark.parametrize("kind", ["SimpleRNN", "LSTM", "GRU"])
def test_a_layer_around_one_cell_is_the_recurrent_layer(kind: str) -> None:
    wrapped = a_layer("RNN", a_layer(f"{kind}Cell", units=3), return_sequences=True)

    graph = graph_of(a_trace(wrapped))

    assert graph.nodes[0].layer == GraphLayer(kind, {"return_sequences": True, "units": 3})


def test_cells_stacked_in_one_layer_are_layers_on_top_of_each_other() -> None:
    cells = (a_layer("GRUCell", units=3, use_bias=True), a_layer("SimpleRNNCell", units=4, use_bias=True))
    calls = (a_call(0, from_input()), a_call(1, from_call(0)))

    stacked = a_layer("RNN", *cells, return_sequences=False)
    graph = graph_of(a_trace(stacked, DENSE, calls=calls, outputs=(from_call(1),)))

    assert [node.layer.kind for node in graph.nodes] == ["GRU", "SimpleRNN", "Dense"]
    assert [node.layer.settings.get("return_sequences") for node in graph.nodes] == [True, False, None]
    assert [node.inputs for node in graph.nodes] == [(Link(-1),), (Link(0),), (Link(1),)]
    assert [node.traced for node in graph.nodes] == [0, 0, 1]
    assert [node.first_weight for node in graph.nodes] == [0, 3, 0]
    assert graph.outputs == (Link(2),)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param((a_layer("MinimalUnit"),), id="a-cell-of-the-students"),
        pytest.param((a_layer("LSTMCell"), a_layer("MinimalUnit")), id="one-of-them-the-students"),
    ],
)
def test_a_layer_around_anything_else_stays(cells: tuple[LayerState, ...]) -> None:
    assert kinds_of(a_layer("RNN", *cells)) == ["RNN"]


def test_a_dense_at_every_step_is_a_dense() -> None:
    graph = graph_of(a_trace(a_layer("TimeDistributed", DENSE)))

    assert graph.nodes[0].layer == GraphLayer("Dense", {"units": 2, "activation": "linear"})


def test_another_layer_at_every_step_stays() -> None:
    assert kinds_of(a_layer("TimeDistributed", a_layer("Flatten"))) == ["TimeDistributed"]


@pytest.mark.parametrize(
    ("layer", "activation"),
    [
        pytest.param(a_layer("Activation", activation="tanh"), "tanh", id="Activation"),
        pytest.param(a_layer("Softmax", axis=-1), "softmax", id="Softmax"),
        pytest.param(a_layer("ReLU", max_value=None, negative_slope=0.0, threshold=0.0), "relu", id="ReLU"),
    ],
)
def test_an_activation_layer_belongs_to_the_linear_dense_before_it(layer: LayerState, activation: str) -> None:
    graph = graph_of(a_trace(DENSE, layer))

    assert [node.layer for node in graph.nodes] == [GraphLayer("Dense", {"units": 2, "activation": activation})]
    assert graph.outputs == (Link(0),)


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "relu", "softmax"])
def test_a_bare_function_belongs_to_the_linear_dense_before_it(function: str) -> None:
    graph = graph_of(a_trace(DENSE, outputs=(from_call(0, 0, function),)))

    assert graph.nodes[0].layer.settings["activation"] == function
    assert graph.outputs == (Link(0),)


def test_a_bare_function_between_layers_belongs_to_the_first() -> None:
    calls = (a_call(0, from_input()), a_call(1, from_call(0, 0, "relu")))

    graph = graph_of(a_trace(DENSE, DENSE, calls=calls, outputs=(from_call(1),)))

    assert [node.layer.settings["activation"] for node in graph.nodes] == ["relu", "linear"]
    assert graph.nodes[1].inputs == (Link(0),)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(a_layer("Dense", units=2, activation="relu"), id="a-dense-that-has-one"),
        pytest.param(SEQUENCES, id="a-recurrent-layer"),
        pytest.param(a_layer("Embedding"), id="an-embedding"),
    ],
)
def test_an_activation_after_anything_else_stays(first: LayerState) -> None:
    assert kinds_of(first, a_layer("Activation", activation="sigmoid"))[1:] == ["Activation"]


def test_an_activation_on_the_input_stays() -> None:
    assert kinds_of(a_layer("Activation", activation="sigmoid")) == ["Activation"]


def test_a_dense_that_is_also_used_without_the_activation_stays_linear() -> None:
    trace = a_trace(DENSE, a_layer("Activation", activation="sigmoid"), outputs=(from_call(0), from_call(1)))

    assert [node.layer.kind for node in graph_of(trace).nodes] == ["Dense", "Activation"]


def test_the_last_step_of_a_sequence_is_what_no_sequence_gives() -> None:
    calls = (a_call(0, from_input()), a_call(1, from_call(0, 0, "last_step")))

    graph = graph_of(a_trace(SEQUENCES, DENSE, calls=calls, outputs=(from_call(1),)))

    assert graph.nodes[0].layer == LAST_ONLY
    assert graph.nodes[1].inputs == (Link(0),)


def test_a_sequence_that_nobody_reads_was_not_worth_returning() -> None:
    graph = graph_of(a_trace(SEQUENCES, outputs=(from_call(0, 2),)))

    assert graph.nodes[0].layer == LAST_ONLY
    assert graph.outputs == (Link(0, 2),)


@pytest.mark.parametrize("sequences", [True, False], ids=["sequences", "last-only"])
def test_a_final_state_that_a_layer_works_on_is_the_last_output(sequences: bool) -> None:
    calls = (a_call(0, from_input(), outputs=3), a_call(1, from_call(0, 1)))
    first = a_layer("LSTM", units=3, return_sequences=sequences)

    graph = graph_of(a_trace(first, DENSE, calls=calls, outputs=(from_call(1),)))

    assert graph.nodes[0].layer == LAST_ONLY
    assert graph.nodes[1].inputs == (Link(0),)


@pytest.mark.parametrize(
    "outputs",
    [
        pytest.param((from_call(0),), id="whole"),
        pytest.param((from_call(0), from_call(0, 0, "last_step")), id="whole-and-last"),
        pytest.param((from_call(0, 0, "reshape"),), id="reshaped"),
    ],
)
def test_a_sequence_that_somebody_reads_stays(outputs: tuple[Source, ...]) -> None:
    graph = graph_of(a_trace(SEQUENCES, outputs=outputs))

    assert graph.nodes[0].layer.settings["return_sequences"] is True


def test_the_last_step_of_both_directions_is_not_what_bidirectional_gives() -> None:
    both = a_layer("Bidirectional", SEQUENCES, SEQUENCES, return_sequences=True)

    graph = graph_of(a_trace(both, outputs=(from_call(0, 0, "last_step"),)))

    assert graph.outputs == (Link(0, 0, "last_step"),)


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(a_layer("Dropout", rate=0), id="Dropout(0)"),
        pytest.param(a_layer("Dropout", rate=0.0), id="Dropout(0.0)"),
        pytest.param(a_layer("SpatialDropout1D", rate=0.0), id="SpatialDropout1D(0.0)"),
        pytest.param(a_layer("Activation", activation="linear"), id="linear"),
    ],
)
def test_a_layer_that_changes_nothing_is_no_layer(layer: LayerState) -> None:
    graph = graph_of(a_trace(a_layer("Embedding"), layer, DENSE))

    assert [node.layer.kind for node in graph.nodes] == ["Embedding", "Dense"]
    assert graph.nodes[1].inputs == (Link(0),)
    assert graph.outputs == (Link(1),)


def test_several_layers_that_change_nothing_are_no_layers() -> None:
    nothing = a_layer("Dropout", rate=0.0)

    graph = graph_of(a_trace(nothing, a_layer("Embedding"), nothing, nothing))

    assert [node.inputs for node in graph.nodes] == [(Link(-1),)]
    assert graph.outputs == (Link(0),)


def test_a_layer_that_drops_something_stays() -> None:
    assert kinds_of(a_layer("Embedding"), a_layer("Dropout", rate=0.5)) == ["Embedding", "Dropout"]


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param((DENSE, a_layer("Activation", activation="sigmoid")), id="folded-activation"),
        pytest.param((a_layer("Flatten"), a_layer("Dropout", rate=0.0)), id="dropped-identity"),
    ],
)
def test_an_operation_on_a_layer_taken_out_is_one_on_the_layer_before(layers: tuple[LayerState, ...]) -> None:
    """As after ``tf.squeeze(Activation("sigmoid")(Dense(1)(x)))``."""
    graph = graph_of(a_trace(*layers, outputs=(from_call(1, 0, "reshape"),)))

    assert graph.outputs == (Link(0, 0, "reshape"),)


@pytest.mark.parametrize(
    "layer",
    [
        pytest.param(a_layer("ReLU", max_value=6.0, negative_slope=0.0, threshold=0.0), id="ReLU(max_value=6)"),
        pytest.param(a_layer("ReLU", max_value=None, negative_slope=0.2, threshold=0.0), id="leaky"),
        pytest.param(a_layer("Softmax", axis=1), id="Softmax(axis=1)"),
    ],
)
def test_another_function_of_the_same_layer_class_is_not_the_same(layer: LayerState) -> None:
    usual = {"ReLU": "relu", "Softmax": "softmax"}[layer.kind]

    graph = graph_of(a_trace(DENSE, layer))

    assert [node.layer for node in graph.nodes] != [GraphLayer("Dense", {"units": 2, "activation": usual})]


# What the outputs need.


def test_a_call_that_the_outputs_do_not_need_is_left_out() -> None:
    calls = (a_call(0, from_input()), a_call(1, from_input()), a_call(2, from_call(0)))
    graph = graph_of(a_trace(DENSE, SEQUENCES, DENSE, calls=calls, outputs=(from_call(2),)))

    reachable = graph.reachable()

    assert [node.traced for node in reachable.nodes] == [0, 2]
    assert reachable.nodes[1].inputs == (Link(0),)
    assert reachable.outputs == (Link(1),)


def test_a_call_whose_state_is_needed_is_needed() -> None:
    calls = (a_call(0, from_input(0), outputs=2), a_call(1, from_input(1), states=(from_call(0, 1),)))
    graph = graph_of(a_trace(SEQUENCES, SEQUENCES, calls=calls, outputs=(from_call(1),)))

    assert len(graph.reachable().nodes) == 2


def test_outputs_from_nowhere_need_nothing() -> None:
    graph = graph_of(a_trace(DENSE, outputs=(Source("unknown"), from_input())))

    reachable = graph.reachable()

    assert reachable.nodes == ()
    assert reachable.outputs == (Link(None, op="unknown"), Link(-1))


def test_a_model_that_calls_no_layer_has_no_nodes() -> None:
    assert graph_of(a_trace(outputs=(from_input(),))).nodes == ()


def test_layers_that_a_model_holds_stand_on_top_of_each_other() -> None:
    graph = graph_of_layers((a_layer("Embedding"), DENSE, a_layer("Activation", activation="sigmoid")))

    assert [node.layer.kind for node in graph.nodes] == ["Embedding", "Dense"]
    assert graph.nodes[1].layer.settings["activation"] == "sigmoid"
    assert graph.nodes[1].inputs == (Link(0),)
    assert graph.outputs == (Link(1),)


def test_a_model_that_holds_no_layer_has_no_nodes() -> None:
    assert graph_of_layers(()).nodes == ()
