"""tf.data pipelines, described by what comes out of them.

However a pipeline was put together, what training sees is its batches. They
are read once (up to a limit), all rows are put one after another, and the
operations that made them are noted beside, since a shuffle's buffer cannot be
told from its output.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow

from . import layers, recording

OPERATIONS = ("shuffle", "batch", "padded_batch", "repeat", "map", "cache", "prefetch", "take", "skip", "filter")
MAX_BATCHES = 64
MAX_ROWS = 4096

_operations: dict[int, list[dict[str, Any]]] = {}
"""The operations that made a dataset, by its identity (``recording`` keeps it alive)."""
_read: dict[int, list[Any]] = {}


def install() -> None:
    """Note the operations that datasets are made with."""
    for name in OPERATIONS:
        setattr(tensorflow.data.Dataset, name, _noting(name, getattr(tensorflow.data.Dataset, name)))


def _noting(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(original)

    @functools.wraps(original)
    def operation(dataset: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(dataset, *args, **kwargs)
        given = signature.bind(dataset, *args, **kwargs).arguments
        settings = {key: _number(value) for key, value in list(given.items())[1:]}
        plain = {key: value for key, value in settings.items() if isinstance(value, bool | int | float | str)}
        recording.handle_of(result)
        _operations[id(result)] = [*_operations.get(id(dataset), ()), {"name": name, "settings": plain}]
        return result

    return operation


def _number(value: Any) -> Any:
    """Return a setting as plain data; sizes may be tensors."""
    return value.numpy().item() if hasattr(value, "numpy") and value.shape == () else layers.plain(value)


def is_dataset(value: Any) -> bool:
    """Tell a dataset from arrays."""
    return isinstance(value, tensorflow.data.Dataset)


def first_batch(dataset: Any) -> tuple[Any, Any]:
    """Return the inputs and targets of the first batch."""
    batches = batches_of(dataset)
    return _pair(batches[0]) if batches else (None, None)


def batches_of(dataset: Any) -> list[Any]:
    """Return the batches, each a tuple of tensors; read only once."""
    recording.handle_of(dataset)
    if id(dataset) not in _read:
        batches, rows = [], 0
        for batch in dataset:
            batches.append(batch)
            rows += _rows(batch)
            if len(batches) == MAX_BATCHES or rows >= MAX_ROWS:
                break
        _read[id(dataset)] = batches
    return _read[id(dataset)]


def _pair(batch: Any) -> tuple[Any, Any]:
    """Return the inputs and the targets of a batch."""
    return (*batch, None)[:2] if isinstance(batch, tuple) else (batch, None)


def _rows(batch: Any) -> int:
    inputs = batch[0] if isinstance(batch, tuple) else batch
    shape = list(getattr(inputs, "shape", ()))
    return int(shape[0]) if shape else 1


def described(dataset: Any) -> dict[str, Any]:
    """Return what a pipeline gives: its operations, the sizes of its batches, its rows."""
    batches = batches_of(dataset)
    parts = [_pair(batch) for batch in batches]
    return {
        "operations": _operations.get(id(dataset), []),
        "batches": [_rows(batch) for batch in batches],
        "x": _joined([x for x, _ in parts]),
        "y": _joined([y for _, y in parts]),
    }


def _joined(parts: list[Any]) -> Any:
    """Return the rows of all batches in one array; None where they are of no one form."""
    try:
        return np.concatenate([np.atleast_1d(np.asarray(part)) for part in parts])
    except (TypeError, ValueError):
        return None
