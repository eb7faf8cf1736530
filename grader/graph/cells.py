"""Cells called step by step in a loop, folded into the recurrent layer that they make up.

``for word in tf.unstack(x, axis=1): out, state = cell(word, state)`` computes
what a recurrent layer computes if every call starts from the state that the
call before returned, the first one from zeros, and if the calls read the steps
of one sequence in order. Calls that do so are one node. So are calls that do
*nearly* so; what they do otherwise are the node's faults:

================== ==========================================================
fault              the loop …
================== ==========================================================
``not_passed``     starts from zeros again at a later step
``foreign_state``  takes over the state of another cell
``changed_state``  takes over something else than the state as it was returned
``same_step``      reads the same step of the sequence every time
``missing_steps``  reads some of the steps only
``step_order``     reads them in an order of its own
``mixed_sources``  reads now from one place, now from another
================== ==========================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from grader.graph.nodes import Fault, Graph, GraphLayer, GraphNode, Link

RECURRENT = ("SimpleRNN", "LSTM", "GRU")
CELLS = {f"{kind}Cell": kind for kind in RECURRENT}
STEP = "step:"
"""Begins the name of the operation that takes one step out of a sequence."""
OF_A_LAYER = {"return_sequences": False, "return_state": False, "go_backwards": False, "stateful": False}


@dataclass(slots=True)
class _Chain:
    """The calls of one cell that follow each other."""

    calls: list[int]
    source: tuple[str, int | None]
    faults: list[Fault] = field(default_factory=list)


def fold_cells(graph: Graph) -> Graph:
    """Return the graph with each loop over a cell as one recurrent layer."""
    chains = list(_Chains(graph).follow())
    if not chains:
        return graph
    at = {call: (number, position) for number, chain in enumerate(chains) for position, call in enumerate(chain.calls)}
    order = sorted(
        [n for n in range(len(graph.nodes)) if n not in at] + [chain.calls[0] for chain in chains],
    )
    new = {old: number for number, old in enumerate(order)}

    def relink(link: Link) -> Link:
        if link.node is None or link.node < 0:
            return link
        if link.node not in at:
            return replace(link, node=new[link.node])
        number, position = at[link.node]
        calls = chains[number].calls
        # What a cell returns is its hidden state: output and first state are the same tensor.
        here = Link(new[calls[0]], link.output if link.output > 1 else 0, link.op)
        return here if position == len(calls) - 1 else replace(here, op=f"{STEP}{position} {link.op}".strip())

    nodes = [
        _folded(graph, chains[at[old][0]], chains, relink) if old in at else _relinked(graph.nodes[old], relink)
        for old in order
    ]
    return replace(graph, nodes=tuple(nodes), outputs=tuple(map(relink, graph.outputs)))


def as_layers(held: list[GraphLayer]) -> list[GraphLayer]:
    """Return layers that a model holds, its cells as the recurrent layers that a loop over them would be."""
    cells = [number for number, layer in enumerate(held) if layer.kind in CELLS]
    layers = list(held)
    for number in cells:
        settings = {**OF_A_LAYER, **held[number].settings, "return_sequences": number != cells[-1]}
        layers[number] = replace(held[number], kind=CELLS[held[number].kind], settings=settings)
    return layers


def _relinked(node: GraphNode, relink: Callable[[Link], Link]) -> GraphNode:
    return replace(node, inputs=tuple(map(relink, node.inputs)), states=tuple(map(relink, node.states)))


class _Chains:
    """Sorts the calls of cells into chains."""

    def __init__(self, graph: Graph) -> None:
        self.nodes = graph.nodes
        self.chains: list[_Chain] = []
        self.chain_of: dict[int, _Chain] = {}

    def follow(self) -> Iterator[_Chain]:
        """Yield the chains, in the order of their first calls."""
        for number, node in enumerate(self.nodes):
            if node.layer.kind in CELLS:
                self._place(number, node)
        yield from self.chains

    def _place(self, number: int, node: GraphNode) -> None:
        source = self._source(node)
        chain = self._giver(node) or self._alike(node, source)
        if chain is None:
            chain = _Chain([], source)
            self.chains.append(chain)
        fault = self._fault(chain, node)
        if fault is not None:
            chain.faults.append(fault)
        chain.calls.append(number)
        self.chain_of[number] = chain

    def _giver(self, node: GraphNode) -> _Chain | None:
        """The chain of this cell whose latest state the call takes over."""
        for link in node.states:
            chain = self.chain_of.get(link.node) if link.node is not None else None
            if chain and chain.calls[-1] == link.node and self.nodes[link.node].traced == node.traced:
                return chain
        return None

    def _alike(self, node: GraphNode, source: tuple[str, int | None]) -> _Chain | None:
        """The chain of this cell that reads from the same place."""
        same = [each for each in self.chains if self.nodes[each.calls[0]].traced == node.traced]
        return next((each for each in same if each.source == source), None)

    def _source(self, node: GraphNode) -> tuple[str, int | None]:
        """Where a call's input comes from: a loop over another cell, or one node."""
        link = node.inputs[0] if node.inputs else Link(None)
        if link.node in self.chain_of:
            return "loop", self.chains.index(self.chain_of[link.node])
        return "node", link.node

    def _fault(self, chain: _Chain, node: GraphNode) -> Fault | None:
        step = len(chain.calls)
        givers = {link.node for link in node.states}
        cells = [giver for giver in givers if giver in self.chain_of]
        if not step and not cells:
            return None
        if not node.states:
            return Fault("not_passed", step)
        if any(self.chain_of[each] is not chain for each in cells):
            other = next(each for each in cells if self.chain_of[each] is not chain)
            return Fault("foreign_state", step, other)
        last = chain.calls[-1]
        returned = [Link(last, 1 + each) for each in range(len(node.states))]
        taken = [replace(link, output=max(link.output, 1)) for link in node.states]
        return None if taken == returned else Fault("changed_state", step)


def _folded(graph: Graph, chain: _Chain, chains: list[_Chain], relink: Callable[[Link], Link]) -> GraphNode:
    first, last = graph.nodes[chain.calls[0]], graph.nodes[chain.calls[-1]]
    source, read, length = _read(graph, chain, chains, relink)
    settings = {**OF_A_LAYER, **first.layer.settings}
    settings["return_sequences"] = _hands_on_steps(graph, chain, chains)
    backwards = read == list(reversed(range(length))) and length > 1
    settings["go_backwards"] = backwards
    faults = [replace(each, node=relink(Link(each.node)).node) for each in chain.faults[:1]]
    if not backwards:
        faults += _reading_faults(read, length)
    steps = (len(chain.calls),) if settings["return_sequences"] else ()
    foreign = any(fault.kind == "foreign_state" for fault in faults)
    return replace(
        first,
        layer=replace(first.layer, kind=CELLS[first.layer.kind], settings=settings),
        inputs=(source,),
        states=() if foreign else tuple(map(relink, first.states)),
        shapes=tuple((shape[0], *steps, *shape[1:]) for shape in last.shapes),
        faults=tuple(faults),
    )


def _hands_on_steps(graph: Graph, chain: _Chain, chains: list[_Chain]) -> bool:
    """Tell whether another loop reads what this one returns at its steps, or nobody reads anything of it."""
    if any(each.source == ("loop", chains.index(chain)) for each in chains):
        return True
    own = set(chain.calls)
    others = [node for number, node in enumerate(graph.nodes) if number not in own]
    return not any(link.node in own for node in others for link in node.inputs) and not any(
        link.node in own for link in graph.outputs
    )


def _read(
    graph: Graph, chain: _Chain, chains: list[_Chain], relink: Callable[[Link], Link]
) -> tuple[Link, list[int | None], int]:
    """Return what the loop reads, which step of it at each call, and how many steps it has."""
    links = [graph.nodes[call].inputs[0] if graph.nodes[call].inputs else Link(None) for call in chain.calls]
    kind, number = chain.source
    if kind == "loop":
        assert number is not None
        calls = chains[number].calls
        read = [calls.index(link.node) if link.node in calls and not link.op else None for link in links]
        return replace(relink(Link(calls[0])), op=""), read, len(calls)
    read = [_step(graph, link) if link.node == number else None for link in links]
    rest = [link.op.partition(" ")[2] for link in links if link.op]
    return replace(relink(links[0]), op=rest[0] if rest else ""), read, _length(graph, links[0], read)


def _step(graph: Graph, link: Link) -> int | None:
    operation = link.op.partition(" ")[0]
    if operation.startswith(STEP):
        return int(operation.removeprefix(STEP))
    return _length(graph, link, []) - 1 if operation == "last_step" else None


def _length(graph: Graph, link: Link, read: list[int | None]) -> int:
    if link.node is not None and link.node >= 0 and link.output < len(graph.nodes[link.node].shapes):
        shape = graph.nodes[link.node].shapes[link.output]
        return shape[1] if len(shape) == 3 else len(read)
    return len(read)


def _reading_faults(read: list[int | None], length: int) -> list[Fault]:
    """Say what is wrong with the steps that a loop reads."""
    if read == list(range(length)):
        return []
    if None in read:
        return [Fault("mixed_sources", read.index(None))]
    if len(set(read)) == 1 and len(read) > 1:
        return [Fault("same_step")]
    if len(set(read)) < length:
        return [Fault("missing_steps", len(set(read)))]
    unordered = next((n for n, (one, two) in enumerate(pairwise(read), 1) if one is None or two != one + 1), 0)
    return [Fault("step_order", unordered)]
