"""SimpleRNN, LSTM and GRU as values, with their equations in NumPy.

The equations are Keras's: https://keras.io/api/layers/recurrent_layers
(gates of the LSTM in the order input, forget, candidate, output; of the GRU
update, reset, candidate; ``h = z · h_previous + (1 − z) · candidate``).
A masked step repeats the last output and keeps the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from grader.spec.functions import ACTIVATIONS
from grader.spec.layers import Array, Layer, Mask, Output, Shape, States, Weights
from grader.text import Text, text


@dataclass(frozen=True)
class Recurrent(Layer):
    """What the three recurrent layers have in common."""

    FREE: ClassVar[tuple[str, ...]] = ("return_state", "unroll")
    GATES: ClassVar[int] = 1
    STATES: ClassVar[int] = 1

    units: int
    activation: str = "tanh"
    use_bias: bool = True
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    dropout: float = 0.0
    recurrent_dropout: float = 0.0

    def output_shape(self, shape: Shape) -> Shape:
        """``(time, features)`` becomes ``(units,)`` or ``(time, units)``."""
        return (shape[0], self.units) if self.return_sequences else (self.units,)

    def weight_shapes(self, shape: Shape) -> tuple[Shape, ...]:
        """Kernel, recurrent kernel, bias."""
        width = self.GATES * self.units
        kernels = ((shape[-1], width), (self.units, width))
        return (*kernels, self._bias_shape()) if self.use_bias else kernels

    def _bias_shape(self) -> Shape:
        return (self.GATES * self.units,)

    def formula(self, shape: Shape) -> Text:
        """(inputs + units + 1) × units, once per gate."""
        return text(
            "{kind}: {gates}({inputs} × {units} for the input + {units} × {units} for the state + {biases} biases) "
            "= {count} parameters",
            kind=self.kind,
            gates=f"{self.GATES} × " if self.GATES > 1 else "",
            inputs=shape[-1],
            units=self.units,
            biases=int(np.prod(self._bias_shape())) // self.GATES if self.use_bias else 0,
            count=self.parameter_count(shape),
        )

    def forward(self, x: Array, weights: Weights, mask: Mask = None, states: States = None) -> Output:
        """Run over the steps and return the last output or all of them."""
        handed_on = mask if self.return_sequences else None  # Keras does not turn it round
        if self.go_backwards:
            x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
        zeros = np.zeros((len(x), self.units))
        now: Weights = states or (zeros,) * self.STATES
        output, outputs = zeros, []
        for step in range(x.shape[1]):
            after = self.step(x[:, step], now, weights)
            keep = np.ones((len(x), 1), bool) if mask is None else mask[:, step : step + 1]
            now = tuple(np.where(keep, new, old) for new, old in zip(after, now, strict=True))
            output = np.where(keep, after[0], output)
            outputs.append(output)
        value = np.stack(outputs, axis=1) if self.return_sequences else output
        return Output(value, now, handed_on)

    def step(self, x: Array, states: Weights, weights: Weights) -> Weights:
        """Return the states after one step; the first of them is the output."""
        raise NotImplementedError


@dataclass(frozen=True)
class SimpleRNN(Recurrent):
    """h = activation(x · W + h · U + b)."""

    def step(self, x: Array, states: Weights, weights: Weights) -> Weights:
        """One step of the vanilla RNN."""
        z = x @ weights[0] + states[0] @ weights[1] + (weights[2] if self.use_bias else 0)
        return (ACTIVATIONS[self.activation](z),)


@dataclass(frozen=True)
class LSTM(Recurrent):
    """Long short-term memory: hidden state h and cell state c."""

    GATES: ClassVar[int] = 4
    STATES: ClassVar[int] = 2

    recurrent_activation: str = "sigmoid"

    def step(self, x: Array, states: Weights, weights: Weights) -> Weights:
        """Return h = o · activation(c) and c = f · c_previous + i · candidate."""
        hidden, cell = states
        z = x @ weights[0] + hidden @ weights[1] + (weights[2] if self.use_bias else 0)
        gate, act = ACTIVATIONS[self.recurrent_activation], ACTIVATIONS[self.activation]
        i, f, candidate, o = np.split(z, 4, axis=-1)
        cell = gate(f) * cell + gate(i) * act(candidate)
        return gate(o) * act(cell), cell


@dataclass(frozen=True)
class GRU(Recurrent):
    """Gated recurrent unit; ``reset_after`` as in Keras (True by default)."""

    GATES: ClassVar[int] = 3

    recurrent_activation: str = "sigmoid"
    reset_after: bool = True

    def _bias_shape(self) -> Shape:
        return (2, 3 * self.units) if self.reset_after else (3 * self.units,)

    def step(self, x: Array, states: Weights, weights: Weights) -> Weights:
        """With ``reset_after`` the reset gate scales h · U, else h itself."""
        (hidden,) = states
        gate, act = ACTIVATIONS[self.recurrent_activation], ACTIVATIONS[self.activation]
        bias = weights[2] if self.use_bias else np.zeros(self._bias_shape())
        into, back = (bias[0], bias[1]) if self.reset_after else (bias, np.zeros_like(bias))
        xz, xr, xh = np.split(x @ weights[0] + into, 3, axis=-1)
        uz, ur, uh = np.split(weights[1], 3, axis=-1)
        bz, br, bh = np.split(back, 3)
        z, r = gate(xz + hidden @ uz + bz), gate(xr + hidden @ ur + br)
        inner = r * (hidden @ uh + bh) if self.reset_after else (r * hidden) @ uh
        return (z * hidden + (1 - z) * act(xh + inner),)
