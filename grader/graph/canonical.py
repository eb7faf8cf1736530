"""The canonical graph of a traced model.

However a model was written (Sequential, functional, subclassed, nested), what
it computes is a list of layer calls. Here that list is brought into one form:

* ``RNN(SimpleRNNCell(3))`` is ``SimpleRNN(3)``, and so is the cell called in a loop
  (:mod:`grader.graph.cells`);
* ``TimeDistributed(Dense(2))`` is ``Dense(2)``, which works on the last axis;
* an activation that follows a linear ``Dense`` belongs to it, be it a layer or
  a bare function (``tf.sigmoid(Dense(1)(x))``);
* a final state that a later layer works on is the last output, and cells stacked
  in one layer are layers on top of each other;
* the last step of a returned sequence is what ``return_sequences=False`` gives,
  and a sequence that nobody reads was not worth returning;
* layers that change nothing (``Dropout(0)``, a linear activation) are no layers.

Nodes are numbered in the order they ran. A link names a node and which of its
outputs: output 0 is what the layer returns, the others are its final states.
"""

from __future__ import annotations

from dataclasses import replace

from grader.evidence import Json, LayerCall, LayerState, Source, Trace
from grader.graph.cells import CELLS, RECURRENT, as_layers, fold_cells
from grader.graph.nodes import ZEROS, Graph, GraphLayer, GraphNode, Link

ACTIVATION_LAYERS: list[tuple[str, dict[str, Json]]] = [
    ("Softmax", {"axis": -1}),
    ("ReLU", {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}),
]
"""Layers that are activation functions, as long as they are set so."""
IDENTITY_LAYERS = ("Dropout", "SpatialDropout1D")


def graph_of(trace: Trace) -> Graph:
    """Return the canonical graph of a trace."""
    nodes: list[GraphNode] = []
    numbers: list[int] = []
    for call in trace.calls:
        parts = _parts(trace.layers[call.layer], call)
        nodes += [_relinked(parts[0], numbers)]
        nodes += [replace(part, inputs=(Link(len(nodes) - 1 + n),)) for n, part in enumerate(parts[1:])]
        numbers.append(len(nodes) - 1)
    outputs = tuple(_renumbered(_link(source), numbers) for source in trace.outputs)
    graph = fold_cells(Graph(tuple(nodes), outputs, trace.unused_weights))
    return _drop_identities(_fold_activations(_fold_last_steps(_fold_states(graph))))


def graph_of_layers(layers: tuple[LayerState, ...]) -> Graph:
    """Return the graph of layers that a model holds, each on top of the one before."""
    forms = as_layers([canonical_layer(layer) for layer in layers])
    nodes = tuple(GraphNode(form, number, (Link(number - 1),), (), ()) for number, form in enumerate(forms))
    graph = Graph(nodes, (Link(len(nodes) - 1),))
    return _drop_identities(_fold_activations(graph))


def _renumbered(link: Link, numbers: list[int]) -> Link:
    return replace(link, node=numbers[link.node]) if link.node is not None and link.node >= 0 else link


def _relinked(node: GraphNode, numbers: list[int]) -> GraphNode:
    inputs, states = ([_renumbered(link, numbers) for link in links] for links in (node.inputs, node.states))
    return replace(node, inputs=tuple(inputs), states=tuple(states))


def _parts(layer: LayerState, call: LayerCall) -> list[GraphNode]:
    """Return the nodes of one call: several where one layer runs several cells."""
    node = GraphNode(
        layer=canonical_layer(layer),
        traced=call.layer,
        inputs=tuple(map(_link, call.inputs)),
        states=_states(call.states),
        shapes=call.outputs,
        weights=layer.weights,
    )
    cells = layer.inner if layer.kind == "RNN" else ()
    if len(cells) < 2 or not all(cell.kind in CELLS for cell in cells):
        return [node]
    parts, first = [], 0
    for number, cell in enumerate(cells, 1):
        settings = {**layer.settings, **cell.settings}
        settings["return_sequences"] = settings.get("return_sequences", False) if number == len(cells) else True
        count = 3 if cell.settings.get("use_bias") else 2
        part = GraphLayer(CELLS[cell.kind], settings)
        weights = layer.weights[first : first + count]
        parts.append(replace(node, layer=part, weights=weights, first_weight=first))
        first += count
    return parts


def canonical_layer(state: LayerState) -> GraphLayer:
    """Return a layer as described by the worker in canonical form."""
    inner = tuple(map(canonical_layer, state.inner))
    if state.kind == "RNN" and len(inner) == 1 and inner[0].kind in CELLS:
        cell = inner[0]
        return GraphLayer(CELLS[cell.kind], {**state.settings, **cell.settings})
    if state.kind == "TimeDistributed" and inner[0].kind == "Dense":
        return inner[0]
    if (state.kind, state.settings) in ACTIVATION_LAYERS:
        name = "softmax" if state.kind == "Softmax" else "relu"
        return GraphLayer("Activation", {"activation": name})
    return GraphLayer(state.kind, dict(state.settings), inner)


def _link(source: Source) -> Link:
    match source.origin:
        case "input":
            return Link(-1 - source.index)
        case "call":
            return Link(source.call, source.output)
        case "zeros":
            return ZEROS
        case "op" if source.of is not None:
            under = _link(source.of)
            return replace(under, op=f"{under.op} {source.op}".strip())
    return Link(None, op="unknown")


def _states(sources: tuple[Source, ...]) -> tuple[Link, ...]:
    """Initial states; zeros are what a layer starts from anyway."""
    links = tuple(map(_link, sources))
    return () if all(link == ZEROS for link in links) else links


def _fold_states(graph: Graph) -> Graph:
    """Take a final hidden state that a layer works on for the last output: they are the same numbers."""

    def to_output(link: Link) -> Link:
        recurrent = link.node is not None and link.node >= 0 and graph.nodes[link.node].layer.kind in RECURRENT
        if recurrent and link.output == 1 and not link.op:
            return replace(link, output=0, op="last_step" if _returns_sequences(graph, link) else "")
        return link

    nodes = tuple(replace(node, inputs=tuple(map(to_output, node.inputs))) for node in graph.nodes)
    return replace(graph, nodes=nodes, outputs=tuple(map(to_output, graph.outputs)))


def _returns_sequences(graph: Graph, link: Link) -> bool:
    assert link.node is not None
    return bool(graph.nodes[link.node].layer.settings.get("return_sequences"))


def _fold_last_steps(graph: Graph) -> Graph:
    """Take ``sequence[:, -1]`` for ``return_sequences=False``."""
    for number, node in enumerate(graph.nodes):
        users = graph.users(number)
        steps = [link.op.startswith("last_step") for link in users if link.output == 0]
        if users and node.layer.kind in RECURRENT and all(steps) and node.layer.settings.get("return_sequences"):
            layer = replace(node.layer, settings={**node.layer.settings, "return_sequences": False})
            graph = graph.with_layer(number, layer)._relinked(_stripper(number, "last_step"))
    return graph


def _stripper(number: int, op: str) -> object:
    def strip(link: Link) -> Link:
        if link.node == number and link.op.startswith(op):
            return replace(link, op=link.op.removeprefix(op).strip())
        return link

    return strip


def _fold_activations(graph: Graph) -> Graph:
    """Give a linear Dense the activation that follows it."""
    number = 0
    while number < len(graph.nodes):
        graph = _fold_function(graph, number)
        node = graph.nodes[number]
        under = node.inputs[0].node if len(node.inputs) == 1 and not node.inputs[0].op else None
        if node.layer.kind == "Activation" and under is not None and _takes_activation(graph, under):
            graph = _activated(graph, under, str(node.layer.settings.get("activation"))).without(number)
        else:
            number += 1
    return graph


def _takes_activation(graph: Graph, number: int) -> bool:
    if number < 0 or len(graph.users(number)) != 1:
        return False
    layer = graph.nodes[number].layer
    return layer.kind == "Dense" and layer.settings.get("activation") == "linear"


def _activated(graph: Graph, number: int, activation: str) -> Graph:
    layer = graph.nodes[number].layer
    return graph.with_layer(number, replace(layer, settings={**layer.settings, "activation": activation}))


def _fold_function(graph: Graph, number: int) -> Graph:
    users = graph.users(number)
    if len(users) == 1 and users[0].op in ("sigmoid", "tanh", "relu", "softmax") and _takes_activation(graph, number):
        return _activated(graph, number, users[0].op)._relinked(_stripper(number, users[0].op))
    return graph


def _drop_identities(graph: Graph) -> Graph:
    for number in reversed(range(len(graph.nodes))):
        node = graph.nodes[number]
        nothing = node.layer.kind in IDENTITY_LAYERS and not node.layer.settings.get("rate")
        nothing = nothing or node.layer == GraphLayer("Activation", {"activation": "linear"})
        if nothing and len(node.inputs) == 1:
            graph = graph.without(number)
    return graph
