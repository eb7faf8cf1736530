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


def renderer(choice: Format, *, width: int = 80, color: bool = False) -> Renderer:
    """Return the renderer of a format; its module is imported only now."""
    match choice:
        case Format.TERMINAL:
            from grader.renderers.terminal import Terminal  # noqa: PLC0415

            return Terminal(width, color=color).render
        case Format.JSON:
            from grader.renderers.json import render  # noqa: PLC0415

            return render
        case _:
            assert_never(choice)
