"""An observed model beside the network that it should be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed, Died
from grader.evidence import Trace, Value
from grader.expect.inputs import Inputs
from grader.expect.observed import InputSpec, Observed, as_tuple, fitting, observed, traced_whole, whole_of
from grader.expect.words import (
    graph_layer,
    kind_differences,
    layer_words,
    parameter_sum,
    setting_differences,
    stack_words,
)
from grader.graph import STEP, Fault, Graph, GraphLayer, Link, graph_of, graph_of_layers
from grader.report import Feedback
from grader.spec import Network, Node
from grader.spec.layers import Shape
from grader.text import Text, literal, text

TOLERANCE = 2e-3
"""Float32 against float64 over some tens of steps; a wrong gate is off by 0.1."""

MOST_NUMBERS = 2**24
"""As many weights as travel to the worker in one message."""

BOUND = 1e6
"""Beyond it, an activation without bounds has multiplied every rounding."""

SIZES = ("input_dim", "output_dim", "units", "use_bias")
"""Settings that a layer's number of parameters depends on."""


@dataclass(frozen=True)
class Comparison:
    """An observed model beside the network that it should be."""

    model: Observed
    trace: Trace
    graph: Graph
    expected: Network
    inputs: tuple[Inputs, ...]
    failure: CheckFailed | None = None
    """Why the model does not run; its graph is then made of the layers that it holds."""

    @classmethod
    def of(cls, model: Called | Observed, expected: Network, inputs: InputSpec) -> Comparison:
        """Trace the model, and bring both sides into one form."""
        seen = observed(model)
        several = fitting(seen, as_tuple(inputs))
        try:
            trace, several = traced_whole(seen, several)
        except Died:
            raise
        except CheckFailed as failure:
            held = seen.submission.layers(seen.ref)
            if not held:
                raise CheckFailed(Feedback(text("Your model has no layers yet."))) from None
            return cls(seen, Trace((), (), (), ()), graph_of_layers(held), expected, several, failure)
        graph = _with_input_shapes(graph_of(trace), several)
        wanted = [graph_layer(node.layer).kind for node in expected.nodes]
        used = graph.reachable()
        # Calls whose result goes nowhere are only worth a word when they explain what is missing.
        if [node.layer.kind for node in used.nodes] == wanted or len(used.nodes) >= len(wanted):
            graph = used
        return cls(seen, trace, graph, expected, several)

    @property
    def actual_layers(self) -> list[GraphLayer]:
        """The submission's layers, in canonical form."""
        return [node.layer for node in self.graph.nodes]

    @property
    def expected_layers(self) -> list[GraphLayer]:
        """The expected layers, in canonical form."""
        return [graph_layer(node.layer) for node in self.expected.nodes]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The inputs' shapes, without the batch."""
        return tuple(each.shape for each in self.inputs)

    def kinds(self) -> None:
        """Fail where layers are missing, too many, or of another kind."""
        actual, expected = self.actual_layers, self.expected_layers
        differences = kind_differences(actual, expected)
        if differences:
            stopped = self.failure.feedback.details if self.failure else ()
            raise CheckFailed(self._feedback((*differences, *stopped)))
        self._no_foreign_operations()

    def settings(self) -> None:
        """Fail where a size or an option is not as expected."""
        differences: list[Text] = []
        sums: list[Text] = []
        pairs = zip(self.graph.nodes, self.expected_layers, strict=True)
        for number, (node, expected) in enumerate(pairs, 1):
            found = setting_differences(number, node.layer, expected)
            differences += found
            if any(node.layer.settings.get(name) != expected.settings.get(name) for name in SIZES):
                sums += self._sums(number - 1)
        differences += self._declared_otherwise()
        if differences:
            raise CheckFailed(self._feedback((*differences, *sums)))
        if self.failure is not None:
            raise self.failure

    def _declared_otherwise(self) -> list[Text]:
        """An input shape that the model declares and that is not the one asked for."""
        declared = self.model.submission.declared(self.model.ref)
        if len(declared) != len(self.inputs):
            return []
        return [
            text(
                "The model is declared for inputs of the shape {actual}; expected {expected}.",
                actual=str(shape[1:]),
                expected=str(asked.shape),
            )
            for shape, asked in zip(declared, self.inputs, strict=True)
            if len(shape) != 1 + len(asked.shape)
            or any(mine not in (None, size) for mine, size in zip(shape[1:], asked.shape, strict=True))
        ]

    def connections(self) -> None:
        """Fail where a layer is fed from the wrong place."""
        differences = [
            difference for number, node in enumerate(self.expected.nodes) for difference in self._misfed(number, node)
        ]
        last = len(self.expected.nodes) - 1
        if not differences and self.graph.outputs != (Link(last),):
            differences.append(self._wrong_outputs())
        if differences:
            raise CheckFailed(self._feedback(tuple(differences)))

    def parameters(self) -> None:
        """Fail where layers share weights, or the model has weights that it does not use."""
        unused = self.graph.unused_weights
        if unused:
            count = sum(int(np.prod(shape)) for shape in unused)
            found = text("Your model holds {count} parameters that its output does not depend on.", count=count)
            raise CheckFailed(self._feedback((found,)))
        expected = self.expected.weight_shapes(self.shapes)
        for number, (node, shapes) in enumerate(zip(self.graph.nodes, expected, strict=True)):
            if node.weights != shapes:
                raise CheckFailed(self._feedback(tuple(self._sums(number))))
        self._no_sharing()

    def _no_sharing(self) -> None:
        """One layer used twice has the same weights at both places."""
        first: dict[tuple[int, int], int] = {}
        for number, node in enumerate(self.graph.nodes):
            place = (node.traced, node.first_weight)
            if place in first:
                found = text(
                    "One and the same layer is used as {first} and as {second}; make a layer for each.",
                    first=self._short_role(first[place]),
                    second=self._short_role(number),
                )
                raise CheckFailed(self._feedback((found,)))
            first[place] = number

    def outputs(self) -> None:
        """Fail where the model does not compute what the network computes."""
        challenge, weights = self._challenge()
        answers = self._run(weights, challenge)
        expected = self.expected.forward(challenge, self._parts(weights))
        actual = evidence.array_of(answers[0]) if len(answers) == 1 else None
        if actual is None or actual.shape != expected.shape:
            got = "—" if actual is None else str(actual.shape)
            found = text("Your model's output has the shape {actual}.", actual=got)
            raise CheckFailed(Feedback(found, literal(str(expected.shape))))
        self._repeatable(challenge, actual)
        if not _close(actual, expected):
            found = text(
                "Given the same weights and the same inputs, your model computes other numbers than these layers do."
            )
            raise CheckFailed(Feedback(found, _as_stack(self.expected_layers)))

    def agrees_with(self, network: Network, words: int) -> bool:
        """Tell whether the model computes what ``network`` computes, on indices of so many words.

        Numbers that go beyond all bounds decide nothing.
        """
        challenge, weights = self._challenge(words)
        answers = self._run(weights, challenge)
        with np.errstate(over="ignore", invalid="ignore"):
            expected = network.forward(challenge, self._parts(weights))
        actual = evidence.array_of(answers[0]) if len(answers) == 1 else None
        if actual is None or actual.shape != expected.shape:
            return False
        return not np.all(np.abs(expected) < BOUND) or _close(actual, expected)

    @property
    def weight_count(self) -> int:
        """So many numbers are the weights of the traced layers."""
        return sum(math.prod(shape) for layer in self.trace.layers for shape in layer.weights)

    def _challenge(self, words: int | None = None) -> tuple[tuple[np.ndarray, ...], list[tuple[np.ndarray, ...]]]:
        """Draw inputs, and weights for every traced layer.

        Raises:
            CheckFailed: there are too many of them.
        """
        if self.weight_count > MOST_NUMBERS:
            found = text(
                "Your model has {count} parameters: too many to run it on other weights.",
                count=f"{self.weight_count:,}",
            )
            raise CheckFailed(Feedback(found))
        random = self.model.submission.random
        inputs = tuple(each.draw(random, words=words) for each in self.inputs)
        weights = [
            tuple(
                random.normal(scale=_scale(layer.kind, shape), size=shape).astype("float32") for shape in layer.weights
            )
            for layer in self.trace.layers
        ]
        return inputs, weights

    def _parts(self, weights: list[tuple[np.ndarray, ...]]) -> tuple[tuple[np.ndarray, ...], ...]:
        """Return each node's weights."""
        return tuple(
            weights[node.traced][node.first_weight : node.first_weight + len(node.weights)] for node in self.graph.nodes
        )

    def _run(self, weights: list[tuple[np.ndarray, ...]], inputs: tuple[np.ndarray, ...]) -> tuple[Value, ...]:
        return self.model.submission.run(self.model.ref, weights, inputs, whole=whole_of(self.inputs))

    def _repeatable(self, inputs: tuple[np.ndarray, ...], first: np.ndarray) -> None:
        """Fail where the same inputs come to other numbers when the model runs again."""
        answers = self._run([], inputs)
        second = evidence.array_of(answers[0]) if answers else None
        if second is None or second.shape != first.shape or not _close(second, first):
            found = text("Run again on the same inputs, your model computes other numbers.")
            kept = text("It keeps something from one batch to the next, or drops out while it is not trained.")
            raise CheckFailed(Feedback(found, None, (kept,)))

    def _feedback(self, details: tuple[Text, ...]) -> Feedback:
        actual = literal(stack_words(self.actual_layers))
        if "=" in self.model.spelled:
            details = (*details, text("It was built by {call}.", call=self.model.spelled))
        return Feedback(text("Your model: {stack}", stack=actual), _as_stack(self.expected_layers), details)

    def _sums(self, number: int) -> list[Text]:
        """The student's own parameter sum for a layer, and the expected one."""
        node = self.graph.nodes[number]
        mine = parameter_sum(node)
        asked = self.expected.nodes[number].layer.formula(self.expected.input_shapes(self.shapes)[number])
        if mine is None or asked is None or str(mine) == str(asked):
            return []
        return [text("Yours — {sum}.", sum=mine), text("Expected — {sum}.", sum=asked)]

    def _no_foreign_operations(self) -> None:
        links = [(number, link) for number, node in enumerate(self.graph.nodes) for link in node.inputs]
        links += [(len(self.graph.nodes), link) for link in self.graph.outputs]
        details = [_foreign(number, link) for number, link in links if link.op and not _is_step(link)]
        if details:
            raise CheckFailed(self._feedback(tuple(details)))

    def _role(self, number: int) -> Text:
        return self.expected.nodes[number].role or text(
            "layer {number}, {layer},", number=number + 1, layer=layer_words(self.actual_layers[number])
        )

    def _misfed(self, number: int, expected: Node) -> list[Text]:
        node = self.graph.nodes[number]
        found = [self._loop_fault(number, fault) for fault in node.faults]
        if node.inputs != (Link(expected.source),):
            found.append(
                text(
                    "{layer} works on {actual}; expected {expected}.",
                    layer=self._role(number),
                    actual=self._sources(node.inputs),
                    expected=self._source(Link(expected.source)),
                )
            )
        if expected.state_of is None:
            if node.states:
                found.append(
                    text(
                        "{layer} starts from {actual}; expected zeros (no initial_state).",
                        layer=self._role(number),
                        actual=self._sources(node.states),
                    )
                )
            return found
        wanted = self._states_of(expected.state_of)
        if node.states != wanted:
            found.append(
                text(
                    "{layer} starts from {actual}; expected {expected} as its initial_state.",
                    layer=self._role(number),
                    actual=self._sources(node.states) if node.states else text("zeros: no initial_state is given"),
                    expected=self._sources(wanted),
                )
            )
        return found

    def _loop_fault(self, number: int, fault: Fault) -> Text:
        """Say what a loop over a cell does otherwise than the layer it should make up."""
        layer = self._role(number)
        match fault.kind:
            case "not_passed":
                return text(
                    "{layer} starts from zeros again at step {step}; expected the state that it returned "
                    "at the step before.",
                    layer=layer,
                    step=fault.step + 1,
                )
            case "foreign_state":
                return text(
                    "{layer} takes over the state of {other} at step {step}; expected its own, from the step before.",
                    layer=layer,
                    other=self._short_role(fault.node or 0),
                    step=fault.step + 1,
                )
            case "changed_state":
                return text(
                    "{layer} does not take over its state as the step before returned it, at step {step}.",
                    layer=layer,
                    step=fault.step + 1,
                )
            case "same_step":
                return text("{layer} reads the same step of the sequence every time.", layer=layer)
            case "missing_steps":
                return text("{layer} reads {count} of the steps only; expected all.", layer=layer, count=fault.step)
            case "step_order":
                return text("{layer} does not read the steps in their order.", layer=layer)
        return text(
            "{layer} reads something else at step {step} than at the steps before.", layer=layer, step=fault.step + 1
        )

    def _states_of(self, number: int) -> tuple[Link, ...]:
        count = getattr(self.expected.nodes[number].layer, "STATES", 1)
        return tuple(Link(number, 1 + each) for each in range(count))

    def _sources(self, links: tuple[Link, ...]) -> Text:
        if len(links) == 1:
            return self._source(links[0])
        parts = tuple(self._source(link) for link in links)
        return text("several things ({parts})", parts=parts) if parts else text("nothing")

    def _source(self, link: Link) -> Text:
        if _is_step(link):
            step = int(link.op.partition(" ")[0].removeprefix(STEP)) + 1
            return text("step {number} of {whole}", number=step, whole=self._source(replace(link, op="")))
        if link.op:
            return text("something computed from {parts}", parts=(self._source(replace(link, op="")),))
        if link.node is None:
            return text("something that no layer returned")
        if link.node < 0:
            return self._input_words(-1 - link.node)
        if link.output:
            return text("the final state of {layer}", layer=self._short_role(link.node))
        return text("the output of {layer}", layer=self._short_role(link.node))

    def _short_role(self, number: int) -> Text:
        return self.expected.nodes[number].role or text("layer {number}", number=number + 1)

    def _input_words(self, index: int) -> Text:
        if len(self.inputs) == 1:
            return text("the model's input")
        return text("the model's input {number}", number=index + 1)

    def _wrong_outputs(self) -> Text:
        return text(
            "The model returns {actual}; expected {expected}.",
            actual=self._sources(self.graph.outputs),
            expected=self._source(Link(len(self.expected.nodes) - 1)),
        )


def _scale(kind: str, shape: tuple[int, ...]) -> float:
    """Return how large weights are drawn: small enough for many units that a long sequence does not become chaos."""
    if len(shape) < 2 or kind == "Embedding":
        return 0.4
    return min(0.4, 0.9 / float(np.sqrt(shape[0])))


def _with_input_shapes(graph: Graph, inputs: tuple[Inputs, ...]) -> Graph:
    """Give each node the shapes of what goes into it, with the batch."""
    nodes = []
    for node in graph.nodes:
        shapes: list[tuple[int, ...]] = []
        for link in node.inputs:
            if link.node is not None and link.node < 0 and -1 - link.node < len(inputs):
                shapes.append((0, *inputs[-1 - link.node].shape))
            elif link.node is not None and 0 <= link.node < len(graph.nodes):
                shapes.append(_shape_of(graph.nodes[link.node].shapes, link.output))
        nodes.append(replace(node, input_shapes=tuple(shapes)))
    return replace(graph, nodes=tuple(nodes))


def _shape_of(shapes: tuple[tuple[int, ...], ...], output: int) -> tuple[int, ...]:
    return shapes[output] if output < len(shapes) else ()


def _is_step(link: Link) -> bool:
    """Tell whether a link takes one step, not the last, out of what a layer returned."""
    return link.op.startswith(STEP) and link.node is not None and link.node >= 0


def _foreign(number: int, link: Link) -> Text:
    operation = link.op if link.op not in ("unknown", "zeros") else text("another operation")
    return text(
        "Something stands before step {number} that is no layer: {operation}.",
        number=number + 1,
        operation=operation,
    )


def _as_stack(layers: list[GraphLayer]) -> Text:
    return literal(stack_words(layers))


def _close(actual: np.ndarray, expected: np.ndarray) -> bool:
    """NaN and infinity are never close."""
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.isfinite(actual) & (np.abs(actual - expected) <= TOLERANCE * (1 + np.abs(expected)))))
