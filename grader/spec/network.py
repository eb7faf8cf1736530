"""Layers put together: which layer runs on whose output.

A :class:`Network` is a tuple of nodes in the order they run. A node's sources
are the numbers of earlier nodes; ``INPUT[i]`` is the i-th input of the model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from grader.spec.layers import Layer, Output, Shape, Weights
from grader.text import Text

INPUT = (-1, -2, -3)
"""Numbers of the model's inputs, as sources of a node."""


@dataclass(frozen=True)
class Node:
    """A layer, where its input comes from, and where its initial state does."""

    layer: Layer
    source: int
    state_of: int | None = None
    """The node whose final states this one starts from; None: zeros."""
    role: Text | None = None
    """What the lesson calls it: the encoder, the decoder."""


@dataclass(frozen=True)
class Network:
    """Nodes in the order they run; the last one's output is the model's."""

    nodes: tuple[Node, ...]

    def input_shapes(self, shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that goes into each node."""
        going_in: list[Shape] = []
        coming_out: list[Shape] = []
        for node in self.nodes:
            shape = shapes[-1 - node.source] if node.source < 0 else coming_out[node.source]
            going_in.append(shape)
            coming_out.append(node.layer.output_shape(shape))
        return tuple(going_in)

    def weight_shapes(self, shapes: tuple[Shape, ...]) -> tuple[tuple[Shape, ...], ...]:
        """Return the weight shapes of each node."""
        going_in = self.input_shapes(shapes)
        return tuple(node.layer.weight_shapes(shape) for node, shape in zip(self.nodes, going_in, strict=True))

    def parameter_count(self, shapes: tuple[Shape, ...]) -> int:
        """Return the number of parameters of the whole model."""
        going_in = self.input_shapes(shapes)
        return sum(node.layer.parameter_count(shape) for node, shape in zip(self.nodes, going_in, strict=True))

    def formulas(self, shapes: tuple[Shape, ...]) -> tuple[Text, ...]:
        """Return each layer's sum, with the numbers."""
        going_in = self.input_shapes(shapes)
        sums = (node.layer.formula(shape) for node, shape in zip(self.nodes, going_in, strict=True))
        return tuple(each for each in sums if each is not None)

    def forward(self, inputs: tuple[np.ndarray, ...], weights: tuple[Weights, ...]) -> np.ndarray:
        """Return the model's output at inference."""
        results: list[Output] = []
        for node, its_weights in zip(self.nodes, weights, strict=True):
            before = Output(inputs[-1 - node.source]) if node.source < 0 else results[node.source]
            if node.state_of is None:
                results.append(node.layer.forward(before.value, its_weights, before.mask))
            else:
                # Keras masks layers of one tensor argument only, and the state is a second one; the
                # mask still goes on to the next layer.
                states = results[node.state_of].states
                output = node.layer.forward(before.value, its_weights, None, states)
                results.append(replace(output, mask=before.mask if output.value.ndim == 3 else None))
        return results[-1].value


def chain(*layers: Layer) -> Network:
    """Return a network in which every layer runs on the one before it."""
    return Network(tuple(Node(layer, number - 1) for number, layer in enumerate(layers)))
