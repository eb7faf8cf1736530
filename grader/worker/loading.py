"""The student's source, run as a module; and exceptions cut to their own lines."""

from __future__ import annotations

import linecache
import re
import sys
import textwrap
import traceback
import types
from typing import Any

import keras

from . import pictures, platforms, recording

MODULE_NAME = "submission"
MAX_MESSAGE = 1_500
MAX_FRAMES = 12
MAX_CONSTANT = 2**31
OTHER_FILES = re.compile(r"^\s*File \"[^\"]*[/\\][^\"]*\", line .*(?:\n|$)", re.MULTILINE)
"""Lines of a traceback inside a message (TensorFlow writes such) that are not of the student's file."""
FENCE = re.compile(r"^\s*(```|~~~)")

MODULE = types.ModuleType(MODULE_NAME)


def load(cells: list[dict[str, str]]) -> dict[str, Any]:
    """Run the cells in order, in one namespace.

    A script is one cell. A notebook goes on after a cell that fails, as its
    author would; every failure is reported.

    Returns:
        ``{"failures": [...], "names": {...}}``: the exceptions, and for every
        public function and class its kind and parameter names.
    """
    sys.modules[MODULE_NAME] = MODULE
    MODULE.__file__ = cells[0]["label"] if cells else "submission.py"
    sys.argv = [MODULE.__file__]
    platforms.install_for(MODULE.__dict__)
    failures = []
    for cell in cells:
        failure = run_cell(cell["label"], cell["source"])
        if len(cells) > 1:
            pictures.end_of_cell()
        if failure is not None:
            failures.append(failure)
    return {"failures": failures, "names": public_names()}


def run_cell(label: str, source: str) -> dict[str, Any] | None:
    """Run one piece of source; return its failure, or None."""
    recording.LABELS.add(label)
    try:
        code = _compile(label, source)
        exec(code, MODULE.__dict__)  # noqa: S102 - running it is what this process is for
    except BaseException as problem:  # the student's code may raise anything
        return failure_of(problem)
    return None


def _compile(label: str, source: str) -> types.CodeType:
    _remember_lines(label, source)
    try:
        return compile(source, label, "exec", dont_inherit=True)
    except SyntaxError:
        bare = unfenced(source)
        if bare is None:
            raise
    _remember_lines(label, bare)
    code = compile(bare, label, "exec", dont_inherit=True)
    recording.note("markdown_fences")
    return code


def _remember_lines(label: str, source: str) -> None:
    linecache.cache[label] = (len(source), None, source.splitlines(True), label)


def unfenced(source: str) -> str | None:
    """Keep the code between Markdown fences, on its own lines; None without fences."""
    lines, block, inside, found = [], [], False, False
    for line in [*source.split("\n"), "```"]:
        if not FENCE.match(line):
            block.append(line)
            continue
        text = textwrap.dedent("\n".join(block)).split("\n") if inside else [""] * len(block)
        lines += [*text[: len(block)], ""]
        found, inside, block = found or inside, not inside, []
    return "\n".join(lines) if found else None


def public_names() -> dict[str, dict[str, Any]]:
    """Say what the submission defines."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in list(MODULE.__dict__.items()):
        if name.startswith("_") or isinstance(value, types.ModuleType) or _is_imported(value):
            continue
        found[name] = {"kind": _kind(value)}
        if isinstance(value, keras.Model):
            found[name]["handle"] = recording.handle_of(value)
        if type(value) is int and abs(value) < MAX_CONSTANT:
            found[name]["number"] = value
        if len(found) >= 500:
            break
    return found


def _is_imported(value: Any) -> bool:
    """Tell what the student took from elsewhere: ``from keras.datasets.imdb import load_data``."""
    return isinstance(value, types.FunctionType | type) and value.__module__ != MODULE_NAME


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, keras.Model):
        return "model"
    return "function" if callable(value) and not isinstance(value, keras.layers.Layer) else "value"


def failure_of(problem: BaseException) -> dict[str, Any]:
    """Describe an exception, with the frames that are the student's own."""
    try:
        message = OTHER_FILES.sub("", str(problem))
    except Exception:  # the exception may be of the student's making
        message = ""
    failure: dict[str, Any] = {"type": type(problem).__name__, "message": message[:MAX_MESSAGE], "frames": []}
    if isinstance(problem, SyntaxError) and problem.filename in recording.LABELS:
        return {**failure, "message": str(problem.msg), "frames": [_syntax_frame(problem)]}
    failure["frames"] = _own_frames(problem)
    return failure


def _own_frames(problem: BaseException) -> list[dict[str, Any]]:
    """The student's own lines; a line that calls itself again and again stands once."""
    own: list[dict[str, Any]] = []
    for frame in traceback.extract_tb(problem.__traceback__):
        if frame.filename not in recording.LABELS:
            continue
        entry = {
            "label": frame.filename,
            "line": frame.lineno or 0,
            "function": frame.name,
            "code": (frame.line or "")[:300],
            "column": None,
        }
        if entry not in own[-2:]:
            own.append(entry)
    return own[-MAX_FRAMES:]


def _syntax_frame(problem: SyntaxError) -> dict[str, Any]:
    return {
        "label": problem.filename,
        "line": problem.lineno or 0,
        "function": "",
        "code": (problem.text or "").rstrip("\n")[:300],
        "column": problem.offset,
    }
