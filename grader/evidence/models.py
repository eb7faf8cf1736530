"""Models as the worker describes them: their layers, and the trace of one forward pass."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Struct

from grader.evidence.values import Int, Json, Size

Op: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^(?!step:)|^step:[0-9]{1,6}$")]
"""An operation; that which takes a step out of a sequence says which."""


class LayerState(Struct, frozen=True):
    """A layer as the worker describes it; ``weights`` are its weights' shapes."""

    kind: str
    settings: dict[str, Json]
    inner: tuple[LayerState, ...]
    weights: tuple[tuple[Size, ...], ...] = ()


class Source(Struct, frozen=True):
    """Where a tensor came from (``grader/worker/trace.py``)."""

    origin: str = msgspec.field(name="from")
    index: Int = 0
    call: Int = 0
    output: Int = 0
    op: Op = ""
    of: Source | None = None
    shape: tuple[Size, ...] = ()


class LayerCall(Struct, frozen=True):
    """One call of a layer: the sources of what went in, the shapes that came out."""

    layer: Int
    inputs: tuple[Source, ...]
    states: tuple[Source, ...]
    outputs: tuple[tuple[Size, ...], ...]
    training: bool | None


class Trace(Struct, frozen=True):
    """One forward pass."""

    layers: tuple[LayerState, ...]
    calls: tuple[LayerCall, ...]
    outputs: tuple[Source, ...]
    unused_weights: tuple[tuple[Size, ...], ...]
