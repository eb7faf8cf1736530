"""Models as the worker describes them: their layers, and the trace of one forward pass."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from grader.evidence.values import Json


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
