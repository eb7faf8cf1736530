"""What the worker said, as typed values: parsed strictly, once, here.

Evidence is hostile input. An answer that does not fit these types is a
protocol violation and earns nothing; after :func:`decode` nobody checks types
again. Arrays are NumPy arrays in C order.
"""

from __future__ import annotations

import hashlib
import sys
from typing import Any, Literal, TypeAlias

import msgspec
import numpy as np
from msgspec import Struct

from grader.worker.channel import ProtocolError, array_at

WRAPPERS = ("Bidirectional", "TimeDistributed")
LARGEST = 10**300
"""JSON's integers may be larger than any float."""


class Plain(Struct, frozen=True, tag_field="t", tag="plain"):
    """None, a boolean, a number or a string."""

    v: bool | int | float | str | None


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
    shape: tuple[int, ...]
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
    batches: tuple[int, ...]
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
Json: TypeAlias = bool | int | float | str | list[Any] | None


class Frame(Struct, frozen=True):
    """One line of the student's in a traceback."""

    label: str
    line: int
    function: str
    code: str
    column: int | None = None


class Failure(Struct, frozen=True):
    """An exception of the student's code."""

    type: str
    message: str
    frames: tuple[Frame, ...]


class WorkerNote(Struct, frozen=True):
    """A remark of the worker's, by kind."""

    kind: str
    place: tuple[str, int] | None
    details: dict[str, str]


class OptimizerState(Struct, frozen=True):
    """A compiled optimizer: Keras class and settings."""

    handle: str
    kind: str
    settings: dict[str, bool | int | float | str | None]


class Compiled(Struct, frozen=True, tag_field="t", tag="compiled"):
    """A call of ``Model.compile``."""

    model: str
    optimizer: OptimizerState
    optimizer_given: bool
    loss: str | None
    metrics: tuple[str | None, ...]
    place: tuple[str, int] | None = None


class Callback(Struct, frozen=True):
    """A callback that ``fit`` was given."""

    name: str
    handle: str


class DataCall(Struct, frozen=True):
    """What ``fit``, ``evaluate`` and ``predict`` have in common."""

    model: str
    x: Value
    y: Value
    validation: Value
    settings: dict[str, Json]
    callbacks: tuple[Callback, ...]
    place: tuple[str, int] | None = None


class Fitted(DataCall, frozen=True, tag_field="t", tag="fitted"):
    """A call of ``Model.fit``."""

    returned: Value = Plain(None)
    """The history that it made up: for every name a value after each epoch; nothing if it failed."""


class Evaluated(DataCall, frozen=True, tag_field="t", tag="evaluated"):
    """A call of ``Model.evaluate``."""

    returned: Value = Plain(None)
    """The loss and the metrics, in Keras's order; nothing if it failed."""


class Predicted(DataCall, frozen=True, tag_field="t", tag="predicted"):
    """A call of ``Model.predict``."""


class Line(Struct, frozen=True):
    """A line on an axes: its label and its points."""

    label: str
    x: Value
    y: Value


class Bars(Struct, frozen=True):
    """Bars drawn together: their label and their lengths."""

    label: str
    lengths: Value


class Axes(Struct, frozen=True):
    """One pair of axes of a figure."""

    title: str
    xlabel: str
    ylabel: str
    legend: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bars, ...] = ()
    ticks: tuple[str, ...] = ()
    """What stands along both axes."""


class Drawn(Struct, frozen=True, tag_field="t", tag="drawn"):
    """A figure that was saved (to ``path``) or shown."""

    path: str | None
    axes: tuple[Axes, ...]
    place: tuple[str, int] | None = None


class Arima(Struct, frozen=True, tag_field="t", tag="arima"):
    """A model of statsmodels' ARIMA family: what it was made of, and what it was asked."""

    kind: Literal["ARIMA", "SARIMAX"]
    endog: Value
    """The series that it describes, in one row."""
    order: tuple[int, ...]
    seasonal_order: tuple[int, ...]
    trend: tuple[int, ...] | None
    """Powers of time in the trend; None where none was asked for."""
    fitted: bool
    residuals: Value | None
    forecasts: tuple[Value, ...]
    place: tuple[str, int] | None = None


class Described(Struct, frozen=True, tag_field="t", tag="described"):
    """A call of pandas' ``describe``, by the numbers that it describes."""

    data: Value


Event: TypeAlias = Compiled | Fitted | Evaluated | Predicted | Drawn | Arima | Described


class LayerState(Struct, frozen=True):
    """A layer as the worker describes it; ``weights`` are its weights' shapes."""

    kind: str
    settings: dict[str, Json]
    inner: tuple[LayerState, ...]
    weights: tuple[tuple[int, ...], ...] = ()


class Source(Struct, frozen=True):
    """Where a tensor came from (``grader/worker/trace.py``)."""

    origin: str = msgspec.field(name="from")
    index: int = 0
    call: int = 0
    output: int = 0
    op: str = ""
    of: Source | None = None
    shape: tuple[int, ...] = ()


class LayerCall(Struct, frozen=True):
    """One call of a layer: the sources of what went in, the shapes that came out."""

    layer: int
    inputs: tuple[Source, ...]
    states: tuple[Source, ...]
    outputs: tuple[tuple[int, ...], ...]
    training: bool | None


class Trace(Struct, frozen=True):
    """One forward pass."""

    layers: tuple[LayerState, ...]
    calls: tuple[LayerCall, ...]
    outputs: tuple[Source, ...]
    unused_weights: tuple[tuple[int, ...], ...]


class Definition(Struct, frozen=True):
    """A public name of the submission: function, class, model or value."""

    kind: str
    handle: str = ""
    """Of a model."""
    number: int | None = None
    """Of a whole number."""


class Save(Struct, frozen=True):
    """A model saved by a callback: after which epoch (from 1), to which file."""

    epoch: int
    path: str


class Rehearsal(Struct, frozen=True):
    """What callbacks did in a training whose course was given."""

    epochs: int
    """So many were trained."""
    kept: int
    """The model has the weights of this epoch at the end."""
    saves: tuple[Save, ...]


class Answer(Struct, frozen=True):
    """An answer of the worker's, to any request."""

    events: tuple[Event, ...] = ()
    notes: tuple[WorkerNote, ...] = ()
    failed: str | None = None
    """Why the worker could not start: that is ours, not the student's."""
    failure: Failure | None = None
    level: str = "-"
    failures: tuple[Failure, ...] = ()
    names: dict[str, Definition] = {}
    result: Value | None = None
    trace: Trace | None = None
    layers: tuple[LayerState, ...] = ()
    declared: tuple[tuple[int | None, ...], ...] = ()
    """Input shapes that a model was declared with, the batch first."""
    outputs: tuple[Value, ...] = ()
    numbers: tuple[tuple[str, Value], ...] = ()
    rehearsal: Rehearsal | None = None


_DECODER = msgspec.json.Decoder(Answer)


def decode(body: bytes, blob: bytes) -> Answer:
    """Parse one answer.

    Raises:
        ProtocolError: it is not of the form it must have.
    """
    try:
        answer = _DECODER.decode(body)
        _require_consistent(answer.trace)
        read: Answer = _with_arrays(answer, blob)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise ProtocolError(f"the answer is not of the expected form: {problem}") from problem
    return read


def _require_consistent(trace: Trace | None) -> None:
    """Refuse a trace that names layers or calls that there are not."""
    for number, call in enumerate(trace.calls if trace else ()):
        if not 0 <= call.layer < len(trace.layers if trace else ()):
            raise ProtocolError("a trace names a layer that there is not")
        if any(_reaches(source) >= number for source in (*call.inputs, *call.states)):
            raise ProtocolError("a trace names a call that had not been made")
    if trace and any(_reaches(source) >= len(trace.calls) for source in trace.outputs):
        raise ProtocolError("a trace names a call that there is not")
    if trace and any(layer.kind in WRAPPERS and not layer.inner for layer in trace.layers):
        raise ProtocolError("a wrapper holds no layer")


def _reaches(source: Source) -> int:
    """Return the number of the call that a source names; -1 for none; huge for a number below 0."""
    while source.of is not None:
        source = source.of
    if source.origin != "call":
        return -1
    return source.call if source.call >= 0 and source.output >= 0 else sys.maxsize


def _with_arrays(thing: Any, blob: bytes) -> Any:
    """Return ``thing`` with every array's values read from ``blob``."""
    if isinstance(thing, Array):
        return msgspec.structs.replace(thing, values=_values(thing, blob))
    if isinstance(thing, tuple):
        return tuple(_with_arrays(item, blob) for item in thing)
    if isinstance(thing, Struct) and not isinstance(thing, _LEAVES):
        changed = {
            name: _with_arrays(getattr(thing, name), blob)
            for name in thing.__struct_fields__
            if isinstance(getattr(thing, name), tuple | Struct)
        }
        return msgspec.structs.replace(thing, **changed) if changed else thing
    return thing


_LEAVES = (Plain, Failure, WorkerNote, OptimizerState, Trace)


def _values(array: Array, blob: bytes) -> np.ndarray:
    entry = {"dtype": array.dtype, "shape": array.shape, "at": array.at}
    return array_at(entry, blob)


def array_of(value: Value | None) -> np.ndarray | None:
    """Return the numbers of an array, a number or a list of numbers, as float64."""
    match value:
        case Array():
            return np.asarray(value.values, "float64")
        case Plain(v=int() | float() as number):
            return np.asarray(number, "float64") if abs(number) < LARGEST else None
        case OddFloat():
            return np.asarray(float(value.v))
        case Sequence():
            parts = [array_of(item) for item in value.items]
            numbers = [part for part in parts if part is not None]
            if len(numbers) < len(parts) or len({part.shape for part in numbers}) != 1:
                return None
            return np.stack(numbers)
        case Table():
            parts = [array_of(column) for _, column in value.columns]
            return None if any(part is None for part in parts) else np.stack(parts, axis=-1)  # type: ignore[arg-type]
    return None


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
