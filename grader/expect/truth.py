"""A model's description is a claim, and is held against what the model does.

Layers and settings are what the submission's own process says of its model. So
before points are given for them, the model is run on weights and inputs drawn
after it was described, and must compute what the described layers compute. A
description that leaves open what is computed (an operation that is no layer, an
activation that we do not know) claims nothing that could be false.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import msgspec

from grader import spec
from grader.errors import CheckFailed
from grader.expect.comparison import MOST_NUMBERS, Comparison
from grader.expect.words import SPECS, stack_words
from grader.graph import Graph, GraphLayer, GraphNode, Link
from grader.report import Feedback
from grader.spec import Layer, Network, Node, Recurrent
from grader.spec.functions import ACTIVATIONS
from grader.text import literal, text

WITHOUT_EFFECT = ("_regularizer", "_constraint", "trainable")
"""Endings of settings that change how a layer learns, not what it computes."""
MOST_WORDS = 2**31

Wrapper: TypeAlias = "type[spec.Bidirectional | spec.TimeDistributed]"
WRAPPERS: dict[str, Wrapper] = {"Bidirectional": spec.Bidirectional, "TimeDistributed": spec.TimeDistributed}


def expect_truthful(comparison: Comparison) -> None:
    """Expect a model to compute what its own description says, as far as that says it."""
    model = comparison.model
    key = ("truthful", model.ref.handle, model.ref.path, comparison.shapes)
    if not model.submission.once(key, lambda: _is_truthful(comparison)):
        found = text(
            "Given the same weights and the same inputs, your model computes other numbers than its own layers do."
        )
        raise CheckFailed(Feedback(found, literal(stack_words(comparison.actual_layers))))


def _is_truthful(comparison: Comparison) -> bool:
    network = described(comparison.graph)
    if comparison.failure is not None or network is None or _drops(comparison):
        return True
    if any(-1 - node.source >= len(comparison.shapes) for node in network.nodes):
        return False  # it reads an input that it was not given
    words = [node.layer.input_dim for node in network.nodes if isinstance(node.layer, spec.Embedding)]
    if list(network.weight_shapes(comparison.shapes)) != [node.weights for node in comparison.graph.nodes]:
        return False
    if min(words, default=2) < 2 or comparison.weight_count > MOST_NUMBERS:
        return True
    return comparison.agrees_with(network, words=min(words, default=MOST_WORDS))


def _drops(comparison: Comparison) -> bool:
    """Tell whether the model says that it drops something out although it is not trained."""
    return any(
        node.layer.settings.get(name)
        for node in comparison.graph.nodes
        for name in ("rate", "dropout", "recurrent_dropout")
    ) and any(call.training for call in comparison.trace.calls)


def described(graph: Graph) -> Network | None:
    """Return the network that a graph describes; None where it leaves open what is computed."""
    nodes = [_node(graph, number) for number in range(len(graph.nodes))]
    known = tuple(node for node in nodes if node is not None)
    if not known or len(known) < len(nodes) or graph.outputs != (Link(len(nodes) - 1),):
        return None
    return Network(known)


def _node(graph: Graph, number: int) -> Node | None:
    node = graph.nodes[number]
    layer = spec_of(node.layer)
    if layer is None or node.faults or len(node.inputs) != 1:
        return None
    (link,) = node.inputs
    if link.op or link.output or link.node is None or link.node >= number:
        return None
    giver = node.states[0].node if node.states else None
    if node.states and (giver is None or not 0 <= giver < number or not _hands_over(graph.nodes, giver, node.states)):
        return None
    return Node(layer, link.node, giver)


def _hands_over(nodes: tuple[GraphNode, ...], giver: int, states: tuple[Link, ...]) -> bool:
    """Tell whether states are all the final states of a node, in order."""
    kind = SPECS.get(nodes[giver].layer.kind, Layer)
    count = kind.STATES if issubclass(kind, Recurrent) else 0
    return states == tuple(Link(giver, 1 + number) for number in range(count))


def spec_of(layer: GraphLayer) -> Layer | None:
    """Return a described layer as a value; None where it is none that can be computed here."""
    settings: dict[str, Any] = {
        name: value for name, value in layer.settings.items() if not name.endswith(WITHOUT_EFFECT)
    }
    if layer.kind in WRAPPERS:
        forms = [spec_of(replace(each, settings={**each.settings, "go_backwards": False})) for each in layer.inner]
        inner = spec_of(layer.inner[0])
        return None if inner is None or len(set(forms)) > 1 else WRAPPERS[layer.kind](inner, **settings)
    kind = SPECS.get(layer.kind)
    if kind is None or layer.inner or settings.get("stateful"):
        return None
    try:
        made = msgspec.convert(settings, kind)
    except msgspec.ValidationError:
        return None
    functions = [value for name, value in settings.items() if name.endswith("activation")]
    return made if all(each in ACTIVATIONS for each in functions) else None
