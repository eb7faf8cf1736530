"""Old spellings that say what they mean: understood here, and noted.

Each one worked in the TensorFlow, NumPy or Keras it was written for. The
parent turns a note (its ``kind``) into a sentence with today's spelling.
"""

from __future__ import annotations

import functools
import importlib
import importlib.abc
import importlib.machinery
import inspect
import re
import sys
import types
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

    # ``import tensorflow.keras.losses`` makes a module of its own beside ``tf.keras.losses``.
    for name in ("losses", "metrics"):
        for package in (keras, tf.keras, importlib.import_module("tensorflow.keras")):
            module = getattr(package, name)
            _understand_names(module, _loss_of(module), "loss_alias")
        module = importlib.import_module(f"tensorflow.keras.{name}")
        _understand_names(module, _loss_of(module), "loss_alias")
    _understand_names(np, NUMPY_NAMES.get, "numpy_alias")
    _wrap(keras.layers.Embedding, _mend_embedding)
    _wrap(keras.layers.Layer, _mend_input_shape)
    for name in OPTIMIZERS:
        _wrap(getattr(keras.optimizers, name), _mend_optimizer)
    _accept_legacy_optimizers(tf)
    _accept_capitals()
    _accept_symbolic_tensors(tf)
    sys.meta_path.append(OldModules())


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
                place = module.__name__.replace("keras._tf_keras.keras", "tf.keras")
                recording.note(kind, written=f"{place}.{name}", today=now)
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


def _mend_input_shape(kwargs: dict[str, Any]) -> None:
    if "batch_input_shape" in kwargs:
        kwargs["input_shape"] = kwargs.pop("batch_input_shape")[1:]
    if "input_shape" in kwargs and recording.student_line():
        recording.note("layer_input_shape")


def _accept_legacy_optimizers(tf: Any) -> None:
    """Read ``keras.optimizers.legacy.Adam`` as ``keras.optimizers.Adam``."""
    for package in (keras, tf.keras):
        legacy = getattr(package.optimizers, "legacy", None)
        for name in OPTIMIZERS if legacy is not None else ():
            setattr(legacy, name, _todays_optimizer(name))


def _todays_optimizer(name: str) -> Callable[..., Any]:
    def make(*args: Any, **kwargs: Any) -> Any:
        recording.note("legacy_optimizer", written=f"legacy.{name}", today=name)
        return getattr(keras.optimizers, name)(*args, **kwargs)

    return make


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


def _accept_symbolic_tensors(tf: Any) -> None:
    """Let ``tf.sigmoid(Dense(1)(x))`` be written in a functional model."""
    places = {
        tf: ("sigmoid", "tanh", "squeeze", "expand_dims", "reshape", "cast", "reduce_mean"),
        tf.nn: ("sigmoid", "tanh", "relu", "softmax"),
        tf.math: ("sigmoid", "tanh", "reduce_mean"),
    }
    for module, names in places.items():
        for name in names:
            setattr(module, name, _for_symbolic_too(getattr(module, name)))


def _for_symbolic_too(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(first: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(first, keras.KerasTensor):
            return function(first, *args, **kwargs)
        recording.note("tf_function_on_symbolic", written=function.__name__)
        return keras.layers.Lambda(lambda tensor: function(tensor, *args, **kwargs))(first)

    return call


class OldModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that Keras 2 was divided into: ``keras.layers.recurrent``."""

    NAMES = re.compile(
        r"(?:tensorflow\.)?keras\.(?:(layers)\.(?:core|recurrent|embeddings|wrappers|convolutional|merge|normalization)"
        r"|(utils)\.np_utils|(optimizers)\.(?:adam|optimizer)_v[12])"
    )

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Offer today's module under the old name; being last on the path, after every real finder."""
        return importlib.machinery.ModuleSpec(name, self) if self.NAMES.fullmatch(name) else None

    def create_module(self, spec: Any) -> types.ModuleType:
        """Make a module that looks every name up in today's."""
        found = self.NAMES.fullmatch(spec.name)
        assert found is not None
        today = getattr(keras, next(filter(None, found.groups())))
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: getattr(today, name)  # type: ignore[method-assign]
        recording.note("old_module", written=spec.name, today=today.__name__)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def mend_compile(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Mend the arguments of ``Model.compile``."""
    if len(args) > 2 and isinstance(args[2], list) and not all(isinstance(each, int | float) for each in args[2]):
        kwargs["metrics"] = args[2]
        args = args[:2]
        recording.note("metrics_by_position")
    if "experimental_run_tf_function" in kwargs:
        del kwargs["experimental_run_tf_function"]
        recording.note("compile_experimental")
    if isinstance(kwargs.get("metrics"), str):
        kwargs["metrics"] = [kwargs["metrics"]]
        recording.note("metrics_bare", written=kwargs["metrics"][0])
    return args


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
