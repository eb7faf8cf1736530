"""Figures noted by what is drawn on their axes; no pixel is rendered.

``savefig`` writes a one-pixel PNG, so that code which opens the file again
finds one. Nothing is imported before the student's code imports Matplotlib.
"""

from __future__ import annotations

import base64
import importlib
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow
import wrapt

from . import recording, values
from .channel import Blob

ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAX_POINTS = 5_000
MAX_FIGURES = 50
MAX_TICKS = 100
NAMING = ("FixedFormatter", "FuncFormatter", "StrCategoryFormatter")
"""Matplotlib's formatters of ticks that have names."""


def install() -> None:
    """Ask for Matplotlib to be watched from the moment it is imported."""

    @wrapt.when_imported("matplotlib.figure")
    def watch_figure(module: Any) -> None:
        module.Figure.savefig = _savefig

    @wrapt.when_imported("matplotlib.pyplot")
    def watch_pyplot(module: Any) -> None:
        module.show = lambda *_, **__: _show(module)

    @wrapt.when_imported("matplotlib.font_manager")
    def do_without_fonts(module: Any) -> None:
        _do_without_fonts(module)

    # ``import tensorflow.keras.utils`` makes a module of its own beside ``tf.keras.utils``.
    for utils in (keras.utils, tensorflow.keras.utils, importlib.import_module("tensorflow.keras.utils")):
        setattr(utils, "plot_model", lambda *_, **__: None)  # noqa: B010 - which of them are typed differs


def _do_without_fonts(module: Any) -> None:
    """A font of the student's own system is no part of the answer: take another."""
    get_font, add_font = module.get_font, module.FontManager.addfont

    def get(names: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return get_font(names, *args, **kwargs)
        except OSError:
            recording.note("font_missing", name=str(names))
            return get_font(module.findfont("DejaVu Sans"), *args, **kwargs)

    def add(manager: Any, path: Any) -> None:
        if Path(path).exists():
            add_font(manager, path)
        else:
            recording.note("font_missing", name=str(path))

    module.get_font, module.FontManager.addfont = get, add


def _savefig(figure: Any, fname: Any, *_: Any, **kwargs: Any) -> None:
    if hasattr(fname, "write"):
        fname.write(ONE_PIXEL)
        _note(figure, None)
        return
    path = Path(fname)
    if not path.suffix:
        path = path.with_suffix("." + str(kwargs.get("format") or "png"))
    path.write_bytes(ONE_PIXEL)
    _note(figure, str(path))


def _show(pyplot: Any) -> None:
    for number in pyplot.get_fignums():
        _note(pyplot.figure(number), None)


def end_of_cell() -> None:
    """Do what a notebook does with the figures that are open at the end of a cell: show and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        _show(pyplot)
        pyplot.close("all")


def _note(figure: Any, path: str | None) -> None:
    if sum(event["t"] == "drawn" for event in recording.EVENTS) < MAX_FIGURES:
        axes = [_axes(each) for each in figure.axes]
        place = recording.student_line()
        recording.EVENTS.append({"t": "drawn", "place": list(place) if place else None, "path": path, "axes": axes})


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": axes.get_title()[:200],
        "xlabel": axes.get_xlabel()[:200],
        "ylabel": axes.get_ylabel()[:200],
        "legend": [text.get_text()[:200] for text in legend.get_texts()] if legend else [],
        "lines": [_line(line) for line in axes.get_lines()[:20]],
        "bars": [_bars(each) for each in axes.containers[:20] if hasattr(each, "datavalues")],
        "ticks": [tick.get_text()[:200] for tick in _ticks(axes)],
    }


def _line(line: Any) -> dict[str, Any]:
    return {"label": str(line.get_label())[:200], "x": _points(line.get_xdata()), "y": _points(line.get_ydata())}


def _points(numbers: Any) -> Any:
    """Return so many numbers; dates and names are counted."""
    try:
        return np.asarray(numbers, "float64").ravel()[:MAX_POINTS]
    except (TypeError, ValueError):
        return np.arange(len(numbers), dtype="float64")[:MAX_POINTS]


def _bars(container: Any) -> dict[str, Any]:
    return {"label": str(container.get_label())[:200], "lengths": _points(container.datavalues)}


def _ticks(axes: Any) -> list[Any]:
    """Return the names that stand along an axes; numbers that Matplotlib would choose are left out."""
    named = [axis for axis in (axes.xaxis, axes.yaxis) if type(axis.get_major_formatter()).__name__ in NAMING]
    return [tick for axis in named for tick in axis.get_ticklabels()[:MAX_TICKS]]


def encode_event(event: dict[str, Any], blob: Blob) -> dict[str, Any]:
    """Make a ``drawn`` event ready to travel."""
    axes = [
        {
            **each,
            "lines": [
                {**line, "x": values.encode(line["x"], blob), "y": values.encode(line["y"], blob)}
                for line in each["lines"]
            ],
            "bars": [{**bars, "lengths": values.encode(bars["lengths"], blob)} for bars in each["bars"]],
        }
        for each in event["axes"]
    ]
    return {**event, "axes": axes}
