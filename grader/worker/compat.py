"""Old spellings that say what they mean: understood here, and noted.

Each one worked in the TensorFlow, NumPy or Keras it was written for. The
parent turns a note (its ``kind``) into a sentence with today's spelling.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from . import recording

LOSS_NAMES = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "kld": "kl_divergence",
}
NUMPY_NAMES = {"NaN": "nan", "Inf": "inf", "float_": "float64", "bool8": "bool_"}
OPTIMIZERS = ("SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")


def install() -> None:
    """Make Keras, TensorFlow and NumPy understand what they used to."""
    import tensorflow as tf  # noqa: PLC0415

    for module in (keras.losses, keras.metrics, tf.keras.losses, tf.keras.metrics):
        _understand_names(module, _loss_of(module), "loss_alias")
    _understand_names(np, NUMPY_NAMES.get, "numpy_alias")
    _wrap(keras.layers.Embedding, _mend_embedding)
    _wrap(keras.layers.Layer, _note_input_shape)
    for name in OPTIMIZERS:
        _wrap(getattr(keras.optimizers, name), _mend_optimizer)
    _accept_capitals()


def _loss_of(module: Any) -> Callable[[str], str | None]:
    """Return what finds today's name, in ``module``, of a loss's other name."""
    both = {**LOSS_NAMES, **{long: short for short, long in LOSS_NAMES.items()}}

    def today(name: str) -> str | None:
        other = both.get(name)
        return other if other in vars(module) else None

    return today


def _understand_names(module: Any, today: Callable[[str], str | None], kind: str) -> None:
    """Let ``module`` answer to names that it has no more."""
    original = vars(module).get("__getattr__")

    def find(name: str) -> Any:
        now = today(name)
        if now is not None:
            if recording.student_line():
                recording.note(kind, written=name, today=now)
            return getattr(module, now)
        if original is not None:
            return original(name)
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    module.__getattr__ = find


def _wrap(cls: type, mend: Callable[[dict[str, Any]], None]) -> None:
    """Let ``mend`` see the keyword arguments of ``cls(...)`` first."""
    original = cls.__init__  # type: ignore[misc]

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        mend(kwargs)
        original(self, *args, **kwargs)

    # Keras reads the constructor's signature to make a layer's configuration.
    init.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]
    cls.__init__ = init  # type: ignore[misc]


def _mend_optimizer(kwargs: dict[str, Any]) -> None:
    if "lr" in kwargs:
        kwargs["learning_rate"] = kwargs.pop("lr")
        recording.note("optimizer_lr")


def _mend_embedding(kwargs: dict[str, Any]) -> None:
    if "input_length" in kwargs:
        del kwargs["input_length"]
        recording.note("embedding_input_length")


def _note_input_shape(kwargs: dict[str, Any]) -> None:
    if "input_shape" in kwargs and recording.student_line():
        recording.note("layer_input_shape")


def _accept_capitals() -> None:
    """Read ``activation='Sigmoid'`` as ``'sigmoid'``."""
    import keras.src.activations as home  # noqa: PLC0415

    original = home.get

    @functools.wraps(original)
    def get(identifier: Any) -> Any:
        if isinstance(identifier, str) and identifier != identifier.lower():
            try:
                return original(identifier)
            except ValueError:
                recording.note("activation_capital", written=identifier)
                return original(identifier.lower())
        return original(identifier)

    home.get = get
    keras.activations.get = get


def mend_compile(kwargs: dict[str, Any]) -> None:
    """Mend the keyword arguments of ``Model.compile``."""
    if "experimental_run_tf_function" in kwargs:
        del kwargs["experimental_run_tf_function"]
        recording.note("compile_experimental")
    if isinstance(kwargs.get("metrics"), str):
        kwargs["metrics"] = [kwargs["metrics"]]
        recording.note("metrics_bare", written=kwargs["metrics"][0])


def mend_layer_call(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Turn flags given by position (``cell(x, states, training)``) into keywords."""
    flags = [index for index, value in enumerate(args) if index and (value is None or type(value) is bool)]
    if not flags or isinstance(layer, keras.Model):
        return args, kwargs
    names = [name for name in inspect.signature(layer.call).parameters if name != "self"]
    if flags[0] >= len(names):
        return args, kwargs
    given = dict(zip(names[flags[0] :], args[flags[0] :], strict=False))
    recording.note("positional_flag", name=names[flags[0]])
    return args[: flags[0]], {**given, **kwargs}
