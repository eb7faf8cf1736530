"""Nodes and links: the form that every traced model is brought into."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from grader.evidence import Json


@dataclass(frozen=True, slots=True)
class Link:
    """Where a tensor came from."""

    node: int | None
    """Number of a node; negative for an input (-1 is the first); None if it is unknown."""
    output: int = 0
    op: str = ""
    """An operation between the layers that is none of theirs."""


ZEROS = Link(None, op="zeros")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a loop over the steps does otherwise than a recurrent layer."""

    kind: str
    """One of the names in :mod:`grader.graph.cells`."""
    step: int = 0
    """The first step where it does so, counted from 0."""
    node: int | None = None
    """The node that it takes something from which is not its own."""


@dataclass(frozen=True, slots=True)
class GraphLayer:
    """A layer in canonical form."""

    kind: str
    settings: dict[str, Json]
    inner: tuple[GraphLayer, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One layer call in canonical form."""

    layer: GraphLayer
    traced: int
    """Number of the layer in the trace: calls that share it share their weights."""
    inputs: tuple[Link, ...]
    states: tuple[Link, ...]
    shapes: tuple[tuple[int, ...], ...]
    """Output shapes, with the batch."""
    weights: tuple[tuple[int, ...], ...] = ()
    """Shapes of its weights, in Keras's order."""
    first_weight: int = 0
    """Where they begin among the traced layer's weights (cells stacked in one layer share it)."""
    input_shapes: tuple[tuple[int, ...], ...] = ()
    faults: tuple[Fault, ...] = ()
    """What is wrong with the loop that calls it, where it is a cell called step by step."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A model in canonical form."""

    nodes: tuple[GraphNode, ...]
    outputs: tuple[Link, ...]
    unused_weights: tuple[tuple[int, ...], ...] = field(default=())

    def reachable(self) -> Graph:
        """Return the graph without the calls that its outputs do not need."""
        needed: set[int] = set()
        waiting = list(self.outputs)
        while waiting:
            number = waiting.pop().node
            if number is not None and number >= 0 and number not in needed:
                needed.add(number)
                waiting += [*self.nodes[number].inputs, *self.nodes[number].states]
        return self._keeping(sorted(needed))

    def without(self, number: int) -> Graph:
        """Return the graph with a node of one input taken out, its input put through."""
        through = self.nodes[number].inputs[0]

        def relink(link: Link) -> Link:
            return replace(through, op=f"{through.op} {link.op}".strip()) if link.node == number else link

        return self._relinked(relink)._keeping([n for n in range(len(self.nodes)) if n != number])

    def with_layer(self, number: int, layer: GraphLayer) -> Graph:
        """Return the graph with another layer at a node."""
        nodes = list(self.nodes)
        nodes[number] = replace(nodes[number], layer=layer)
        return replace(self, nodes=tuple(nodes))

    def users(self, number: int) -> list[Link]:
        """Return every link to a node."""
        links = [*self.outputs]
        for node in self.nodes:
            links += [*node.inputs, *node.states]
        return [link for link in links if link.node == number]

    def _relinked(self, relink: object) -> Graph:
        assert callable(relink)
        nodes = tuple(
            replace(node, inputs=tuple(map(relink, node.inputs)), states=tuple(map(relink, node.states)))
            for node in self.nodes
        )
        return replace(self, nodes=nodes, outputs=tuple(map(relink, self.outputs)))

    def _keeping(self, numbers: list[int]) -> Graph:
        new = {old: number for number, old in enumerate(numbers)}

        def renumber(link: Link) -> Link:
            if link.node is None or link.node < 0:
                return link
            return replace(link, node=new.get(link.node))

        return replace(self, nodes=tuple(self.nodes[old] for old in numbers))._relinked(renumber)
