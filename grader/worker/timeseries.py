"""ARIMA models noted as they are made, fitted and asked for a forecast.

Really fitted, too: one takes a few hundredths of a second. ``describe`` of
pandas is noted as well, since scripts only print it.
Nothing is imported before the student's code imports it.
"""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import wrapt

from . import recording, values
from .channel import Blob

MAX_MODELS = 2_000
MAX_POINTS = 5_000
TRENDS = {"n": [], "c": [0], "t": [1], "ct": [0, 1]}

_noted: weakref.WeakKeyDictionary[Any, dict[str, Any]] = weakref.WeakKeyDictionary()
"""The event of each model that still lives."""
_busy = False
"""Whether statsmodels is at work: what it asks of itself is not the student's doing."""


def install() -> None:
    """Ask for statsmodels and pandas to be watched from the moment they are imported."""

    @wrapt.when_imported("statsmodels.tsa.statespace.sarimax")
    def watch_sarimax(module: Any) -> None:
        _watch(module.SARIMAX, "__init__", _note_model)
        _watch(module.SARIMAX, "fit", _note_fit)
        _watch(module.SARIMAXResults, "get_prediction", _note_forecast)

    @wrapt.when_imported("statsmodels.tsa.arima.model")
    def watch_arima(module: Any) -> None:
        _watch(module.ARIMA, "__init__", _note_model)
        _watch(module.ARIMA, "fit", _note_fit)

    @wrapt.when_imported("pandas")
    def watch_pandas(module: Any) -> None:
        for kind in (module.Series, module.DataFrame):
            _watch(kind, "describe", _note_description)


def _watch(cls: type, name: str, note: Callable[..., None]) -> None:
    """Let ``note`` see each outermost call of a method, with what it returned."""
    original = getattr(cls, name)

    @functools.wraps(original)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        global _busy
        if _busy:
            return original(self, *args, **kwargs)
        _busy = True
        try:
            result = original(self, *args, **kwargs)
            note(self, result, inspect.signature(original).bind(self, *args, **kwargs).arguments)
        finally:
            _busy = False
        return result

    setattr(cls, name, call)


def _note_model(model: Any, _: None, given: dict[str, Any]) -> None:
    if _count("arima") >= MAX_MODELS:
        return
    place = recording.student_line()
    event = {
        "t": "arima",
        "place": list(place) if place else None,
        "kind": "SARIMAX" if type(model).__name__ == "SARIMAX" else "ARIMA",
        "endog": _numbers(given.get("endog")),
        "order": _order(given.get("order", (0, 0, 0))),
        "seasonal_order": _order(given.get("seasonal_order") or (0, 0, 0, 0)),
        "trend": None if given.get("trend") is None else _powers(given["trend"]),
        "fitted": False,
        "residuals": None,
        "forecasts": [],
    }
    _noted[model] = event
    recording.EVENTS.append(event)


def _note_fit(model: Any, results: Any, _: dict[str, Any]) -> None:
    event = _noted.get(model)
    if event is not None:
        event["fitted"] = True
        event["residuals"] = _numbers(getattr(results, "resid", None))


def _note_forecast(results: Any, prediction: Any, _: dict[str, Any]) -> None:
    event = _noted.get(results.model)
    if event is not None and len(event["forecasts"]) < MAX_MODELS:
        event["forecasts"].append(_numbers(prediction.predicted_mean))


def _note_description(data: Any, _result: Any, _given: dict[str, Any]) -> None:
    if _count("described") < MAX_MODELS:
        recording.EVENTS.append({"t": "described", "data": _numbers(data)})


def _count(kind: str) -> int:
    return sum(event["t"] == kind for event in recording.EVENTS)


def _numbers(data: Any) -> np.ndarray:
    """Return numbers in one row; none where there are none."""
    try:
        return np.asarray(data, "float64").ravel()[:MAX_POINTS]
    except (TypeError, ValueError):
        return np.empty(0)


def _order(order: Any) -> list[int]:
    """Return an order as numbers: a list of lags is as long as it is."""
    return [len(each) if isinstance(each, list | tuple | np.ndarray) else int(each) for each in order]


def _powers(trend: Any) -> list[int]:
    """Return the powers of time in a trend: ``'ct'`` and ``[1, 1]`` are 0 and 1."""
    return TRENDS[trend] if isinstance(trend, str) else [power for power, there in enumerate(trend) if there]


def encode_event(event: dict[str, Any], blob: Blob) -> dict[str, Any]:
    """Make an ``arima`` or ``described`` event ready to travel."""
    encoded = {
        name: values.encode(each, blob) if isinstance(each, np.ndarray) else each for name, each in event.items()
    }
    if "forecasts" in event:
        encoded["forecasts"] = [values.encode(each, blob) for each in event["forecasts"]]
    return encoded
