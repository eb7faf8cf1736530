"""Cells called step by step: a loop is the layer that it makes up, or what it does otherwise has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.evidence import LayerState, Source
from grader.graph import Fault, Graph, GraphNode, Link, graph_of, graph_of_layers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_call, a_layer, a_trace, from_call
else:
    from tests.grader.factories import LAW, a_call, a_layer, a_trace, from_call

STEPS = 3
EMBEDDING = a_layer("Embedding")
CELL = a_layer("SimpleRNNCell", units=4)
DENSE = a_layer("Dense", units=1, activation="sigmoid")
ZERO = Source("zeros")
WORDS = 0
"""The call whose steps a loop reads."""
OF_A_LAYER = {"return_sequences": False, "return_state": False, "go_backwards": False, "stateful": False}


class Tape:
    """The calls of a model, noted one after the other; the first embeds the words."""

    def __init__(self, *cells: LayerState, steps: int = STEPS) -> None:
        self.layers = [EMBEDDING, *cells, DENSE]
        self.steps = steps
        self.calls = [a_call(0, Source("input"), shape=(3, steps, 4))]

    def word(self, step: int) -> Source:
        return from_call(WORDS, 0, "last_step" if step == self.steps - 1 else f"step:{step}")

    def cell(self, number: int, source: Source, *states: Source) -> int:
        """Call a cell, the first of them number 1, and return the number of the call."""
        self.calls.append(a_call(number, source, states=states, outputs=self.outputs_of(number)))
        return len(self.calls) - 1

    def loop(self, number: int, *sources: Source) -> list[int]:
        """Call a cell on one source after the other, as a recurrent layer does."""
        made: list[int] = []
        for source in sources:
            states = self.states_of(made[-1]) if made else (ZERO,) * (self.outputs_of(number) - 1)
            made.append(self.cell(number, source, *states))
        return made

    def outputs_of(self, number: int) -> int:
        """What a cell returns: its output, then its states."""
        return 3 if self.layers[number].kind == "LSTMCell" else 2

    def states_of(self, call: int) -> tuple[Source, ...]:
        return tuple(from_call(call, output) for output in range(1, self.outputs_of(self.calls[call].layer)))

    def words(self) -> list[Source]:
        return [self.word(step) for step in range(self.steps)]

    def judged(self, source: Source) -> Graph:
        """Let the Dense layer judge a source, and return the graph."""
        self.calls.append(a_call(len(self.layers) - 1, source, shape=(3, 1)))
        return graph_of(a_trace(*self.layers, calls=tuple(self.calls), outputs=(from_call(len(self.calls) - 1),)))


def state_of(call: int) -> Source:
    """The state that a cell with one state returned; its output is the same tensor."""
    return from_call(call, 1)


def kinds(graph: Graph) -> list[str]:
    return [node.layer.kind for node in graph.nodes]


def faults(graph: Graph) -> list[tuple[Fault, ...]]:
    return [node.faults for node in graph.nodes]


def is_stack(graph: Graph) -> bool:
    """Tell whether every node reads the whole of the node before, from zeros."""
    wanted = [(Link(number - 1),) for number in range(len(graph.nodes))]
    return [node.inputs for node in graph.nodes] == wanted and not any(node.states for node in graph.nodes)


def the_cell(graph: Graph, number: int = 1) -> GraphNode:
    return graph.nodes[number]


# A loop is a layer.


@pytest.mark.parametrize("kind", ["SimpleRNN", "LSTM", "GRU"])
def test_a_loop_over_a_cell_is_the_recurrent_layer(kind: str) -> None:
    tape = Tape(a_layer(f"{kind}Cell", units=4, dropout=0.2))

    graph = tape.judged(state_of(tape.loop(1, *tape.words())[-1]))

    assert kinds(graph) == ["Embedding", kind, "Dense"]
    assert the_cell(graph).layer.settings == {**OF_A_LAYER, "units": 4, "dropout": 0.2}
    assert is_stack(graph)
    assert faults(graph) == [(), (), ()]


@pytest.mark.parametrize("output", [0, 1], ids=["output", "state"])
def test_what_a_cell_returns_twice_is_one_thing(output: int) -> None:
    tape = Tape(CELL)

    graph = tape.judged(from_call(tape.loop(1, *tape.words())[-1], output))

    assert graph.nodes[-1].inputs == (Link(1),)


def two_cells_in_one_loop(tape: Tape) -> list[int]:
    first: list[int] = []
    second: list[int] = []
    for word in tape.words():
        first.append(tape.cell(1, word, *(tape.states_of(first[-1]) if first else (ZERO,))))
        own = tape.states_of(second[-1]) if second else (ZERO,)
        second.append(tape.cell(2, state_of(first[-1]), *own))
    return second


def two_cells_in_two_loops(tape: Tape) -> list[int]:
    first = tape.loop(1, *tape.words())
    return tape.loop(2, *map(state_of, first))


@pytest.mark.parametrize("loops", [two_cells_in_one_loop, two_cells_in_two_loops])
def test_two_cells_are_two_layers(loops: object) -> None:
    assert callable(loops)
    tape = Tape(CELL, a_layer("SimpleRNNCell", units=5))

    graph = tape.judged(state_of(loops(tape)[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "SimpleRNN", "Dense"]
    assert [node.layer.settings["return_sequences"] for node in graph.nodes[1:3]] == [True, False]
    assert the_cell(graph).shapes == ((3, STEPS, 4),) * 2
    assert is_stack(graph)
    assert faults(graph) == [()] * 4


def test_a_loop_over_what_a_layer_returns_stands_on_the_layer() -> None:
    tape = Tape(a_layer("LSTM", units=4, return_sequences=True), CELL)
    tape.calls.append(a_call(1, from_call(WORDS), shape=(3, STEPS, 4)))
    sequence = [from_call(1, 0, f"step:{step}") for step in range(STEPS - 1)] + [from_call(1, 0, "last_step")]

    graph = tape.judged(state_of(tape.loop(2, *sequence)[-1]))

    assert kinds(graph) == ["Embedding", "LSTM", "SimpleRNN", "Dense"]
    assert graph.nodes[1].layer.settings["return_sequences"] is True
    assert is_stack(graph)
    assert faults(graph) == [()] * 4


def test_the_cell_state_is_no_output() -> None:
    tape = Tape(a_layer("LSTMCell", units=4))

    graph = tape.judged(from_call(tape.loop(1, *tape.words())[-1], 2))

    assert graph.nodes[-1].inputs == (Link(1, 2),)


def test_more_zeros_than_a_cell_has_states_are_zeros() -> None:
    """As in the textbook's GRU, which is given two."""
    tape = Tape(a_layer("GRUCell", units=4))
    first = tape.cell(1, tape.word(0), ZERO, ZERO)
    second = tape.cell(1, tape.word(1), state_of(first))
    last = tape.cell(1, tape.word(2), state_of(second))

    graph = tape.judged(state_of(last))

    assert is_stack(graph)
    assert faults(graph) == [(), (), ()]


def test_one_cell_at_two_places_is_two_nodes_of_one_layer() -> None:
    tape = Tape(CELL)
    first: list[int] = []
    second: list[int] = []
    for word in tape.words():
        first.append(tape.cell(1, word, *(tape.states_of(first[-1]) if first else (ZERO,))))
        own = tape.states_of(second[-1]) if second else (ZERO,)
        second.append(tape.cell(1, state_of(first[-1]), *own))

    graph = tape.judged(state_of(second[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "SimpleRNN", "Dense"]
    assert [node.traced for node in graph.nodes] == [0, 1, 1, 2]
    assert is_stack(graph)
    assert faults(graph) == [()] * 4


def test_a_loop_from_the_last_word_to_the_first_goes_backwards() -> None:
    tape = Tape(CELL)

    graph = tape.judged(state_of(tape.loop(1, *reversed(tape.words()))[-1]))

    assert the_cell(graph).layer.settings == {**OF_A_LAYER, "units": 4, "go_backwards": True}
    assert the_cell(graph).inputs == (Link(0),)
    assert faults(graph) == [(), (), ()]


def test_a_loop_over_one_word_has_no_direction() -> None:
    tape = Tape(CELL, steps=1)

    graph = tape.judged(state_of(tape.loop(1, tape.word(0))[-1]))

    assert the_cell(graph).layer.settings == {**OF_A_LAYER, "units": 4}
    assert faults(graph) == [(), (), ()]


def test_a_cell_that_nobody_reads_is_there_but_not_needed() -> None:
    tape = Tape(CELL, a_layer("SimpleRNNCell", units=5))
    tape.loop(1, *tape.words())

    graph = tape.judged(state_of(tape.loop(2, *tape.words())[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "SimpleRNN", "Dense"]
    assert graph.nodes[1].layer.settings["return_sequences"] is True
    assert graph.nodes[2].inputs == (Link(0),)
    assert [node.traced for node in graph.reachable().nodes] == [0, 2, 3]


def test_the_output_at_an_earlier_step_is_a_step() -> None:
    tape = Tape(CELL)

    graph = tape.judged(state_of(tape.loop(1, *tape.words())[1]))

    assert graph.nodes[-1].inputs == (Link(1, 0, "step:1"),)


def test_an_activation_behind_a_loop_is_not_lost() -> None:
    tape = Tape(CELL)

    graph = tape.judged(from_call(tape.loop(1, *tape.words())[-1], 1, "tanh"))

    assert graph.nodes[-1].inputs == (Link(1, 0, "tanh"),)


def test_the_output_handed_on_as_the_state_is_the_state() -> None:
    tape = Tape(CELL)
    first = tape.cell(1, tape.word(0), ZERO)
    second = tape.cell(1, tape.word(1), from_call(first, 0))
    last = tape.cell(1, tape.word(2), from_call(second, 0))

    graph = tape.judged(state_of(last))

    assert faults(graph) == [(), (), ()]


def test_other_first_states_than_zeros_are_kept() -> None:
    tape = Tape(CELL)
    first = tape.cell(1, tape.word(0), Source("input", index=1))
    second = tape.cell(1, tape.word(1), state_of(first))
    last = tape.cell(1, tape.word(2), state_of(second))

    graph = tape.judged(state_of(last))

    assert the_cell(graph).states == (Link(-2),)
    assert faults(graph) == [(), (), ()]


# What a loop does otherwise.


def test_zeros_at_a_later_step_are_a_fault() -> None:
    tape = Tape(CELL)
    calls = [tape.cell(1, word, ZERO) for word in tape.words()]

    graph = tape.judged(state_of(calls[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "Dense"]
    assert the_cell(graph).faults == (Fault("not_passed", 1),)


def test_the_state_of_another_cell_is_a_fault_that_names_the_cell() -> None:
    tape = Tape(CELL, a_layer("SimpleRNNCell", units=4))
    first: list[int] = []
    second: list[int] = []
    for word in tape.words():
        first.append(tape.cell(1, word, *(tape.states_of(first[-1]) if first else (ZERO,))))
        second.append(tape.cell(2, state_of(first[-1]), *tape.states_of(first[-1])))

    graph = tape.judged(state_of(second[-1]))

    assert faults(graph) == [(), (), (Fault("foreign_state", 0, 1),), ()]
    assert is_stack(graph), "the fault says it already"


def test_the_state_of_another_cell_at_a_later_step_only_is_a_fault_there() -> None:
    """As where one variable holds the state of both: ``out0, state = …; out1, state = …``."""
    tape = Tape(CELL, a_layer("SimpleRNNCell", units=4))
    state = ZERO
    for word in tape.words():
        first = tape.cell(1, word, state)
        second = tape.cell(2, state_of(first), state_of(first))
        state = state_of(second)

    graph = tape.judged(state)

    assert faults(graph) == [(), (Fault("foreign_state", 1, 2),), (Fault("foreign_state", 0, 1),), ()]


def test_a_second_loop_that_begins_within_the_first_is_a_loop_of_its_own() -> None:
    tape = Tape(CELL)
    first = tape.loop(1, *tape.words())
    second = tape.cell(1, state_of(first[0]), state_of(first[1]))

    graph = tape.judged(state_of(second))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "SimpleRNN", "Dense"]
    assert faults(graph) == [(), (), (Fault("foreign_state", 0, 1), Fault("missing_steps", 1)), ()]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda call: from_call(call, 1, "tanh"), id="an-activation-on-it"),
        pytest.param(lambda _: Source("unknown", shape=(3, 4)), id="something-else"),
        pytest.param(lambda call: from_call(call - 1, 1), id="an-older-one"),
    ],
)
def test_another_state_than_the_returned_one_is_a_fault(change: object) -> None:
    assert callable(change)
    tape = Tape(CELL)
    _, second = tape.loop(1, tape.word(0), tape.word(1))
    last = tape.cell(1, tape.word(2), change(second))

    graph = tape.judged(state_of(last))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "Dense"]
    assert the_cell(graph).faults == (Fault("changed_state", 2),)


def test_hidden_and_cell_state_of_an_lstm_swapped_are_a_fault() -> None:
    tape = Tape(a_layer("LSTMCell", units=4))
    first = tape.cell(1, tape.word(0), ZERO, ZERO)
    swapped = tape.cell(1, tape.word(1), from_call(first, 2), from_call(first, 1))
    last = tape.cell(1, tape.word(2), from_call(swapped, 1), from_call(swapped, 2))

    graph = tape.judged(state_of(last))

    assert the_cell(graph).faults == (Fault("changed_state", 1),)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param((1, 1, 1), Fault("same_step"), id="the-same-every-time"),
        pytest.param((2,), Fault("missing_steps", 1), id="the-last-only"),
        pytest.param((0,), Fault("missing_steps", 1), id="the-first-only"),
        pytest.param((0, 1), Fault("missing_steps", 2), id="all-but-the-last"),
        pytest.param((1, 2), Fault("missing_steps", 2), id="all-but-the-first"),
        pytest.param((0, 0, 1), Fault("missing_steps", 2), id="one-twice"),
        pytest.param((0, 2, 1), Fault("step_order", 1), id="the-last-two-swapped"),
        pytest.param((1, 0, 2), Fault("step_order", 1), id="the-first-two-swapped"),
    ],
)
def test_a_loop_reads_every_step_once_in_order(steps: tuple[int, ...], expected: Fault) -> None:
    tape = Tape(CELL)

    graph = tape.judged(state_of(tape.loop(1, *map(tape.word, steps))[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "Dense"]
    assert the_cell(graph).inputs == (Link(0),)
    assert the_cell(graph).faults == (expected,)


def test_a_step_too_often_is_no_order() -> None:
    tape = Tape(CELL)

    graph = tape.judged(state_of(tape.loop(1, *tape.words(), tape.word(0))[-1]))

    assert the_cell(graph).faults == (Fault("step_order", 3),)


def test_a_second_cell_reads_every_step_of_the_first() -> None:
    tape = Tape(CELL, a_layer("SimpleRNNCell", units=5))
    first = tape.loop(1, *tape.words())

    graph = tape.judged(state_of(tape.loop(2, state_of(first[-1]))[-1]))

    assert faults(graph) == [(), (), (Fault("missing_steps", 1),), ()]
    assert is_stack(graph)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Source("unknown", shape=(3, 4)), id="from-nowhere"),
        pytest.param(from_call(WORDS), id="the-whole-sequence"),
        pytest.param(from_call(1, 1), id="what-the-cell-itself-said"),
    ],
)
def test_a_source_that_changes_is_a_fault(other: Source) -> None:
    tape = Tape(CELL)

    graph = tape.judged(state_of(tape.loop(1, tape.word(0), other, tape.word(2))[-1]))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "Dense"]
    assert the_cell(graph).faults == (Fault("mixed_sources", 1),)


def test_of_several_faults_in_the_states_the_first_is_named() -> None:
    tape = Tape(CELL)
    first = tape.cell(1, tape.word(0), ZERO)
    second = tape.cell(1, tape.word(1), from_call(first, 1, "tanh"))
    last = tape.cell(1, tape.word(0), from_call(second, 1, "relu"))

    graph = tape.judged(state_of(last))

    assert the_cell(graph).faults == (Fault("changed_state", 1), Fault("missing_steps", 2))


@LAW
@given(st.integers(1, 6), st.integers(1, 4))
def test_cells_on_top_of_each_other_are_layers_on_top_of_each_other(steps: int, depth: int) -> None:
    tape = Tape(*[CELL] * depth, steps=steps)
    states: list[Source] = [ZERO] * depth
    for word in tape.words():
        out = word
        for number in range(depth):
            out = states[number] = state_of(tape.cell(number + 1, out, states[number]))

    graph = tape.judged(out)

    assert kinds(graph) == ["Embedding", *["SimpleRNN"] * depth, "Dense"]
    sequences = [node.layer.settings["return_sequences"] for node in graph.nodes[1:-1]]
    assert sequences == [True] * (depth - 1) + [False]
    assert is_stack(graph)
    assert not any(faults(graph))


# Cells that a model holds, without a trace.


def test_cells_that_a_model_holds_are_the_layers_that_a_loop_makes_of_them() -> None:
    graph = graph_of_layers((EMBEDDING, CELL, a_layer("LSTMCell", units=5), DENSE))

    assert kinds(graph) == ["Embedding", "SimpleRNN", "LSTM", "Dense"]
    assert [node.layer.settings for node in graph.nodes[1:3]] == [
        {**OF_A_LAYER, "units": 4, "return_sequences": True},
        {**OF_A_LAYER, "units": 5},
    ]
