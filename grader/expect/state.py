"""Expectations of the state that one recurrent layer hands to another.

They hold for a model that is only half written too: the trace ends where its
code stopped.
"""

from __future__ import annotations

from grader.called import Called
from grader.errors import CheckFailed
from grader.expect.inputs import Inputs
from grader.expect.observed import Observed, draw_few, observed, traced
from grader.graph import RECURRENT, Graph, graph_of
from grader.report import Feedback
from grader.text import Text, literal, text


def expect_state_taken(model: Called | Observed, *, source: int, inputs: tuple[Inputs, ...], role: Text) -> None:
    """Expect a layer to run on an input and, of what it returns, only the state to be used.

    Args:
        model: the model.
        source: the input that the layer reads (``INPUT[0]``).
        inputs: the model's inputs.
        role: what the lesson calls the layer.
    """
    graph = _graph(model, inputs)
    number = _reader_of(graph, source)
    if number is None:
        found = text("{role} is never run on the input that is meant for it.", role=role)
        raise CheckFailed(Feedback(found, None, _stopped(model, inputs)))
    if len(graph.nodes[number].shapes) < 2:
        found = text("{role} returns its output only, not its state.", role=role)
        raise CheckFailed(Feedback(found, literal("return_state=True")))
    if any(link.output == 0 for link in graph.users(number)):
        found = text("The output of {role} is used. Its state is the second thing that it returns.", role=role)
        raise CheckFailed(Feedback(found, text("the final state of {layer}", layer=role)))


def expect_state_given(
    model: Called | Observed, *, source: int, giver: int, inputs: tuple[Inputs, ...], role: Text, giver_role: Text
) -> None:
    """Expect a layer to start from what another returned.

    Args:
        model: the model.
        source: the input that the layer reads.
        giver: the input that the other layer reads.
        inputs: the model's inputs.
        role: what the lesson calls the layer.
        giver_role: what the lesson calls the other.
    """
    graph = _graph(model, inputs)
    number, other = _reader_of(graph, source), _reader_of(graph, giver)
    if number is None:
        found = text("{role} is never run on the input that is meant for it.", role=role)
        raise CheckFailed(Feedback(found, None, _stopped(model, inputs)))
    states = graph.nodes[number].states
    expected = text("the final state of {layer}", layer=giver_role)
    if not states:
        raise CheckFailed(Feedback(text("{role} starts from zeros: no initial_state is given.", role=role), expected))
    if other is None or any(link.node != other or link.op for link in states):
        found = text("{role} starts from something else than the state of {giver}.", role=role, giver=giver_role)
        raise CheckFailed(Feedback(found, expected))


def _graph(model: Called | Observed, inputs: tuple[Inputs, ...]) -> Graph:
    seen = observed(model)
    return graph_of(seen.submission.partial_trace(seen.ref, draw_few(seen, inputs)))


def _reader_of(graph: Graph, source: int) -> int | None:
    """Return the first recurrent layer that runs on an input."""
    for number, node in enumerate(graph.nodes):
        if node.layer.kind in RECURRENT and [link.node for link in node.inputs] == [source]:
            return number
    return None


def _stopped(model: Called | Observed, inputs: tuple[Inputs, ...]) -> tuple[Text, ...]:
    """Say why the model does not run, if that is why."""
    seen = observed(model)
    try:
        traced(seen, inputs)
    except CheckFailed as problem:
        return problem.feedback.details
    return ()
