"""Layers as values: settings, shapes, parameters and the forward pass.

Shapes leave the batch out: ``(time,)`` for word indices, ``(time, features)``
for sequences, ``(features,)`` for vectors. Arrays have it: ``(batch, time,
features)``. A mask is boolean, ``(batch, time)``. Weights stand in Keras's
order. Definitions follow keras.io/api/layers (Keras 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import ClassVar, TypeAlias

import numpy as np

from grader.spec.functions import ACTIVATIONS
from grader.text import Text, text

Shape: TypeAlias = "tuple[int, ...]"
Setting: TypeAlias = "bool | int | float | str | None"
Array: TypeAlias = np.ndarray
Mask: TypeAlias = "np.ndarray | None"
Weights: TypeAlias = "tuple[np.ndarray, ...]"
States: TypeAlias = "tuple[np.ndarray, ...] | None"


@dataclass(frozen=True)
class Output:
    """What a layer returns: its output, its last states, the mask it hands on."""

    value: np.ndarray
    states: tuple[np.ndarray, ...] = ()
    mask: Mask = None


@dataclass(frozen=True)
class Layer:
    """A layer as a value."""

    FREE: ClassVar[tuple[str, ...]] = ()
    """Settings that the student may choose."""

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return type(self).__name__

    @property
    def settings(self) -> dict[str, Setting]:
        """Every setting that is judged, by Keras's names."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if name not in self.FREE and not isinstance(value, Layer)}

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape that comes out when ``shape`` goes in."""
        return shape

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """Return the shapes of the weights, in Keras's order."""
        return ()

    def parameter_count(self, shape: Shape) -> int:
        """Return the number of parameters."""
        return sum(int(np.prod(weight)) for weight in self.weight_shapes(shape))

    def formula(self, shape: Shape) -> Text | None:
        """Say where the number of parameters comes from, with the numbers."""
        return None

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Return what the layer computes at inference."""
        return Output(x, mask=mask)


@dataclass(frozen=True)
class Embedding(Layer):
    """Turns word indices into vectors."""

    input_dim: int
    output_dim: int
    mask_zero: bool = False

    def output_shape(self, shape: Shape) -> Shape:
        """``(time,)`` becomes ``(time, output_dim)``."""
        return (*shape, self.output_dim)

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """One row per word."""
        return ((self.input_dim, self.output_dim),)

    def formula(self, shape: Shape) -> Text:
        """Words times length."""
        return text(
            "Embedding: {words} words × {length} numbers = {count} parameters",
            words=self.input_dim,
            length=self.output_dim,
            count=self.parameter_count(shape),
        )

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Look the rows up; word 0 is masked if ``mask_zero``."""
        return Output(weights[0][x.astype("int64")], mask=x != 0 if self.mask_zero else None)


@dataclass(frozen=True)
class Dense(Layer):
    """A fully connected layer on the last axis."""

    units: int
    activation: str = "linear"
    use_bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        """The last axis becomes ``units``."""
        return (*shape[:-1], self.units)

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """Kernel, bias."""
        kernel = (shape[-1], self.units)
        return (kernel, (self.units,)) if self.use_bias else (kernel,)

    def formula(self, shape: Shape) -> Text:
        """Inputs times units, and a bias each."""
        return text(
            "Dense: {inputs} × {units} weights + {biases} biases = {count} parameters",
            inputs=shape[-1],
            units=self.units,
            biases=self.units if self.use_bias else 0,
            count=self.parameter_count(shape),
        )

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Return activation(x · kernel + bias)."""
        z = x @ weights[0] + (weights[1] if self.use_bias else 0)
        return Output(ACTIVATIONS[self.activation](z), mask=mask)


@dataclass(frozen=True)
class Dropout(Layer):
    """Drops a share of its inputs in training; changes nothing at inference."""

    rate: float


@dataclass(frozen=True)
class Activation(Layer):
    """An activation function as a layer of its own."""

    activation: str

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Apply the function."""
        return Output(ACTIVATIONS[self.activation](x), mask=mask)


@dataclass(frozen=True)
class Masking(Layer):
    """Masks the steps in which every feature equals ``mask_value``."""

    mask_value: float = 0.0

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Set masked steps to zero and hand the mask on."""
        kept = np.any(x != self.mask_value, axis=-1)
        return Output(x * kept[..., None], mask=kept)


@dataclass(frozen=True)
class TimeDistributed(Layer):
    """Applies one layer to every step."""

    layer: Layer

    def output_shape(self, shape: Shape) -> Shape:
        """Each step's shape becomes the inner layer's."""
        return (shape[0], *self.layer.output_shape(shape[1:]))

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """Those of the inner layer: every step shares them."""
        return self.layer.weight_shapes(shape[1:])

    def formula(self, shape: Shape) -> Text | None:
        """Return the inner layer's: every step shares the weights."""
        return self.layer.formula(shape[1:])

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Treat every step as a sample of its own."""
        flat = self.layer.forward(x.reshape(-1, *x.shape[2:]), weights).value
        return Output(flat.reshape(*x.shape[:2], *flat.shape[1:]), mask=mask)


@dataclass(frozen=True)
class Bidirectional(Layer):
    """Runs a recurrent layer forwards and another backwards, and merges them."""

    layer: Layer
    merge_mode: str | None = "concat"

    def output_shape(self, shape: Shape) -> Shape:
        """``concat`` doubles the last axis, the others keep it."""
        inner = self.layer.output_shape(shape)
        return (*inner[:-1], inner[-1] * (2 if self.merge_mode == "concat" else 1))

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """Those of the forward layer, then those of the backward layer."""
        return self.layer.weight_shapes(shape) * 2

    def formula(self, shape: Shape) -> Text:
        """Twice the inner layer."""
        return text(
            "Bidirectional: 2 directions × {inner} = {count} parameters",
            inner=self.layer.parameter_count(shape),
            count=self.parameter_count(shape),
        )

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Read once in each direction; a sequence read backwards is turned round again."""
        half = len(weights) // 2
        back_mask = None if mask is None else mask[:, ::-1]
        half_states = (None, None)
        if states:
            half_states = (states[: len(states) // 2], states[len(states) // 2 :])  # type: ignore[assignment]
        ahead = self.layer.forward(x, weights[:half], mask, half_states[0])
        back = self.layer.forward(x[:, ::-1], weights[half:], back_mask, half_states[1])
        forwards, backwards = ahead.value, back.value
        if backwards.ndim == 3:
            backwards = backwards[:, ::-1]
            # Keras gives zeros at masked steps here, and only here (``zero_output_for_mask``).
            kept = np.ones((1, 1, 1)) if mask is None else mask[..., np.newaxis]
            forwards, backwards = forwards * kept, backwards * kept
        merged = MERGES[self.merge_mode](forwards, backwards)
        return Output(merged, ahead.states + back.states, ahead.mask)


MERGES: dict[str | None, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "concat": lambda ahead, back: np.concatenate([ahead, back], axis=-1),
    "sum": np.add,
    "mul": np.multiply,
    "ave": lambda ahead, back: (ahead + back) / 2,
}
