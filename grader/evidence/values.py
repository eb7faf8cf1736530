"""Values of the student's code, as they came from the worker, and how some are sent there.

Arrays are NumPy arrays in C order; what cannot travel is known by its kind and
a handle.
"""

from __future__ import annotations

import hashlib
import math
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from msgspec import Meta, Struct

Int: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""JSON's whole numbers have no end; what is computed from one must fit a float, and a line."""
Size: TypeAlias = Annotated[int, Meta(ge=0, le=2**40)]
"""Of an axis."""


class Plain(Struct, frozen=True, tag_field="t", tag="plain"):
    """None, a boolean, a number or a string."""

    v: bool | Int | float | str | None


class OddFloat(Struct, frozen=True, tag_field="t", tag="float"):
    """A number that JSON cannot say: nan, inf, -inf."""

    v: Literal["nan", "inf", "-inf"]


class Array(Struct, frozen=True, tag_field="t", tag="array"):
    """An array that travelled whole; :func:`array_of` reads it."""

    dtype: str
    shape: tuple[int, ...]
    at: tuple[int, int]
    digest: str = ""
    kind: str = "ndarray"
    handle: str = ""
    values: Any = None
    index: tuple[str, ...] = ()
    """The labels of a pandas Series, as text."""


class Big(Struct, frozen=True, tag_field="t", tag="big"):
    """An array too large to travel."""

    dtype: str
    shape: tuple[Size, ...]
    digest: str
    kind: str = "ndarray"
    handle: str = ""


class Sequence(Struct, frozen=True, tag_field="t", tag="list"):
    """A list or tuple (``kind``)."""

    kind: str
    items: tuple[Value, ...]
    handle: str


class Mapping(Struct, frozen=True, tag_field="t", tag="dict"):
    """A dictionary, its keys as text."""

    items: tuple[tuple[str, Value], ...]
    handle: str


class Table(Struct, frozen=True, tag_field="t", tag="table"):
    """A pandas DataFrame; labels as text."""

    columns: tuple[tuple[str, Value], ...]
    index: tuple[str, ...] = ()
    handle: str = ""

    def column(self, name: str) -> Value | None:
        """Return a column by its name, None if there is none."""
        return dict(self.columns).get(name)


class Operation(Struct, frozen=True):
    """An operation of a tf.data pipeline."""

    name: str
    settings: dict[str, Json]


class Pipeline(Struct, frozen=True, tag_field="t", tag="pipeline"):
    """A tf.data pipeline, read once: the sizes of its batches, and the rows of all of them."""

    operations: tuple[Operation, ...]
    batches: tuple[Size, ...]
    x: Value
    y: Value
    handle: str


class Model(Struct, frozen=True, tag_field="t", tag="model"):
    """A Keras model."""

    name: str
    handle: str


class Layer(Struct, frozen=True, tag_field="t", tag="layer"):
    """A Keras layer that is no model."""

    name: str
    handle: str


class Optimizer(Struct, frozen=True, tag_field="t", tag="optimizer"):
    """A Keras optimizer."""

    name: str
    handle: str


class History(Struct, frozen=True, tag_field="t", tag="history"):
    """What ``fit`` returns."""

    keys: tuple[str, ...]
    handle: str


class Class(Struct, frozen=True, tag_field="t", tag="class"):
    """A class, not an instance."""

    name: str
    handle: str


class Other(Struct, frozen=True, tag_field="t", tag="object"):
    """Anything else."""

    name: str
    handle: str


Value: TypeAlias = (
    Plain
    | OddFloat
    | Array
    | Big
    | Sequence
    | Mapping
    | Table
    | Pipeline
    | Model
    | Layer
    | Optimizer
    | History
    | Class
    | Other
)
Json: TypeAlias = bool | Int | float | str | list[bool | Int | float | str | None] | None


def array_of(value: Value | None) -> np.ndarray | None:
    """Return the numbers of an array, a number or a list of numbers, as float64."""
    match value:
        case Array():
            return np.asarray(value.values, "float64")
        case Plain(v=int() | float() as number):
            return np.asarray(number, "float64")
        case OddFloat():
            return np.asarray(float(value.v))
        case Sequence():
            return _stacked([array_of(item) for item in value.items], axis=0)
        case Table():
            return _stacked([array_of(column) for _, column in value.columns], axis=-1)
    return None


def _stacked(parts: list[np.ndarray | None], axis: int) -> np.ndarray | None:
    """Return arrays of one shape as one array; None where they are of several shapes, or where there are none."""
    numbers = [part for part in parts if part is not None]
    if len(numbers) < len(parts) or len({part.shape for part in numbers}) != 1:
        return None
    return np.stack(numbers, axis)


def digest_of(array: np.ndarray) -> str:
    """Return the digest that the worker gives an array of these values, whatever its dtype."""
    return hashlib.sha256(np.ascontiguousarray(array, "<f8").tobytes()).hexdigest()[:32]


def plain(value: Value | None) -> Any:
    """Return the Python value of a plain value or of a sequence of them."""
    match value:
        case Plain():
            return value.v
        case OddFloat():
            return float(value.v)
        case Sequence():
            return [plain(item) for item in value.items]
    return None


def encode(value: Any, blob: Any) -> dict[str, Any]:
    """Return what stands for a Python value, an array or a :class:`Ref` in a request."""
    match value:
        case Ref():
            return {"t": "ref", "handle": value.handle, "path": list(value.path)}
        case np.ndarray():
            entry: dict[str, Any] = blob.add(value)
            return entry
        case Monthly():
            return {"t": "series", "start": value.start, "values": blob.add(value.values)}
        case tuple() | list():
            kind = "tuple" if isinstance(value, tuple) else "list"
            return {"t": "list", "kind": kind, "items": [encode(item, blob) for item in value]}
        case Table():
            columns = [[name, encode(column, blob)] for name, column in value.columns]
            return {"t": "table", "index": list(value.index), "columns": columns}
        case dict():
            return {"t": "dict", "items": [[key, encode(item, blob)] for key, item in value.items()]}
        case np.generic():
            return encode(value.item(), blob)
        case float() if not math.isfinite(value):
            return {"t": "float", "v": str(value)}
    return {"t": "plain", "v": value}


class Monthly(Struct, frozen=True):
    """A pandas Series of months, to be sent."""

    values: Any
    start: str
    """The first month, as in ``1991-01``."""


class Ref(Struct, frozen=True):
    """An object that lives in the worker: a handle, and indices into it."""

    handle: str
    path: tuple[int | str, ...] = ()
