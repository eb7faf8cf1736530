"""Answers of the worker: parsed strictly, once, here.

An answer that does not fit these types is a protocol violation and earns
nothing; after :func:`decode` nobody checks types again.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from grader.evidence.events import Event, OptimizerState
from grader.evidence.models import LayerState, Source, Trace
from grader.evidence.values import Array, Int, Plain, Size, Value
from grader.isolation import Level
from grader.worker.channel import ProtocolError, array_at

WRAPPERS = ("Bidirectional", "TimeDistributed")
MAX_DEPTH = 50
"""Of layers within layers, and of operations on operations."""


class Frame(Struct, frozen=True):
    """One line of the student's in a traceback."""

    label: str
    line: Int
    function: str
    code: str
    column: Int | None = None


class Failure(Struct, frozen=True):
    """An exception of the student's code."""

    type: str
    message: str
    frames: tuple[Frame, ...]


class WorkerNote(Struct, frozen=True):
    """A remark of the worker's, by kind."""

    kind: str
    place: tuple[str, Int] | None
    details: dict[str, str]


class Definition(Struct, frozen=True):
    """A public name of the submission: function, class, model or value."""

    kind: str
    handle: str = ""
    """Of a model."""
    number: Int | None = None
    """Of a whole number."""


class Save(Struct, frozen=True):
    """A model saved by a callback: after which epoch (from 1), to which file."""

    epoch: Int
    path: str


class Rehearsal(Struct, frozen=True):
    """What callbacks did in a training whose course was given."""

    epochs: Int
    """So many were trained."""
    kept: Int
    """The model has the weights of this epoch at the end."""
    saves: tuple[Save, ...]


class Answer(Struct, frozen=True):
    """An answer of the worker's, to any request."""

    id: str = ""
    """Of the request that it answers: a frame that was sent in advance names none, or another."""
    events: tuple[Event, ...] = ()
    notes: tuple[WorkerNote, ...] = ()
    failed: str | None = None
    """Why the worker could not start: that is ours, not the student's."""
    failure: Failure | None = None
    level: Level = Level.NONE
    failures: tuple[Failure, ...] = ()
    names: dict[str, Definition] = {}
    result: Value | None = None
    trace: Trace | None = None
    layers: tuple[LayerState, ...] = ()
    declared: tuple[tuple[Size | None, ...], ...] = ()
    """Input shapes that a model was declared with, the batch first."""
    kept: tuple[tuple[str, Value], ...] = ()
    """The tensors that a model keeps in attributes."""
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
        _require_sound((*answer.layers, *(answer.trace.layers if answer.trace else ())))
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


def _require_sound(layers: tuple[LayerState, ...], depth: int = 1) -> None:
    """Refuse wrappers that hold no layer, and layers within layers without end."""
    if depth > MAX_DEPTH:
        raise ProtocolError("a layer holds too many layers within each other")
    for layer in layers:
        if layer.kind in WRAPPERS and not layer.inner:
            raise ProtocolError("a wrapper holds no layer")
        _require_sound(layer.inner, depth + 1)


def _reaches(source: Source) -> int:
    """Return the number of the call that a source names; -1 for none; huge for a number below 0."""
    depth = 0
    while source.origin == "op" and source.of is not None:
        source = source.of
        depth += 1
        if depth > MAX_DEPTH:
            raise ProtocolError("a source is computed from too many others")
    if source.origin == "input" and source.index < 0:
        return sys.maxsize
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
