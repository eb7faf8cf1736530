"""Models that are unrolled step by step: a cell in a loop over the words, ``unroll=True``.

Eighty steps of two cells take seconds to trace into a graph, which Keras does
to build a model at its first call. Here such a model is built by running it.
A few words are enough to see what a training would have asked of any recurrent
model.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import keras
from keras.src import utils

from . import layers, loading

FEW_STEPS = 3
RECURRENT = ("SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "StackedRNNCells")


def install() -> None:
    """Let unrolled models be built by their first, eager call."""
    layer_type = keras.layers.Layer
    original = layer_type._maybe_build

    def maybe_build(layer: Any, call_spec: Any) -> None:
        # Keras goes the same way where its symbolic call fails: the eager call makes the weights.
        eager = call_spec.eager and isinstance(layer, keras.Model) and utils.is_default(layer.build)
        if layer.built or not (eager and is_unrolled(layer)):
            original(layer, call_spec)

    layer_type._maybe_build = maybe_build


def is_unrolled(model: Any) -> bool:
    """Tell whether a model holds cells of its own, or layers that are unrolled."""
    held = layers.held_by(model)
    return any(str(layers.kind_of(each)).endswith("Cell") or getattr(each, "unroll", False) for each in held)


def few_steps(model: Any, inputs: Any) -> Any:
    """Return the last words of a batch of reviews, for a model that reads them one by one; else None."""
    words = getattr(inputs, "ndim", 0) == 2 and keras.backend.is_int_dtype(inputs.dtype)
    if not words or inputs.shape[1] <= FEW_STEPS or _is_declared_for(model, inputs.shape[1]):
        return None
    recurrent = any(str(layers.kind_of(each)).startswith(RECURRENT) for each in layers.held_by(model))
    return inputs[:, -FEW_STEPS:] if recurrent else None


def _is_declared_for(model: Any, length: int) -> bool:
    return any(tensor.shape[1:2] == (length,) for tensor in getattr(model, "inputs", None) or ())


@contextlib.contextmanager
def lengths(whole: int, few: int) -> Iterator[None]:
    """Let the student's own constants for the number of words say ``few`` for a while."""
    names = [name for name, value in loading.MODULE.__dict__.items() if type(value) is int and value == whole]
    loading.MODULE.__dict__.update(dict.fromkeys(names, few))
    try:
        yield
    finally:
        loading.MODULE.__dict__.update(dict.fromkeys(names, whole))
