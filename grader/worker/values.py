"""Values on their way to the parent and back.

Every value is a tagged object: ``{"t": "plain", "v": 3}``,
``{"t": "float", "v": "nan"}`` for what JSON cannot say, ``array``, ``list``
(with ``kind``), ``dict``, ``big`` (an array too large to travel: shape, dtype
and digest), ``table`` (a DataFrame, by columns), ``pipeline`` (a tf.data
pipeline, by what comes out of it), and for everything else what it is and its
handle: ``model``, ``optimizer``, ``history``, ``layer``, ``object``, ``class``.
A request may hold ``{"t": "ref", "handle": h, "path": [index, ...]}``, and
``series``: numbers by month, for a pandas Series.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from . import pipelines, recording
from .channel import DTYPES, Blob, array_at

MAX_DEPTH = 6
MAX_ITEMS = 2_000
MAX_COLUMNS = 100
MAX_TEXT = 4_000
MAX_ARRAY_BYTES = 2 * 2**20


def encode(value: Any, blob: Blob, depth: int = 0) -> dict[str, Any]:
    """Return what stands for ``value`` in a message; its arrays go to ``blob``."""
    if value is None or type(value) is bool:
        return {"t": "plain", "v": value}
    if type(value) in (int, float, str):
        return _encode_scalar(value)
    if isinstance(value, (list, tuple)) and depth < MAX_DEPTH and len(value) <= MAX_ITEMS:
        return _with_handle(
            value,
            t="list",
            kind="tuple" if isinstance(value, tuple) else "list",
            items=[encode(item, blob, depth + 1) for item in value],
        )
    if isinstance(value, dict) and depth < MAX_DEPTH and len(value) <= MAX_ITEMS:
        return _with_handle(
            value,
            t="dict",
            items=[[str(key)[:200], encode(item, blob, depth + 1)] for key, item in value.items()],
        )
    return _encode_object(value, blob)


def _encode_scalar(value: int | float | str) -> dict[str, Any]:
    if type(value) is str:
        return {"t": "plain", "v": value[:MAX_TEXT]}
    if type(value) is int and abs(value) >= 2**63:
        return {"t": "float", "v": "inf" if value > 0 else "-inf"}
    if type(value) is float and not math.isfinite(value):
        return {"t": "float", "v": str(value)}
    return {"t": "plain", "v": value}


def _with_handle(thing: Any, **entry: Any) -> dict[str, Any]:
    return {**entry, "handle": recording.handle_of(thing)}


def _encode_object(value: Any, blob: Blob) -> dict[str, Any]:
    import keras  # noqa: PLC0415

    if type(value).__name__ == "TensorShape" and value.rank is not None:
        return encode(tuple(value.as_list()), blob)
    if type(value).__name__ == "DataFrame" and len(value) <= MAX_ITEMS:
        return _with_handle(value, t="table", **_encode_table(value, blob))
    array = as_array(value)
    if array is not None:
        return _with_handle(value, **_encode_array(array, blob), kind=type(value).__name__, **_index_of(value))
    if isinstance(value, type):
        return _with_handle(value, t="class", name=value.__name__)
    kinds = {
        "model": keras.Model,
        "layer": keras.layers.Layer,
        "optimizer": keras.optimizers.Optimizer,
    }
    for tag, kind in kinds.items():
        if issubclass(type(value), kind):  # an object may say that its class is another
            return _with_handle(value, t=tag, name=type(value).__name__)
    if pipelines.is_dataset(value):
        return _encode_pipeline(value, blob)
    if isinstance(value, keras.callbacks.History):
        return _with_handle(value, t="history", keys=[str(key) for key in value.history])
    return _with_handle(value, t="object", name=type(value).__name__)


def _encode_table(table: Any, blob: Blob) -> dict[str, Any]:
    columns = [(str(name)[:200], table.iloc[:, number]) for number, name in enumerate(table.columns[:MAX_COLUMNS])]
    return {
        "index": [str(label)[:200] for label in table.index],
        "columns": [
            [name, encode(column if as_array(column) is not None else column.tolist(), blob)]
            for name, column in columns
        ],
    }


def _encode_pipeline(dataset: Any, blob: Blob) -> dict[str, Any]:
    try:
        described = pipelines.described(dataset)
    except Exception:  # a generator of the student's may raise anything
        return _with_handle(dataset, t="object", name=type(dataset).__name__)
    rows = {name: encode(described.pop(name), blob) for name in ("x", "y")}
    return _with_handle(dataset, t="pipeline", **described, **rows)


def _index_of(value: Any) -> dict[str, Any]:
    """The labels of a pandas Series."""
    if type(value).__name__ != "Series" or len(value) > MAX_ITEMS:
        return {}
    return {"index": [str(label)[:200] for label in value.index]}


def _encode_array(array: np.ndarray, blob: Blob) -> dict[str, Any]:
    if array.nbytes <= MAX_ARRAY_BYTES:
        return {**blob.add(array), "digest": digest(array)}
    return {
        "t": "big",
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "digest": digest(array),
    }


def digest(array: np.ndarray) -> str:
    """Return a digest of an array's values, whatever its dtype."""
    return hashlib.sha256(np.ascontiguousarray(array, "<f8").tobytes()).hexdigest()[:32]


def as_array(value: Any) -> np.ndarray | None:
    """Return a numeric array for NumPy, TensorFlow and pandas values, else None."""
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
    elif hasattr(value, "numpy") and hasattr(value, "dtype") and hasattr(value, "shape"):
        array = np.asarray(value.numpy())
    elif type(value).__module__.split(".")[0] == "pandas" and hasattr(value, "to_numpy"):
        array = np.asarray(value.to_numpy())
    else:
        return None
    return array if array.dtype.name in DTYPES else None


def decode(entry: dict[str, Any], blob: bytes) -> Any:
    """Return the value that the parent sent."""
    tag = entry["t"]
    if tag == "plain":
        return entry["v"]
    if tag == "float":
        return float(entry["v"])
    if tag == "array":
        return array_at(entry, blob).copy()
    if tag == "list":
        items = [decode(item, blob) for item in entry["items"]]
        return tuple(items) if entry["kind"] == "tuple" else items
    if tag == "dict":
        return {key: decode(item, blob) for key, item in entry["items"]}
    if tag == "table":
        return _decode_table(entry, blob)
    if tag == "series":
        return _decode_series(entry, blob)
    if tag == "ref":
        return follow(recording.OBJECTS[entry["handle"]], entry["path"])
    raise ValueError(tag)


def _decode_table(entry: dict[str, Any], blob: bytes) -> Any:
    import pandas  # noqa: PLC0415 - only where a lesson works with tables

    columns = {name: decode(column, blob) for name, column in entry["columns"]}
    return pandas.DataFrame(columns, index=entry["index"] or None)


def _decode_series(entry: dict[str, Any], blob: bytes) -> Any:
    import pandas  # noqa: PLC0415 - only where a lesson works with months

    values = array_at(entry["values"], blob).copy()
    return pandas.Series(values, index=pandas.date_range(entry["start"], periods=len(values), freq="MS"))


def follow(thing: Any, path: list[int | str]) -> Any:
    """Return ``thing[path[0]][path[1]]…``."""
    for step in path:
        thing = thing[step]
    return thing
