"""Expectations of time series: their months, and lines drawn with gaps in them."""

from __future__ import annotations

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Array, Line, Value
from grader.expect.figures import drawn
from grader.expect.values import Suspect, agrees, expect_array
from grader.report import Feedback
from grader.text import Text, text


def expect_one_of(
    value: Value | None, *accepted: np.ndarray | None, what: Text, suspects: tuple[Suspect, ...] = ()
) -> None:
    """Expect one of several arrays; the first is the one that is spoken of, and the others may be missing.

    The others are what comes of the submission's own earlier results, so that a
    mistake in those is not charged again.
    """
    if not any(each is not None and agrees(value, each) for each in accepted):
        assert accepted[0] is not None
        expect_array(value, accepted[0], what, suspects=suspects)


def expect_months(value: Value | None, months: tuple[str, ...], what: Text) -> None:
    """Expect a pandas Series of these months, each as in ``1991-01``."""
    if not isinstance(value, Array) or value.kind != "Series":
        found = text("{what} is no pandas Series.", what=what)
        raise CheckFailed(Feedback(found, text("a Series with the index of the series")))
    if has_other_index(value, months):
        first = value.index[0] if value.index else "–"
        found = text("{what} has another index than the series; it begins with {first}.", what=what, first=first)
        raise CheckFailed(Feedback(found, text("a Series with the index of the series")))


def has_other_index(value: Value, months: tuple[str, ...]) -> bool:
    """Tell whether a value is a Series, but not one of these months."""
    return isinstance(value, Array) and value.kind == "Series" and tuple(label[:7] for label in value.index) != months


def expect_lines(called: Called, *lines: tuple[Text, tuple[np.ndarray, ...]]) -> None:
    """Expect lines in the figures that a call saved or showed: what each shows, and its heights, any of which will do.

    A gap may be left out or be there as NaN. Which axes, which figure, labels
    and colours are free.
    """
    shown = [line for figure in drawn(called) for axes in figure.axes for line in axes.lines]
    missing = [what for what, heights in lines if not any(_shows(line, each) for line in shown for each in heights)]
    if missing:
        found = text("{name} draws {count} lines.", name=called.name, count=len(shown))
        raise CheckFailed(Feedback(found, None, tuple(text("No line shows {what}.", what=what) for what in missing)))


def _shows(line: Line, heights: np.ndarray) -> bool:
    actual, expected = evidence.array_of(line.y), np.asarray(heights, "float64").ravel()
    if actual is None:
        return False
    actual, expected = (each[np.isfinite(each)] for each in (actual.ravel(), expected))
    return actual.shape == expected.shape and bool(np.allclose(actual, expected, rtol=1e-4, atol=1e-6))
