"""Renderers: pure functions from a report to text, one file each."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import assert_never

from grader.language import Language
from grader.report import Report

Renderer = Callable[[Report, Language], str]


class Format(Enum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    JSON = "json"


def renderer(choice: Format, *, width: int = 80, color: bool = False, many: bool = False) -> Renderer:
    """Return the renderer of a format; its module is imported only now.

    Args:
        choice: the format.
        width: columns of the terminal.
        color: whether the terminal shows colours.
        many: several reports will follow each other.
    """
    match choice:
        case Format.TERMINAL:
            from grader.renderers.terminal import Terminal  # noqa: PLC0415

            return Terminal(width, color=color).render
        case Format.JSON:
            from grader.renderers.json import render, render_line  # noqa: PLC0415

            return render_line if many else render
        case _:
            assert_never(choice)
