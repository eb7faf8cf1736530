"""Every old spelling of statsmodels and pandas is understood, counts as today's, and is noted with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.session import LiveSubmission, Setup
from grader.submission import Cell, Kind, Submission
from grader.text import literal
from grader.workers import Workers

SALES = "[266.0, 145.9, 183.1, 119.3, 180.3, 168.5, 231.8, 224.5, 192.8, 122.9, 336.5, 185.9, 194.3, 149.5, 210.1]"
PRELUDE = f"""\
import numpy as np
import pandas as pd
sales = {SALES}
months = pd.Series(sales, index=pd.date_range("1991-01", periods=15, freq="MS"))
def old(order=(1, 1, 0), **settings):
    from statsmodels.tsa.arima_model import ARIMA
    return ARIMA(sales, order).fit(**settings)
def old_arma(order):
    from statsmodels.tsa.arima_model import ARMA
    return ARMA(sales, order).fit()
def new(**settings):
    from statsmodels.tsa.arima.model import ARIMA
    return ARIMA(sales, order=(1, 1, 0), trend="t").fit(**settings)
"""

SPELLINGS = {
    "old_class_has_a_drift": ("round(float(old().params[0] - new().params[0]), 1)", 0.0, "statsmodels.tsa.arima.model"),
    "old_class_without_constant": ("len(old(trend='nc').params)", 1, "statsmodels.tsa.arima.model"),
    "old_class_not_differenced": ("round(float(old((0, 0, 0)).params[0]), 1)", 194.1, "trend='c' where d is 0"),
    "old_class_twice_differenced": ("len(old((1, 2, 0)).params)", 2, "statsmodels.tsa.arima.model"),
    "old_arma": ("round(float(old_arma((0, 0)).params[0]), 1)", 194.1, "statsmodels.tsa.arima.model"),
    "old_residuals_without_the_first": ("len(old().resid)", 14, "statsmodels.tsa.arima.model"),
    "old_fit_disp": ("len(old(disp=0).params)", 2, "fit has no disp"),
    "misprinted_fit_dispatch": ("len(old(dispatch=0).params)", 2, "fit has no dispatch"),
    "new_fit_disp": ("len(new(disp=0).params)", 3, "fit has no disp"),
    "forecast_of_three_parts": ("len(old().forecast(2))", 3, "forecast() returns the forecasts alone"),
    "forecast_of_three_parts_formatted": (
        "float('%.3f' % old().forecast()[0]) - round(float(new().forecast()[0]), 3) < 1.0",
        True,
        "forecast() returns the forecasts alone",
    ),
    "predicted_levels": (
        "bool(np.isclose(old().predict(15, 15, typ='levels')[0], old().forecast()[0][0]))",
        True,
        "it returns levels",
    ),
    "predicted_steps": (
        "bool(np.isclose(old().predict(15, 15)[0], old().forecast()[0][0] - sales[-1]))",
        True,
        "it returns levels",
    ),
    "array_of_one_number": ("'%.1f' % new().forecast() == '%.1f' % new().forecast()[0]", True, "array[0]"),
    "history_of_arrays": (
        "len(type(new().model)(sales + [new().forecast()], order=(1, 1, 0)).fit().resid)",
        16,
        "array[0]",
    ),
    "pandas_datetime": ("pd.datetime.strptime('1991-02', '%Y-%m').month", 2, "from datetime import datetime"),
    "datetime_from_pandas": (
        "__import__('pandas', fromlist=['datetime']).datetime(1991, 2, 1).month",
        2,
        "from datetime import datetime",
    ),
    "squeeze": ("pd.read_csv('sales.csv', index_col=0, squeeze=True).shape[0]", 36, "squeeze('columns')"),
    "date_parser_of_the_index": (
        "pd.read_csv('sales.csv', parse_dates=[0], index_col=0, date_parser="
        "lambda x: pd.to_datetime('199' + x, format='%Y-%m')).index[13].month",
        2,
        "date_parser",
    ),
    "date_parser_of_a_column": (
        "pd.read_csv('sales.csv', parse_dates=['Month'], date_parser="
        "lambda x: pd.to_datetime('199' + x, format='%Y-%m'))['Month'][13].month",
        2,
        "date_parser",
    ),
    "fillna_method": ("float(pd.Series([1.0, np.nan]).fillna(method='ffill').iloc[1])", 1.0, "ffill()"),
    "fillna_pad": ("float(pd.DataFrame({'a': [np.nan, 2.0]}).fillna(method='backfill').a.iloc[0])", 2.0, "bfill()"),
    "series_by_position": ("float(months[0])", 266.0, "series.iloc[0]"),
    "series_by_position_from_the_end": ("float(months[-1])", 210.1, "series.iloc[-1]"),
}

TODAYS = {
    "series_by_label": "float(months['1991-02-01'])",
    "series_of_numbers": "float(pd.Series(sales)[0])",
    "forecast": "float(new().forecast()[0])",
    "fillna": "float(pd.Series([np.nan]).fillna(1.0).iloc[0])",
    "read_csv": "len(pd.read_csv('sales.csv', index_col=0))",
}


@pytest.fixture
def old_code(workers: Workers) -> Iterator[Callable[[str], LiveSubmission]]:
    opened: list[LiveSubmission] = []

    def open_it(expression: str) -> LiveSubmission:
        cells = (Cell("old.py", literal("old.py"), f"{PRELUDE}def answer():\n    return {expression}\n"),)
        setup = Setup(files=("sales.csv",))
        opened.append(LiveSubmission(Submission("old.py", Kind.SCRIPT, cells, ""), workers.start, setup))
        return opened[-1]

    yield open_it
    for live in opened:
        live.close()


@pytest.mark.parametrize(("expression", "value", "said"), SPELLINGS.values(), ids=SPELLINGS)
def test_old_spelling_means_what_it_says(
    old_code: Callable[[str], LiveSubmission], expression: str, value: object, said: str
) -> None:
    live = old_code(expression)

    called = live.call("answer")

    assert called.failed is None, called.failed
    assert getattr(called.value, "v", None) == pytest.approx(value)
    notes = [note for note in live.notes if said in str(note.message)]
    assert notes, [str(note.message) for note in live.notes]
    assert all(note.places[0].line >= 7 for note in notes)


@pytest.mark.parametrize("expression", TODAYS.values(), ids=TODAYS)
def test_todays_spelling_is_not_noted(old_code: Callable[[str], LiveSubmission], expression: str) -> None:
    live = old_code(expression)

    called = live.call("answer")

    assert called.failed is None, called.failed
    assert live.notes == ()


@pytest.mark.parametrize(
    ("expression", "raised"),
    [
        pytest.param("pd.date_time", "date_time", id="unknown_name"),
        pytest.param("months['1999-01-01']", "KeyError", id="unknown_label"),
        pytest.param("months[99]", "IndexError", id="position_out_of_range"),
        pytest.param("pd.Series([1.0, 2.0])[-1]", "KeyError", id="labels_that_are_numbers"),
        pytest.param("'%f' % np.array([1.0])", "TypeError", id="any_other_array"),
    ],
)
def test_what_was_always_wrong_still_fails(
    old_code: Callable[[str], LiveSubmission], expression: str, raised: str
) -> None:
    called = old_code(expression).call("answer")

    assert called.failed is not None
    assert raised in str(called.failed.found)
