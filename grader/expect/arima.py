"""Expectations of ARIMA models: what they are, what they know when they forecast."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Arima, Described, Other
from grader.expect.figures import drawn
from grader.report import Feedback
from grader.text import Text, literal, text

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?", re.IGNORECASE)
OUTPUT_TIMEOUT_S = 1.0
"""What was printed comes by a pipe of its own, and may come a moment after the answer."""


@dataclass(frozen=True, slots=True)
class Specification:
    """A model as a textbook writes it, however it was spelled."""

    order: tuple[int, ...]
    drift: bool
    """Whether the differenced series has a constant."""
    plain: bool = True
    """No seasons, no other trend."""

    def words(self) -> Text:
        """Return the model in words."""
        model = literal(f"ARIMA{self.order}")
        if not self.plain:
            return text("{model} with further terms", model=model)
        return text("{model} with drift", model=model) if self.drift else text("{model} without drift", model=model)


def specification(model: Arima, series: np.ndarray) -> Specification:
    """Return what a model is to ``series``, of which it was given the beginning, or the differences of that."""
    p, d, q = (*model.order, 0, 0, 0)[:3]
    by_hand = int(_is_differenced(model, series))
    constant = d if model.kind == "ARIMA" else 0
    default = (0,) if model.kind == "ARIMA" and d == 0 else ()
    powers = default if model.trend is None else model.trend
    plain = not any(model.seasonal_order[:3]) and set(powers) <= {constant}
    return Specification((p, d + by_hand, q), constant in powers, plain)


def _numbers(model: Arima) -> np.ndarray:
    found = evidence.array_of(model.endog)
    return np.empty(0) if found is None else found


def _is_differenced(model: Arima, series: np.ndarray) -> bool:
    """Tell whether the submission differenced the series by hand."""
    numbers = _numbers(model)
    return not _begins(numbers, series) and _begins(numbers, np.diff(series))


def _begins(numbers: np.ndarray, series: np.ndarray) -> bool:
    return len(numbers) > 0 and bool(np.allclose(numbers[:2], series[: len(numbers[:2])]))


def levels(model: Arima, series: np.ndarray) -> np.ndarray:
    """Return the values that a model was given, brought back if the submission differenced them by hand."""
    numbers = _numbers(model)
    return np.r_[series[0], series[0] + np.cumsum(numbers)] if _is_differenced(model, series) else numbers


def fitted_model(called: Called, series: np.ndarray) -> Arima:
    """Return the model that was fitted to the whole series.

    Raises:
        CheckFailed: there is none.
    """
    models: tuple[Arima, ...] = called.of_kind(Arima)
    whole = [each for each in models if _same(levels(each, series), series)]
    if any(each.fitted for each in whole):
        return [each for each in whole if each.fitted][-1]
    called.result()
    if whole:
        found = text("{name} makes an ARIMA model that is never fitted.", name=called.name)
    elif models:
        count = max(len(levels(each, series)) for each in models)
        found = text("No model is fitted to the whole series; the longest history has {count} values.", count=count)
    else:
        found = text("{name} makes no ARIMA model.", name=called.name)
    raise CheckFailed(Feedback(found, text("a model fitted to all {count} values", count=len(series)), stopped=True))


def expect_order(called: Called, series: np.ndarray, order: tuple[int, ...]) -> None:
    """Expect an ARIMA model of this order, fitted to the whole series; its drift is another matter."""
    model = fitted_model(called, series)
    found = specification(model, series)
    with called.at(model):
        if found.order != order or not found.plain:
            raise CheckFailed(Feedback(text("The model is {model}.", model=found.words()), literal(f"ARIMA{order}")))


def expect_drift(called: Called, series: np.ndarray) -> None:
    """Expect the fitted model to have a drift."""
    model = fitted_model(called, series)
    found = specification(model, series)
    with called.at(model):
        if not found.drift:
            expected = Specification(found.order, drift=True).words()
            raise CheckFailed(Feedback(text("The model is {model}.", model=found.words()), expected))


def residuals(called: Called, series: np.ndarray) -> np.ndarray:
    """Return the residuals of the fitted model, without those that come before the first difference."""
    found = evidence.array_of(fitted_model(called, series).residuals)
    return np.empty(0) if found is None else found[-(len(series) - 1) :]


def description(data: np.ndarray) -> np.ndarray:
    """Return what pandas' ``describe`` says of numbers."""
    quartiles = np.quantile(data, [0, 0.25, 0.5, 0.75, 1])
    return np.array([len(data), data.mean(), data.std(ddof=1), *quartiles])


def expect_described(called: Called, data: np.ndarray, *, too_many: int) -> None:
    """Expect ``describe`` of these numbers, for a program that only prints it.

    Args:
        called: the program.
        data: what should be described.
        too_many: so many numbers stand before them that should be left out.
    """
    described: tuple[Described, ...] = called.of_kind(Described)
    seen = [numbers for each in described if (numbers := evidence.array_of(each.data)) is not None]
    if any(_same(numbers, data) for numbers in seen):
        return
    called.result()
    if any(_same(numbers[too_many:], data) for numbers in seen):
        raise CheckFailed(Feedback(text("All {count} residuals are described.", count=len(data) + too_many)))
    raise CheckFailed(Feedback(text("The residuals are never described."), literal("residuals.describe()")))


def expect_density(called: Called, data: np.ndarray) -> None:
    """Expect a line that is a density of these numbers: nowhere below 0, of area 1, with about their mean."""
    lines = [line for figure in drawn(called) for axes in figure.axes for line in axes.lines]
    if not any(_is_density(evidence.array_of(line.x), evidence.array_of(line.y), data) for line in lines):
        raise CheckFailed(Feedback(text("No line shows the density of the residuals.")))


def _is_density(x: np.ndarray | None, y: np.ndarray | None, data: np.ndarray) -> bool:
    if x is None or y is None or len(x) != len(y) or len(x) < 20 or y.min() < 0:
        return False
    masses = np.diff(x) * (y[1:] + y[:-1]) / 2
    area, mean = masses.sum(), masses @ (x[1:] + x[:-1]) / 2
    return bool(abs(area - 1) < 0.1 and abs(mean - data.mean()) < data.std())


def steps_of(called: Called) -> tuple[Arima, ...]:
    """Return the models that were asked for a forecast.

    Raises:
        CheckFailed: there are none.
    """
    steps = tuple(each for each in called.of_kind(Arima) if each.forecasts)
    if not steps:
        called.result()
        raise CheckFailed(Feedback(text("{name} asks no ARIMA model for a forecast.", name=called.name), stopped=True))
    return steps


def forecasts_of(model: Arima, series: np.ndarray) -> np.ndarray:
    """Return all that a model forecast; forecast steps are added to the last value that it knows."""
    found = [each.ravel() for value in model.forecasts if (each := evidence.array_of(value)) is not None]
    if _is_differenced(model, series):
        found = [levels(model, series)[-1] + np.cumsum(each) for each in found]
    return np.concatenate(found or [np.empty(0)])


def expect_histories(called: Called, series: np.ndarray, size: int) -> None:
    """Expect a model for each value from ``size`` on, that knows all the values before it and no other."""
    steps = steps_of(called)
    known = [levels(each, series) for each in steps]
    for now in range(size, len(series)):
        if not any(_same(each, series[:now]) for each in known):
            called.result()
            place = min(now - size, len(steps) - 1)
            raise CheckFailed(
                Feedback(
                    _wrong_history(steps, known, place, series, now),
                    text(
                        "{name}: for value {number}, a model of the {count} values before it",
                        name=called.name,
                        number=now + 1,
                        count=now,
                    ),
                )
            )


def _wrong_history(steps: tuple[Arima, ...], known: list[np.ndarray], place: int, series: np.ndarray, now: int) -> Text:
    """Say what is wrong with what a model knows."""
    past, future = series[:now], series[now:]
    history, size = known[place], now - place
    if len(steps) == 1 and len(forecasts_of(steps[0], series)) > 1 and _same(history, past[: len(history)]):
        return text(
            "All forecasts are made at once, by a model that knows the first {count} values.", count=len(history)
        )
    if np.isin(history[size:], future).any():
        return text("The model for value {number} knows what is still to come.", number=len(past) + 1)
    if _same(history, past[: len(history)]):
        if all(_same(each, history) for each in known):
            return text(
                "The history is never extended: every model knows the first {count} values.", count=len(history)
            )
        return text("The model for value {number} knows {count} values only.", number=len(past) + 1, count=len(history))
    earlier = np.concatenate([forecasts_of(each, series) for each in steps])
    if len(history) == len(past) and place and np.isclose(history[size:, None], earlier).any():
        return text("The forecast is appended to the history, not the value that was observed.")
    if len(history) < len(past) and _same(history, past[-len(history) :]):
        return text("The history loses its oldest values: the model knows the last {count} only.", count=len(history))
    return text("The model for value {number} was given other values.", number=len(past) + 1)


def expect_steps_alike(called: Called, series: np.ndarray, accepted: tuple[Specification, ...]) -> None:
    """Expect every model that forecasts to be one of these, and fitted to what it knows."""
    for model in steps_of(called):
        found = specification(model, series)
        if found not in accepted:
            raise CheckFailed(
                Feedback(text("A model that forecasts is {model}.", model=found.words()), accepted[0].words())
            )
        if not model.fitted:
            raise CheckFailed(Feedback(text("The model is fitted once, and not again when its history has grown.")))


def expect_printed(called: Called, number: float, what: Text) -> None:
    """Expect a program to print a number, to a thousandth of it."""
    deadline = time.monotonic() + OUTPUT_TIMEOUT_S
    while not _printed(called.submission.output, number):
        if time.monotonic() > deadline:
            called.result()
            expected = literal(f"{number:.3f}")
            raise CheckFailed(Feedback(text("{what} is nowhere in what the program prints.", what=what), expected))
        time.sleep(0.02)


def _printed(output: str, number: float) -> bool:
    return any(abs(float(each) - number) <= abs(number) / 1000 for each in NUMBER.findall(output))


def expect_results(called: Called) -> None:
    """Expect what ``fit`` of a model returns."""
    value = called.result()
    if not isinstance(value, Other) or "Results" not in value.name:
        kind = getattr(value, "name", None) or getattr(value, "kind", None) or type(getattr(value, "v", value)).__name__
        found = text("{name} returned a value of type {kind}.", name=called.name, kind=str(kind))
        raise CheckFailed(Feedback(found, text("what fit returns"), stopped=True))


def _same(actual: np.ndarray, expected: np.ndarray) -> bool:
    return actual.shape == expected.shape and bool(np.allclose(actual, expected))
