"""Layers described as plain data: what they are, how they are set.

A description is ``{"kind": "SimpleRNN", "settings": {...}, "inner": [...]}``.
``kind`` is the Keras class the layer's own class descends from; the classes
are looked up by identity in a table made before the student's code exists.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow

SETTINGS: dict[str, tuple[str, ...]] = {
    "Embedding": ("input_dim", "output_dim", "mask_zero"),
    "Dense": ("units", "activation", "use_bias"),
    "Dropout": ("rate",),
    "SpatialDropout1D": ("rate",),
    "GaussianNoise": ("stddev",),
    "Activation": ("activation",),
    "ReLU": ("max_value", "negative_slope", "threshold"),
    "LeakyReLU": ("negative_slope",),
    "Softmax": ("axis",),
    "Masking": ("mask_value",),
    "Flatten": (),
    "Reshape": ("target_shape",),
    "RepeatVector": ("n",),
    "Bidirectional": ("merge_mode",),
    "TimeDistributed": (),
    "BatchNormalization": ("axis", "momentum", "epsilon"),
    "LayerNormalization": ("axis", "epsilon"),
}
CELL_SETTINGS = ("units", "activation", "use_bias", "dropout", "recurrent_dropout")
LAYER_SETTINGS = (
    "return_sequences",
    "return_state",
    "go_backwards",
    "stateful",
    "unroll",
)
_GATES = {"SimpleRNN": (), "LSTM": ("recurrent_activation",), "GRU": ("recurrent_activation", "reset_after")}
for _name, _gates in _GATES.items():
    SETTINGS[_name + "Cell"] = CELL_SETTINGS + _gates
    SETTINGS[_name] = CELL_SETTINGS + _gates + LAYER_SETTINGS
SETTINGS["RNN"] = LAYER_SETTINGS

KINDS: dict[type, str] = {}
"""Every layer class that Keras itself offers, and its name."""

ACTIVATIONS: dict[Any, str] = {}
"""Every activation function that Keras itself offers, and its name."""

LARGEST = 2**63 - 1
"""Whole numbers beyond it do not travel."""

PROBE = np.array([[-2.0, -0.75, -0.1, 0.0, 0.3, 1.1, 2.5]], "float32")


def install() -> None:
    """Remember Keras's own classes and functions, before anyone can touch them."""
    for name in dir(keras.layers):
        kind = getattr(keras.layers, name)
        if isinstance(kind, type) and issubclass(kind, keras.layers.Layer):
            KINDS.setdefault(kind, kind.__name__)
    # A Lambda is what its function computes: the trace explains that by its values.
    for transparent in (keras.layers.Layer, keras.layers.Wrapper, keras.layers.Lambda):
        KINDS.pop(transparent, None)
    for name in dir(keras.activations):
        function = getattr(keras.activations, name)
        if callable(function) and name not in ("get", "serialize", "deserialize"):
            ACTIVATIONS.setdefault(function, name)


def kind_of(layer: Any) -> str | None:
    """Return the name of the Keras class that ``layer`` is, None for a container.

    Models and the student's own layers that only hold other layers have none.
    """
    if isinstance(layer, keras.Model):
        return None
    for cls in type(layer).__mro__:
        if cls in KINDS:
            return KINDS[cls]
    return None


def describe(layer: Any) -> dict[str, Any]:
    """Return the description of one layer (and of those inside it)."""
    kind = kind_of(layer) or type(layer).__name__
    settings = {name: plain(getattr(layer, name, None)) for name in SETTINGS.get(kind, ())}
    settings.update(_penalties(layer))
    if not getattr(layer, "trainable", True):
        settings["trainable"] = False
    return {"kind": kind, "settings": settings, "inner": [describe(part) for part in _inner(layer, kind)]}


def held_by(model: Any) -> list[Any]:
    """Return the layers in a model, those of nested models too, but no layer's own parts."""
    found: list[Any] = []
    for layer in model._flatten_layers(include_self=False, recursive=False):
        kind = kind_of(layer)
        if kind is None:
            found += held_by(layer)
        elif kind != "InputLayer":
            found.append(layer)
    return found


def kept_by(model: Any) -> dict[str, Any]:
    """Return the tensors that a model keeps in attributes of its own, by the attributes' names."""
    return {name: value for name, value in vars(model).items() if not name.startswith("_") and _is_tensors(value)}


def _is_tensors(value: Any) -> bool:
    several = list(value) if isinstance(value, list | tuple) else [value]
    return bool(several) and all(isinstance(each, tensorflow.Tensor | np.ndarray) for each in several)


def _inner(layer: Any, kind: str) -> list[Any]:
    if kind == "Bidirectional":
        return [layer.forward_layer, layer.backward_layer]
    if kind == "TimeDistributed":
        return [layer.layer]
    if kind == "RNN":
        return list(getattr(layer.cell, "cells", [layer.cell]))
    return []


def _penalties(layer: Any) -> dict[str, str]:
    """Regularizers and constraints: they change how a layer learns."""
    found = {}
    for name, value in list(vars(layer).items()):
        if name.endswith(("_regularizer", "_constraint")) and value is not None:
            found[name.lstrip("_")] = type(value).__name__
    return found


def plain(value: Any) -> Any:
    """Return a setting as plain data; a function becomes an activation's name."""
    if value is None or type(value) in (bool, str):
        return value
    if isinstance(value, int | np.integer):
        return max(-LARGEST, min(int(value), LARGEST))
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else str(float(value))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return activation_name(value) if callable(value) else type(value).__name__


def activation_name(function: Any) -> str:
    """Name an activation by what it computes, however it was given."""
    try:
        if function in ACTIVATIONS:
            return ACTIVATIONS[function]
        ours = np.asarray(function(keras.ops.convert_to_tensor(PROBE)))
    except Exception:  # a function of the student's may do anything
        return "unknown"
    return next((name for known, name in ACTIVATIONS.items() if _computes(known, ours)), "unknown")


def _computes(known: Any, expected: np.ndarray) -> bool:
    try:
        return np.allclose(expected, np.asarray(known(keras.ops.convert_to_tensor(PROBE))), atol=1e-6)
    except (TypeError, ValueError):  # some take more than one argument, or an axis of another length
        return False
