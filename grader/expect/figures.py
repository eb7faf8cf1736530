"""Expectations of figures, by what is drawn on their axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Axes, Bars, Drawn, Line, Value
from grader.report import Feedback
from grader.text import Text, literal, text


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to be drawn: what it shows, its heights, and where it begins."""

    what: Text
    y: np.ndarray
    x: np.ndarray | None = None
    """Where its points stand; None: anywhere."""


def expect_figure(called: Called, *, path: str, lines: tuple[tuple[Text, np.ndarray], ...]) -> None:
    """Expect a saved figure with these lines: what each shows, and its heights.

    Colours, labels and extra lines are free.
    """
    drawn = [line for axes in saved_figure(called, path).axes for line in axes.lines]
    missing = [what for what, heights in lines if not any(_same(line.y, heights) for line in drawn)]
    if missing:
        found = text("{name} draws {count} lines.", name=called.name, count=len(drawn))
        details = tuple(text("No line shows {what}.", what=what) for what in missing)
        raise CheckFailed(Feedback(found, None, details))


def expect_axes(called: Called, *curves: Curve, path: str | None = None, legend: bool = False) -> None:
    """Expect axes that show these curves together; other axes are free, and so are colours and other lines.

    Args:
        called: the call that draws.
        curves: what is to be seen on one and the same axes.
        path: the file that the figure is saved in; None: saved or shown.
        legend: whether a legend must tell the curves apart.
    """
    figures = (saved_figure(called, path),) if path else drawn(called)
    candidates = [axes for figure in figures for axes in figure.axes]
    best = min(candidates, key=lambda axes: (len(_missing(axes, curves)), -len(axes.legend)), default=None)
    missing = _missing(best, curves) if best else list(curves)
    if missing:
        details = [detail for curve in missing if (detail := _why(curve, candidates)) is not None]
        found = text("No axes show this together: {curves}.", curves=tuple(curve.what for curve in curves))
        raise CheckFailed(Feedback(found, None, tuple(details)))
    assert best is not None
    if legend and len(best.legend) < len(curves):
        raise CheckFailed(Feedback(text("No legend says which line is which."), literal("plt.legend()")))


def expect_bars(called: Called, *, path: str, bars: tuple[tuple[Text, np.ndarray], ...]) -> None:
    """Expect a saved figure with these bars: what they show, and their lengths."""
    seen = [bar for axes in saved_figure(called, path).axes for bar in axes.bars]
    missing = [what for what, lengths in bars if not _shown(seen, lengths)]
    if missing:
        found = text("The figure shows {count} groups of bars.", count=len(seen))
        details = tuple(text("No bars show {what}.", what=what) for what in missing)
        raise CheckFailed(Feedback(found, None, details))


def drawn(called: Called) -> tuple[Drawn, ...]:
    """Return the figures that were saved or shown.

    Raises:
        CheckFailed: there are none.
    """
    figures: tuple[Drawn, ...] = called.of_kind(Drawn)
    if not figures:
        called.result()
        found = text("No figure is drawn, or it is neither saved nor shown.")
        raise CheckFailed(Feedback(found, literal("plt.savefig(…)")))
    return figures


def saved_figure(called: Called, path: str) -> Drawn:
    """Return the figure that was saved in a file of this name, the last one.

    Raises:
        CheckFailed: there is none.
    """
    figures: tuple[Drawn, ...] = called.of_kind(Drawn)
    saved = [figure for figure in figures if _file_name(figure.path) == path]
    if not saved:
        called.result()
        raise CheckFailed(Feedback(_no_file(path, figures), literal(f'savefig("{path}")')))
    return saved[-1]


def _file_name(path: str | None) -> str:
    return (path or "").replace("\\", "/").rsplit("/", 1)[-1]


def _no_file(path: str, figures: tuple[Drawn, ...]) -> Text:
    others = ", ".join(_file_name(figure.path) for figure in figures if figure.path)
    if others:
        return text("The figure is saved as {others}.", others=others)
    if figures:
        return text("The figure is shown, but not saved.")
    return text("No figure is saved.")


def _missing(axes: Axes, curves: tuple[Curve, ...]) -> list[Curve]:
    return [curve for curve in curves if not any(_shows(line, curve) for line in axes.lines)]


def _why(curve: Curve, drawn: list[Axes]) -> Text | None:
    """Say why a curve is missing; None where it is drawn, on other axes."""
    lines = [line for axes in drawn for line in axes.lines if _same(line.y, curve.y)]
    if not lines:
        return text("No line shows {what}.", what=curve.what)
    if any(_shows(line, curve) for line in lines):
        return None
    return text("The line that shows {what} does not stand over {xs}.", what=curve.what, xs=_span(curve))


def _shows(line: Line, curve: Curve) -> bool:
    return _same(line.y, curve.y) and (curve.x is None or _same(line.x, curve.x))


def _same(value: Value, numbers: np.ndarray) -> bool:
    actual = evidence.array_of(value)
    expected = np.asarray(numbers, "float64").ravel()
    return actual is not None and actual.shape == expected.shape and bool(np.allclose(actual, expected, rtol=1e-4))


def _span(curve: Curve) -> str:
    return "—" if curve.x is None else f"{curve.x.min():g}…{curve.x.max():g}"


def _shown(seen: list[Bars], lengths: np.ndarray) -> bool:
    """Tell whether there is a bar of each length, grouped in whatever way; shares may stand in percent."""
    every = [numbers.ravel() for bar in seen if (numbers := evidence.array_of(bar.lengths)) is not None]
    drawn_lengths = np.concatenate([*every, np.empty(0)])
    wanted = np.asarray(lengths, "float64").ravel()
    scales = (1, 100) if wanted.size and wanted.max() <= 1 else (1,)
    return any(all(np.isclose(drawn_lengths, each * scale, rtol=1e-4).any() for each in wanted) for scale in scales)
