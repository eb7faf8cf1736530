"""The execution trace: which layer ran on the output of which.

While a trace is on, every outermost call of a Keras layer is noted, with where
each of its inputs and initial states came from. A tensor's source is found by
identity; a tensor that no layer returned is explained by its values (a
slice, an activation function, a cast), for it is the arithmetic that counts
and not the way it was spelled.

A source is one of ``{"from": "input", "index": i}``,
``{"from": "call", "call": i, "output": j}``,
``{"from": "op", "op": "sigmoid", "of": source}``, ``{"from": "zeros"}``,
``{"from": "unknown", "shape": [...]}``.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np

from . import compat, layers, masks

STATES = ("initial_state", "states")
OPERATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "softmax": lambda x: (
        np.exp(x - x.max(-1, keepdims=True)) / np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True)
    ),
    "exponential": np.exp,
}

WEIGHTS_OF = keras.layers.Layer.weights.fget
"""Keras's own account of a model's weights, whatever the model says itself."""

_original_call: Any = None
_active: Trace | None = None


class _Known:
    """A tensor whose source is known."""

    def __init__(self, tensor: Any, source: dict[str, Any]) -> None:
        self.tensor = tensor
        self.source = source

    @functools.cached_property
    def array(self) -> np.ndarray | None:
        """Its numbers, read once however many tensors they are held against."""
        return _array(self.tensor)


class Trace:
    """The calls of one forward pass, and the source of every tensor seen."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.layers: list[Any] = []
        self.depth = 0
        self._known: list[_Known] = []

    def know(self, tensor: Any, source: dict[str, Any]) -> None:
        """Remember where ``tensor`` came from; the latest word counts."""
        self._known.append(_Known(tensor, source))

    def source(self, tensor: Any) -> dict[str, Any]:
        """Say where ``tensor`` came from."""
        known = next((each.source for each in reversed(self._known) if each.tensor is tensor), None)
        return self._explain(tensor) if known is None else known

    def layer_index(self, layer: Any) -> int:
        """Return the layer's number in order of first use."""
        for index, known in enumerate(self.layers):
            if known is layer:
                return index
        self.layers.append(layer)
        return len(self.layers) - 1

    def _explain(self, tensor: Any) -> dict[str, Any]:
        value = _array(tensor)
        if value is None:
            return {"from": "unknown", "shape": []}
        if not value.any():
            return {"from": "zeros"}
        for known in reversed(self._known):
            other = known.array
            operation = _relation(other, value) if other is not None else None
            if operation is not None:
                self.know(tensor, known.source if operation == "same" else _operation(operation, known.source))
                return self.source(tensor)
        return {"from": "unknown", "shape": list(value.shape)}


def _operation(name: str, source: dict[str, Any]) -> dict[str, Any]:
    return {"from": "op", "op": name, "of": source}


def _array(tensor: Any) -> np.ndarray | None:
    try:
        array = np.asarray(tensor)
    except Exception:  # a symbolic tensor, or an object of the student's
        return None
    return array.astype("float64") if array.dtype.kind in "biuf" else None


def _relation(before: np.ndarray, after: np.ndarray) -> str | None:
    """Name the operation that makes ``after`` from ``before``, if there is one."""
    if before.shape == after.shape:
        if np.array_equal(before, after):
            return "same"
        with np.errstate(over="ignore"):
            for name, function in OPERATIONS.items():
                if np.allclose(function(before), after, rtol=1e-5, atol=1e-6):
                    return name
    if before.ndim == 3 and after.shape == before[:, -1].shape:
        steps = [step for step in range(before.shape[1]) if np.array_equal(before[:, step], after)]
        if steps:
            return "last_step" if steps[-1] == before.shape[1] - 1 else f"step:{steps[0]}"
    if before.size == after.size and np.array_equal(before.ravel(), after.ravel()):
        return "reshape"
    return None


def install() -> None:
    """Put the recorder around ``Layer.__call__``."""
    global _original_call
    _original_call = keras.layers.Layer.__call__
    keras.layers.Layer.__call__ = _call


def _call(layer: Any, *args: Any, **kwargs: Any) -> Any:
    args, kwargs = compat.mend_layer_call(layer, args, kwargs)
    with masks.call_of(layer):
        return _watched(layer, args, kwargs)


def _watched(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    trace = _active
    if trace is None or trace.depth or layers.kind_of(layer) is None:
        return _original_call(layer, *args, **kwargs)
    trace.depth += 1
    try:
        result = _original_call(layer, *args, **kwargs)
    finally:
        trace.depth -= 1
    if any(_is_symbolic(tensor) for tensor in tensors_in(result)):
        return result
    return _note_call(trace, layer, args, kwargs, result)


def _note_call(trace: Trace, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> Any:
    bound = _arguments(layer, args, kwargs)
    states = [value for name, value in bound.items() if name in STATES]
    first = next(iter(bound.values()), None)
    sources = [trace.source(tensor) for tensor in tensors_in(first)]
    state_sources = [trace.source(tensor) for tensor in tensors_in(states)]
    if not isinstance(result, list | tuple) and result is first:
        result = _copy(result)
    outputs = list(tensors_in(result))
    index = len(trace.calls)
    for number, tensor in enumerate(outputs):
        trace.know(tensor, {"from": "call", "call": index, "output": number})
    trace.calls.append(
        {
            "layer": trace.layer_index(layer),
            "inputs": sources,
            "states": state_sources,
            "outputs": [list(tensor.shape) for tensor in outputs],
            "training": bool(bound["training"]) if isinstance(bound.get("training"), bool) else None,
        }
    )
    return result


def _arguments(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(inspect.signature(layer.call).bind(*args, **kwargs).arguments)
    except TypeError:
        return {"inputs": args[0] if args else None, **kwargs}


def _copy(tensor: Any) -> Any:
    """A layer that changes nothing still gets a tensor of its own to be known by."""
    copy = keras.ops.copy(tensor)
    mask = getattr(tensor, "_keras_mask", None)
    if mask is not None:
        copy._keras_mask = mask
    return copy


def _is_symbolic(tensor: Any) -> bool:
    return not hasattr(tensor, "numpy")


def tensors_in(value: Any) -> Iterator[Any]:
    """Yield the tensors and arrays in a structure, in order."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from tensors_in(item)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))
    elif hasattr(value, "shape") and hasattr(value, "dtype"):
        yield value


def record(model: Any, inputs: list[Any]) -> tuple[Trace, list[dict[str, Any]], BaseException | None]:
    """Run ``model`` once on ``inputs``; return trace, output sources and what stopped it."""
    global _active
    tensors = [keras.ops.convert_to_tensor(value) for value in inputs]
    trace = Trace()
    for index, tensor in enumerate(tensors):
        trace.know(tensor, {"from": "input", "index": index})
    _active = trace
    try:
        result = call_model(model, tensors, training=False)
    except BaseException as problem:  # the student's code may raise anything
        return trace, [], problem
    finally:
        _active = None
    return trace, [trace.source(tensor) for tensor in tensors_in(result)], None


def call_model(model: Any, tensors: list[Any], training: bool) -> Any:
    """Call a model on one input, or on several in the way that it takes them.

    As in Keras's own ``fit``, a model whose ``call`` has no parameter ``training`` is not told.
    """
    takes_list = len(tensors) > 1 and len(getattr(model, "inputs", None) or ()) == len(tensors)
    args = (tensors,) if takes_list else tuple(tensors)
    return model(*args, training=True) if training and takes_training(model) else model(*args)


def takes_training(model: Any) -> bool:
    """Tell whether a model's ``call`` has the parameter ``training``."""
    return bool(getattr(model, "_call_has_training_arg", True))


def describe(model: Any, trace: Trace, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the trace as plain data."""
    used = {id(weight) for layer in trace.layers for weight in layer.weights}
    held = WEIGHTS_OF(model) if isinstance(model, keras.layers.Layer) else ()
    unused = [weight for weight in held if id(weight) not in used]
    return {
        "layers": [
            {**layers.describe(layer), "weights": [list(weight.shape) for weight in layer.weights]}
            for layer in trace.layers
        ],
        "calls": trace.calls,
        "outputs": outputs,
        "unused_weights": [list(weight.shape) for weight in unused],
    }
