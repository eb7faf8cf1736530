"""What the worker remembers of one submission while its code runs."""

from __future__ import annotations

import sys
import types
from typing import Any

LABELS: set[str] = set()
"""File names under which the student's source was compiled."""

OBJECTS: dict[str, Any] = {}
"""Objects that the parent may refer to, by handle (kept alive here)."""

EVENTS: list[dict[str, Any]] = []
"""What the student's code asked of Keras, Matplotlib and statsmodels, in order."""

NOTES: list[dict[str, Any]] = []
"""Old spellings that were understood, and other remarks, each once."""

LIFE = 0
"""Which of the submission's processes this is, one after another: its handles say so, for they die with it."""

_HANDLES: dict[int, str] = {}
_COPIES: list[Any] = []
"""Kept alive, as their handles go by their identity."""


def handle_of(thing: Any) -> str:
    """Return the handle of ``thing``, giving it one at first sight."""
    known = _HANDLES.get(id(thing))
    if known is None:
        known = f"h{LIFE}.{len(OBJECTS)}"
        _HANDLES[id(thing)] = known
        OBJECTS[known] = thing
    return known


def pass_for(copy: Any, handle: str) -> None:
    """Let a copy of an object go by the handle of the original."""
    _HANDLES[id(copy)] = handle
    _COPIES.append(copy)


def student_frame() -> types.FrameType | None:
    """Return the innermost running frame of the student's code."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename not in LABELS:
        frame = frame.f_back
    return frame


def student_line() -> tuple[str, int] | None:
    """Return (file label, line) of the innermost running line of the student's."""
    frame = student_frame()
    return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)


def note(kind: str, **details: Any) -> None:
    """Remember a remark about the student's present line, once."""
    place = student_line()
    entry = {"kind": kind, "place": list(place) if place else None, "details": details}
    if entry not in NOTES:
        NOTES.append(entry)
