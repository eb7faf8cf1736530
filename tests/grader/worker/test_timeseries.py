"""What ARIMA models are made of, and what they are asked, comes back as events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader import evidence
from grader.evidence import Arima, Described, Monthly
from grader.session import LiveSubmission, Setup
from grader.submission import Cell, Kind, Submission
from grader.text import literal
from grader.workers import Workers

SERIES = np.array([266.0, 145.9, 183.1, 119.3, 180.3, 168.5, 231.8, 224.5, 192.8, 122.9, 336.5, 185.9])
PRELUDE = """\
import numpy as np
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.statespace.sarimax import SARIMAX
"""


@pytest.fixture
def arimas(workers: Workers) -> Iterator[Callable[[str], tuple[Arima, ...]]]:
    opened: list[LiveSubmission] = []

    def run(body: str) -> tuple[Arima, ...]:
        source = f"{PRELUDE}def answer(series):\n    {body}\n"
        cells = (Cell("new.py", literal("new.py"), source),)
        opened.append(LiveSubmission(Submission("new.py", Kind.SCRIPT, cells, ""), workers.start, Setup()))
        called = opened[-1].call("answer", series=Monthly(SERIES, "1991-01"))
        assert called.failed is None, called.failed
        return called.of_kind(Arima)

    yield run
    for live in opened:
        live.close()


def test_model_is_noted_when_it_is_made(arimas: Callable[[str], tuple[Arima, ...]]) -> None:
    (model,) = arimas("ARIMA(list(series), order=(1, 1, 0), trend='t')")

    assert (model.kind, model.order, model.trend, model.fitted) == ("ARIMA", (1, 1, 0), (1,), False)
    assert np.array_equal(evidence.array_of(model.endog), SERIES)  # type: ignore[arg-type]
    assert model.place == ("new.py", 5)


def test_fit_and_forecasts_are_noted_however_they_are_asked(arimas: Callable[[str], tuple[Arima, ...]]) -> None:
    (model,) = arimas(
        "r = ARIMA(series, order=(1, 0, 0)).fit(); "
        "r.forecast(2); r.predict(12, 12); r.get_forecast(1).predicted_mean; r.summary()"
    )

    assert model.fitted
    assert evidence.array_of(model.residuals).shape == (12,)  # type: ignore[union-attr]
    asked = [evidence.array_of(each) for each in model.forecasts]
    assert [len(each) for each in asked if each is not None] == [2, 1, 1]
    assert len({round(float(each[0]), 9) for each in asked if each is not None}) == 1


@pytest.mark.parametrize(
    ("call", "kind", "trend"),
    [
        pytest.param("ARIMA(series, order=(1, 1, 0))", "ARIMA", None, id="none"),
        pytest.param("ARIMA(series, order=(1, 0, 0), trend='ct')", "ARIMA", (0, 1), id="word"),
        pytest.param("ARIMA(series, order=(1, 1, 0), trend=[0, 1])", "ARIMA", (1,), id="polynomial"),
        pytest.param("SARIMAX(series, order=(1, 1, 0), trend='c')", "SARIMAX", (0,), id="sarimax"),
    ],
)
def test_trend_is_noted_by_its_powers(
    arimas: Callable[[str], tuple[Arima, ...]], call: str, kind: str, trend: tuple[int, ...] | None
) -> None:
    (model,) = arimas(call)

    assert (model.kind, model.trend) == (kind, trend)


def test_appending_makes_a_model_that_knows_more(arimas: Callable[[str], tuple[Arima, ...]]) -> None:
    first, kept, refitted = arimas(
        "r = ARIMA(list(series), order=(1, 0, 0)).fit(); r.append([200.0]); r.append([200.0], refit=True)"
    )

    assert [each.fitted for each in (first, kept, refitted)] == [True, False, True]
    assert evidence.array_of(kept.endog).shape == (13,)  # type: ignore[union-attr]


def test_description_and_index_come_back(workers: Workers) -> None:
    source = "def answer(series):\n    series.describe()\n    return series * 2\n"
    cells = (Cell("new.py", literal("new.py"), source),)
    live = LiveSubmission(Submission("new.py", Kind.SCRIPT, cells, ""), workers.start, Setup())

    called = live.call("answer", series=Monthly(SERIES, "1991-01"))
    live.close()

    (described,) = called.of_kind(Described)
    assert np.array_equal(evidence.array_of(described.data), SERIES)  # type: ignore[arg-type]
    value = called.result()
    assert isinstance(value, evidence.Array)
    assert (value.kind, value.index[0][:7], value.index[-1][:7]) == ("Series", "1991-01", "1991-12")
    assert np.array_equal(evidence.array_of(value), SERIES * 2)  # type: ignore[arg-type]
