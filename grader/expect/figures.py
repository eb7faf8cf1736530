"""Expectations of figures, by what is drawn on their axes."""

from __future__ import annotations

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Drawn, Line
from grader.report import Feedback
from grader.text import Text, literal, text


def expect_figure(called: Called, *, path: str, lines: tuple[tuple[Text, np.ndarray], ...]) -> None:
    """Expect a saved figure with these lines: what each shows, and its heights.

    Colours, labels and extra lines are free.
    """
    figures: tuple[Drawn, ...] = called.of_kind(Drawn)
    saved = [figure for figure in figures if _file_name(figure.path) == path]
    if not saved:
        called.result()
        raise CheckFailed(Feedback(_no_file(path, figures), literal(path)))
    drawn = [line for axes in saved[-1].axes for line in axes.lines]
    missing = [what for what, heights in lines if not any(_shows(line, heights) for line in drawn)]
    if missing:
        found = text("The figure shows {count} lines.", count=len(drawn))
        details = tuple(text("No line shows {what}.", what=what) for what in missing)
        raise CheckFailed(Feedback(found, None, details))


def _file_name(path: str | None) -> str:
    return (path or "").replace("\\", "/").rsplit("/", 1)[-1]


def _no_file(path: str, figures: tuple[Drawn, ...]) -> Text:
    others = ", ".join(_file_name(figure.path) for figure in figures if figure.path)
    if others:
        return text("The figure is saved as {others}.", others=others)
    if figures:
        return text("The figure is shown, but not saved.")
    return text("No figure is saved.")


def _shows(line: Line, heights: np.ndarray) -> bool:
    actual = evidence.array_of(line.y)
    expected = np.asarray(heights, "float64").ravel()
    return actual is not None and actual.shape == expected.shape and bool(np.allclose(actual, expected, rtol=1e-4))
