"""What the student's code asked of Keras, Matplotlib and statsmodels."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from grader.evidence.values import Int, Json, Plain, Value


class OptimizerState(Struct, frozen=True):
    """A compiled optimizer: Keras class and settings."""

    handle: str
    kind: str
    settings: dict[str, bool | Int | float | str | None]


class Compiled(Struct, frozen=True, tag_field="t", tag="compiled"):
    """A call of ``Model.compile``."""

    model: str
    optimizer: OptimizerState
    optimizer_given: bool
    loss: str | None
    metrics: tuple[str | None, ...]
    place: tuple[str, Int] | None = None


class Callback(Struct, frozen=True):
    """A callback that ``fit`` was given."""

    name: str
    handle: str


class DataCall(Struct, frozen=True):
    """What ``fit``, ``evaluate`` and ``predict`` have in common."""

    model: str
    x: Value
    y: Value
    validation: Value
    settings: dict[str, Json]
    callbacks: tuple[Callback, ...]
    place: tuple[str, Int] | None = None


class Fitted(DataCall, frozen=True, tag_field="t", tag="fitted"):
    """A call of ``Model.fit``."""

    returned: Value = Plain(None)
    """The history that it made up: for every name a value after each epoch; nothing if it failed."""


class Evaluated(DataCall, frozen=True, tag_field="t", tag="evaluated"):
    """A call of ``Model.evaluate``."""

    returned: Value = Plain(None)
    """The loss and the metrics, in Keras's order; nothing if it failed."""


class Predicted(DataCall, frozen=True, tag_field="t", tag="predicted"):
    """A call of ``Model.predict``."""


class Line(Struct, frozen=True):
    """A line on an axes: its label and its points."""

    label: str
    x: Value
    y: Value


class Bars(Struct, frozen=True):
    """Bars drawn together: their label and their lengths."""

    label: str
    lengths: Value


class Axes(Struct, frozen=True):
    """One pair of axes of a figure."""

    title: str
    xlabel: str
    ylabel: str
    legend: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bars, ...] = ()
    ticks: tuple[str, ...] = ()
    """What stands along both axes."""


class Drawn(Struct, frozen=True, tag_field="t", tag="drawn"):
    """A figure that was saved (to ``path``) or shown."""

    path: str | None
    axes: tuple[Axes, ...]
    place: tuple[str, Int] | None = None


class Arima(Struct, frozen=True, tag_field="t", tag="arima"):
    """A model of statsmodels' ARIMA family: what it was made of, and what it was asked."""

    kind: Literal["ARIMA", "SARIMAX"]
    endog: Value
    """The series that it describes, in one row."""
    order: tuple[Int, ...]
    seasonal_order: tuple[Int, ...]
    trend: tuple[Int, ...] | None
    """Powers of time in the trend; None where none was asked for."""
    fitted: bool
    residuals: Value | None
    forecasts: tuple[Value, ...]
    place: tuple[str, Int] | None = None


class Described(Struct, frozen=True, tag_field="t", tag="described"):
    """A call of pandas' ``describe``, by the numbers that it describes."""

    data: Value


Event: TypeAlias = Compiled | Fitted | Evaluated | Predicted | Drawn | Arima | Described
