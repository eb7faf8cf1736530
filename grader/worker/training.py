"""What stands in for ``compile``, ``fit``, ``evaluate`` and ``predict``.

``compile`` really compiles. ``fit`` does not train: it notes its arguments,
runs the model once on the first rows (so that what would fail, fails here with
the same message) and returns a ``History`` with the keys and length a real one
would have. ``evaluate`` and ``predict`` run the model, without tracing a graph.
"""

from __future__ import annotations

import contextlib
import inspect
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow

from . import compat, layers, pipelines, recording, trace, unrolled, values
from .channel import Blob

ROWS = 3
"""As many as a batch of the parent's: a model is built once for each number."""
MAX_ROWS = 4096
MAX_HISTORY = 10_000
VALIDATION = 1.1
"""What is measured on validation data, as a multiple: a curve of the one is none of the other."""
SMALLEST = 0.01

_FORM_ERRORS = (ValueError, TypeError, tensorflow.errors.InvalidArgumentError)
"""What a loss raises that is for targets of another form."""

_originals: dict[str, Any] = {}
_signatures: dict[str, inspect.Signature] = {}
_optimizer_names: dict[type, str] = {}
_logs: dict[Any, dict[str, float]] = {}
"""Losses and metrics of a model since it was compiled, by the data."""
_full_length: set[str] = set()
"""Models that do not run on the first words only."""


def install() -> None:
    """Put the stand-ins in place of the methods of ``keras.Model``."""
    for name, stand_in in {
        "compile": _compile,
        "fit": _fit,
        "evaluate": _evaluate,
        "predict": _predict,
    }.items():
        _originals[name] = getattr(keras.Model, name)
        _signatures[name] = inspect.signature(_originals[name])
        # Where it is defined: a class that has another ``compile`` than that is not compiled when it is loaded.
        home = next(kind for kind in keras.Model.__mro__ if name in vars(kind))
        setattr(home, name, stand_in)
    for name in dir(keras.optimizers):
        kind = getattr(keras.optimizers, name)
        if isinstance(kind, type) and issubclass(kind, keras.optimizers.Optimizer):
            _optimizer_names.setdefault(kind, kind.__name__)
    _optimizer_names.pop(keras.optimizers.Optimizer, None)


def _event(kind: str, **details: Any) -> dict[str, Any]:
    """Append an event to the record; arrays stay arrays until it is sent."""
    place = recording.student_line()
    event = {"t": kind, "place": list(place) if place else None, **details}
    recording.EVENTS.append(event)
    return event


def _compile(model: Any, *args: Any, **kwargs: Any) -> None:
    args = compat.mend_compile(args, kwargs)
    _logs.clear()
    _originals["compile"](model, *args, **kwargs)
    given = _signatures["compile"].bind(model, *args, **kwargs).arguments
    _event(
        "compiled",
        model=recording.handle_of(model),
        optimizer=describe_optimizer(model.optimizer),
        optimizer_given=given.get("optimizer") is not None,
        loss=_spelled(given.get("loss")),
        metrics=[_spelled(metric) for metric in _flat(given.get("metrics"))],
    )


def describe_optimizer(optimizer: Any) -> dict[str, Any]:
    """Return an optimizer's class and numbers as plain data."""
    kind = next((name for cls, name in _optimizer_names.items() if type(optimizer) is cls), None)
    config = optimizer.get_config() if optimizer is not None else {}
    return {
        "handle": recording.handle_of(optimizer),
        "kind": kind or type(optimizer).__name__,
        "settings": {
            key: layers.plain(value)
            for key, value in config.items()
            if value is None or isinstance(value, bool | int | float | str)
        },
    }


def _spelled(thing: Any) -> str | None:
    """How the student named a loss or a metric, for messages only."""
    if thing is None or isinstance(thing, str):
        return thing
    name = getattr(thing, "__name__", None)
    return str(name) if name else f"{type(thing).__name__}({_changed(thing)})"


def _changed(thing: Any) -> str:
    """The settings of a loss or metric object that are not the defaults."""
    try:
        given, default = thing.get_config(), type(thing)().get_config()
    except Exception:  # not every class of a student's has them
        return ""
    changed = {name: value for name, value in given.items() if value != default.get(name) and name != "name"}
    return ", ".join(f"{name}={value!r}"[:60] for name, value in changed.items())


def _flat(thing: Any) -> list[Any]:
    if thing is None:
        return []
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, list | tuple):
        return [leaf for item in thing for leaf in _flat(item)]
    return [thing]


def _fit(model: Any, *args: Any, **kwargs: Any) -> Any:
    given = _bind("fit", model, args, kwargs)
    model._assert_compile_called("fit")
    event = _event("fitted", model=recording.handle_of(model), returned=None, **_noted(given))
    logs = _one_batch(model, given)
    _save_checkpoints(model, given, logs)
    history = _history(model, given, logs)
    event["returned"] = dict(history.history)
    return history


def _save_checkpoints(model: Any, given: dict[str, Any], logs: dict[str, float]) -> None:
    """Write what a checkpoint would have written, for code that loads it again."""
    every = {**logs, **{"val_" + name: value for name, value in logs.items()}}
    for callback in _flat(given.get("callbacks")):
        if isinstance(callback, keras.callbacks.ModelCheckpoint):
            path = str(callback.filepath).format(epoch=1, **every)
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            model.save_weights(path) if callback.save_weights_only else model.save(path)


def _evaluate(model: Any, *args: Any, **kwargs: Any) -> Any:
    given = _bind("evaluate", model, args, kwargs)
    model._assert_compile_called("evaluate")
    event = _event("evaluated", model=recording.handle_of(model), returned=None, **_noted(given))
    logs = _one_batch(model, given)
    numbers = [logs["loss"], *(value for name, value in logs.items() if name != "loss")]
    event["returned"] = numbers
    if given.get("return_dict"):
        return dict(sorted(logs.items()))
    return numbers if len(numbers) > 1 else numbers[0]


def _predict(model: Any, *args: Any, **kwargs: Any) -> Any:
    given = _bind("predict", model, args, kwargs)
    _event("predicted", model=recording.handle_of(model), **_noted(given))
    return np.concatenate([np.asarray(_forward(model, part)) for part in _parts(given["x"])])


def _parts(inputs: Any) -> list[Any]:
    """Return the inputs in pieces: a dataset's batches, or so many rows."""
    if pipelines.is_dataset(inputs):
        return [batch[0] if isinstance(batch, tuple) else batch for batch in pipelines.batches_of(inputs)]
    starts = range(0, max(_length(inputs), 1), MAX_ROWS)
    return [_rows(inputs, slice(start, start + MAX_ROWS)) for start in starts]


def _bind(name: str, model: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    bound = _signatures[name].bind(model, *args, **kwargs)
    bound.apply_defaults()
    given = dict(bound.arguments)
    del given["self"]
    given.pop("kwargs", None)
    return given


def _noted(given: dict[str, Any]) -> dict[str, Any]:
    validation = given.get("validation_data")
    settings = {name: layers.plain(value) for name, value in given.items() if _is_setting(value)}
    callbacks = _flat(given.get("callbacks"))
    return {
        "x": given["x"],
        "y": given.get("y"),
        "validation": list(validation) if isinstance(validation, list | tuple) else validation,
        "settings": settings,
        "callbacks": [{"name": type(each).__name__, "handle": recording.handle_of(each)} for each in callbacks],
    }


def _is_setting(value: Any) -> bool:
    if isinstance(value, list | tuple) and not _is_arrays(value):
        return len(value) < MAX_HISTORY and all(isinstance(item, int) for item in value)
    return value is None or isinstance(value, bool | int | float | str | np.integer | np.floating)


def _one_batch(model: Any, given: dict[str, Any]) -> dict[str, float]:
    """Run forward pass, loss and metrics on the first rows, or on a dataset's first batch; on the same only once."""
    inputs, targets = given["x"], given.get("y")
    if pipelines.is_dataset(inputs):
        x, y = pipelines.first_batch(inputs)
        if x is None:
            raise ValueError("The dataset holds no batch: with drop_remainder, it takes at least batch_size rows.")
    else:
        x, y = _rows(inputs, slice(0, ROWS)), _rows(targets, slice(0, ROWS))
        if _length(inputs) != _length(targets):
            raise ValueError(
                "Data cardinality is ambiguous. Make sure all arrays contain the same number of "
                f"samples. x: {_length(inputs)}, y: {_length(targets)}"
            )
    key = (recording.handle_of(model), _digest(x), _digest(y))
    if key not in _logs:
        _logs[key] = _losses_and_metrics(model, x, y)
    return dict(_logs[key])


def _digest(data: Any) -> Any:
    if isinstance(data, list | tuple):
        return tuple(_digest(each) for each in data)
    array = values.as_array(data)
    return None if array is None else (array.shape, array.dtype.name, values.digest(array))


def _losses_and_metrics(model: Any, x: Any, y: Any) -> dict[str, float]:
    predictions = _forward(model, x)
    loss = model.compute_loss(x=x, y=y, y_pred=predictions)
    model._loss_tracker.update_state(loss)
    model.compute_metrics(x, y, predictions)
    logs = {name: float(value) for name, value in model.get_metrics_result().items()}
    model.reset_metrics()
    return logs


def _forward(model: Any, inputs: Any) -> Any:
    few = None if recording.handle_of(model) in _full_length else unrolled.few_steps(model, inputs)
    if few is not None:
        try:
            with unrolled.lengths(inputs.shape[1], few.shape[1]):
                return _run(model, few)
        except Exception as problem:  # it counts on the full length
            _full_length.add(recording.handle_of(model))
            first = problem
        try:
            return _run(model, inputs)
        except Exception as second:
            # What fails in the same way at both lengths fails for a reason of its own, which the first attempt tells.
            raise first if type(first) is type(second) else second from None
    return _run(model, inputs)


def _run(model: Any, inputs: Any) -> Any:
    return model(inputs, training=False) if trace.takes_training(model) else model(inputs)


def _rows(data: Any, rows: slice) -> Any:
    if isinstance(data, list | tuple) and data and not np.isscalar(data[0]) and _is_arrays(data):
        return [_rows(item, rows) for item in data]
    return None if data is None else keras.ops.convert_to_tensor(np.asarray(data)[rows])


def _is_arrays(data: Any) -> bool:
    return all(isinstance(item, np.ndarray) or hasattr(item, "numpy") for item in data)


def _length(data: Any) -> int:
    if isinstance(data, list | tuple) and data and _is_arrays(data):
        data = data[0]
    return 0 if data is None else len(data)


def _history(model: Any, given: dict[str, Any], logs: dict[str, float]) -> Any:
    history = keras.callbacks.History()
    epochs = min(int(given["epochs"]), MAX_HISTORY)
    logs = dict(sorted(logs.items()))
    if given.get("validation_data") is not None or given.get("validation_split"):
        logs = {**logs, **{"val_" + name: max(value, SMALLEST) * VALIDATION for name, value in logs.items()}}
    history.set_model(model)
    history.set_params({"epochs": epochs, "verbose": given.get("verbose"), "steps": None})
    history.epoch = list(range(given.get("initial_epoch") or 0, epochs))
    validated = _validated(given.get("validation_freq"), history.epoch)
    measured = {name: validated if name.startswith("val_") else history.epoch for name in logs}
    history.history = {
        name: [logs[name] * 0.95**epoch for epoch in measured_after]
        for name, measured_after in measured.items()
        if measured_after
    }
    model.history = history
    return history


def _validated(frequency: Any, epochs: list[int]) -> list[int]:
    """Return the epochs after which the validation data are looked at."""
    if isinstance(frequency, list | tuple):
        return [epoch for epoch in epochs if epoch + 1 in frequency]
    return [epoch for epoch in epochs if (epoch + 1) % int(frequency or 1) == 0]


def measured(model: Any, targets: np.ndarray, predictions: np.ndarray) -> dict[str, np.ndarray]:
    """Return the compiled loss and metrics on batches that the parent drew.

    Args:
        model: the compiled model.
        targets: shape (batches, rows, units).
        predictions: the same shape.

    Returns:
        A number for each batch, by name; NaN where Keras's own cannot take them.
    """
    batches = [
        _measured_on(model, *map(keras.ops.convert_to_tensor, batch))
        for batch in zip(targets, predictions, strict=True)
    ]
    if not _is_of_keras(model.loss):
        # A real fit compiles a graph: a loss that leaves TensorFlow works in eager mode only.
        x, y, y_pred = map(keras.ops.convert_to_tensor, (np.zeros((len(targets[0]), 1)), targets[0], predictions[0]))
        tensorflow.function(model.compute_loss).get_concrete_function(x=x, y=y, y_pred=y_pred)
        model.reset_metrics()
    names = list(dict.fromkeys(name for batch in batches for name in batch))
    return {name: np.array([batch.get(name, np.nan) for batch in batches]) for name in names}


def stepped(optimizer: Any, gradients: np.ndarray) -> np.ndarray:
    """Return what a new optimizer of the same settings makes of weights that start at zero."""
    made = type(optimizer).from_config(optimizer.get_config())
    weights = keras.Variable(np.zeros(gradients.shape[1:], "float32"))
    for gradient in gradients:
        made.apply_gradients([(keras.ops.convert_to_tensor(gradient), weights)])
    return np.asarray(weights)


def _measured_on(model: Any, y: Any, y_pred: Any) -> dict[str, float]:
    x = keras.ops.zeros((len(y), 1))
    numbers = {"loss": float("nan")}
    with contextlib.suppress(*(_FORM_ERRORS if _is_of_keras(model.loss) else ())):
        numbers["loss"] = float(model.compute_loss(x=x, y=y, y_pred=y_pred))
    model.reset_metrics()
    with contextlib.suppress(*_FORM_ERRORS):
        metrics = model.compute_metrics(x, y, y_pred)
        numbers |= {"metric:" + name: float(value) for name, value in metrics.items() if name != "loss"}
    model.reset_metrics()
    return numbers


def _is_of_keras(loss: Any) -> bool:
    """Tell a loss of Keras's own from one of the student's (or of another library)."""
    home = getattr(loss, "__module__", None) or type(loss).__module__
    return loss is None or isinstance(loss, str) or str(home).startswith("keras.src.")


def encode_event(event: dict[str, Any], blob: Blob) -> dict[str, Any]:
    """Make an event ready to travel."""
    encoded = dict(event)
    for name in ("x", "y", "validation", "returned"):
        if name in event:
            encoded[name] = values.encode(event[name], blob)
    return encoded
