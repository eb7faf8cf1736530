"""Expectations of the state that one recurrent layer hands to another.

The layers are told apart by the order in which they run. This holds for a model
that is only half written too: the trace ends where its code stopped.
"""

from __future__ import annotations

from grader.called import Called
from grader.errors import CheckFailed
from grader.expect.inputs import Inputs
from grader.expect.observed import Observed, draw_few, observed, traced
from grader.graph import RECURRENT, Graph, Link, graph_of
from grader.report import Feedback
from grader.text import Text, literal, text


def expect_state_taken(model: Called | Observed, *, source: int, inputs: tuple[Inputs, ...], role: Text) -> None:
    """Expect the first recurrent layer to run on an input, and only its state to be used.

    Args:
        model: the model.
        source: the input that the layer reads (``INPUT[0]``).
        inputs: the model's inputs.
        role: what the lesson calls the layer.
    """
    graph = _graph(model, inputs)
    number = _recurrent(graph, 0)
    if number is None:
        raise _not_run(model, inputs, role)
    _expect_source(graph, number, source, role)
    if len(graph.nodes[number].shapes) < 2:
        found = text("Here {role} returns its output only, not its state.", role=role)
        raise CheckFailed(Feedback(found, literal("return_state=True")))
    if any(link.output == 0 for link in graph.users(number)):
        found = text("The output of {role} is used. Its state is the second thing that it returns.", role=role)
        raise CheckFailed(Feedback(found, text("the final state of {layer}", layer=role)))


def expect_state_given(
    model: Called | Observed, *, source: int, inputs: tuple[Inputs, ...], role: Text, giver: Text
) -> None:
    """Expect the second recurrent layer to run on an input, from what the first one returned.

    Args:
        model: the model.
        source: the input that the layer reads.
        inputs: the model's inputs.
        role: what the lesson calls the layer.
        giver: what the lesson calls the first one.
    """
    graph = _graph(model, inputs)
    first, number = _recurrent(graph, 0), _recurrent(graph, 1)
    if number is None:
        raise _not_run(model, inputs, role)
    _expect_source(graph, number, source, role)
    states = graph.nodes[number].states
    expected = text("the final state of {layer}", layer=giver)
    if not states:
        found = text("Here {role} starts from zeros: no initial_state is given.", role=role)
        raise CheckFailed(Feedback(found, expected))
    if any(link.node != first or link.op for link in states):
        found = text("Here {role} starts from something else than the state of {giver}.", role=role, giver=giver)
        raise CheckFailed(Feedback(found, expected))


def _graph(model: Called | Observed, inputs: tuple[Inputs, ...]) -> Graph:
    seen = observed(model)
    return graph_of(seen.submission.partial_trace(seen.ref, draw_few(seen, inputs)))


def _recurrent(graph: Graph, position: int) -> int | None:
    """Return the number of the first or second recurrent layer that ran."""
    ran = [number for number, node in enumerate(graph.nodes) if node.layer.kind in RECURRENT]
    return ran[position] if position < len(ran) else None


def _expect_source(graph: Graph, number: int, source: int, role: Text) -> None:
    if graph.nodes[number].inputs != (Link(source),):
        found = text("Here {role} works on something else than the input that is meant for it.", role=role)
        raise CheckFailed(Feedback(found, text("the model's input {number}", number=-source)))


def _not_run(model: Called | Observed, inputs: tuple[Inputs, ...], role: Text) -> CheckFailed:
    """Say that a layer never ran, or what stopped it."""
    seen = observed(model)
    try:
        traced(seen, inputs)
    except CheckFailed as stop:
        return stop
    return CheckFailed(Feedback(text("Your model never runs {role}.", role=role)))
