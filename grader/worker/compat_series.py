"""Old spellings of statsmodels and pandas that say what they mean: understood here, and noted.

As in :mod:`compat`, the parent turns a note (its ``kind``) into a sentence.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import wrapt

from . import recording

FILL_METHODS = {"ffill": "ffill", "pad": "ffill", "bfill": "bfill", "backfill": "bfill"}


def install() -> None:
    """Ask for each library to be mended from the moment it is imported."""
    wrapt.when_imported("pandas")(_mend_pandas)

    @wrapt.when_imported("statsmodels.tsa.arima_model")
    def mend_old_place(module: Any) -> None:
        module.ARIMA, module.ARMA = OldArima, OldArma

    @wrapt.when_imported("statsmodels.tsa.arima.model")
    def mend_arima(module: Any) -> None:
        _wrap(module.ARIMA, "__init__", _make_of_numbers)
        _wrap(module.ARIMA, "fit", _fit_quietly)
        _wrap(module.ARIMAResultsWrapper, "forecast", _forecast_that_is_a_number)

    @wrapt.when_imported("statsmodels.tsa.statespace.sarimax")
    def mend_sarimax(module: Any) -> None:
        _wrap(module.SARIMAXResultsWrapper, "forecast", _forecast_that_is_a_number)


def _wrap(owner: Any, name: str, replacement: Callable[..., Any]) -> None:
    """Let ``replacement`` stand for a function; it gets the original first."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def call(*args: Any, **kwargs: Any) -> Any:
        return replacement(original, *args, **kwargs)

    setattr(owner, name, call)


class OneNumber(np.ndarray):
    """An array that is a number where it holds only one, as arrays used to be: ``'%f' % array``."""

    def __float__(self) -> float:
        if self.ndim and self.size == 1:
            recording.note("array_as_number")
        return float(self.item())


def _make_of_numbers(original: Callable[..., Any], model: Any, endog: Any, *args: Any, **kwargs: Any) -> None:
    """A history to which forecasts were appended as they came, as arrays."""
    if isinstance(endog, list) and any(isinstance(each, OneNumber) for each in endog):
        endog = [float(each) for each in endog]
    original(model, endog, *args, **kwargs)


def _fit_quietly(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
    """``fit(disp=0)``; the lecture notes print it as ``dispatch=0``."""
    for name in ("disp", "dispatch"):
        if name in kwargs:
            recording.note("arima_fit_setting", name=name)
            del kwargs[name]
    return original(model, *args, **kwargs)


def _forecast_that_is_a_number(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    forecast = original(*args, **kwargs)
    return forecast.view(OneNumber) if type(forecast) is np.ndarray and forecast.shape == (1,) else forecast


class OldArima:
    """``statsmodels.tsa.arima_model.ARIMA``: the differenced series has a constant unless ``fit`` is told otherwise."""

    def __init__(
        self, endog: Any, order: Any, exog: Any = None, dates: Any = None, freq: Any = None, missing: str = "none"
    ) -> None:
        recording.note("old_arima")
        self._degree = int(order[1])
        self._given = {"endog": endog, "exog": exog, "order": order, "dates": dates, "freq": freq, "missing": missing}
        self._model = self._with_trend([0] * self._degree + [1])

    def _with_trend(self, trend: Any) -> Any:
        from statsmodels.tsa.arima.model import ARIMA  # noqa: PLC0415

        # With the scale concentrated out, likelihood and residuals are those that the old class printed.
        return ARIMA(trend=trend, concentrate_scale=True, **self._given)

    def fit(self, start_params: Any = None, trend: str = "c", **settings: Any) -> OldResults:
        """Fit; how it was optimised then, and what it printed meanwhile, is of no account."""
        for name in settings.keys() & {"disp", "dispatch"}:
            recording.note("arima_fit_setting", name=name)
        model = self._with_trend("n") if trend in ("n", "nc") else self._model
        return OldResults(model.fit(), self._degree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


class OldArma(OldArima):
    """``statsmodels.tsa.arima_model.ARMA``: the same without differencing."""

    def __init__(self, endog: Any, order: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(endog, (order[0], 0, order[1]), *args, **kwargs)


class OldResults:
    """What the old ``fit`` returned, where it differs from today's."""

    def __init__(self, results: Any, degree: int) -> None:
        self._results = results
        self._degree = degree

    @property
    def resid(self) -> Any:
        """The residuals of the differenced series, which has ``d`` values less."""
        return self._results.resid[self._degree :]

    def forecast(self, steps: int = 1, exog: Any = None, alpha: float = 0.05) -> tuple[Any, Any, Any]:
        """Return forecast, standard error and confidence interval."""
        recording.note("forecast_tuple")
        ahead = self._results.get_forecast(steps, exog=exog)
        mean, error = (np.asarray(each).view(OneNumber) for each in (ahead.predicted_mean, ahead.se_mean))
        return mean, error, np.asarray(ahead.conf_int(alpha=alpha))

    def predict(
        self, start: Any = None, end: Any = None, exog: Any = None, typ: str = "linear", dynamic: bool = False
    ) -> Any:
        """Return predicted values (``typ='levels'``) or, as it was without that, steps."""
        recording.note("predict_typ")
        levels = self._results.predict(start, end, dynamic=dynamic, exog=exog)
        if typ == "levels" or self._degree == 0:
            return levels
        known = np.asarray(self._results.model.data.orig_endog, "float64").ravel()
        first = self._results.model._get_prediction_index(start, end)[0]
        before = np.concatenate([known, np.asarray(levels)[max(len(known) - first, 0) :]])[first - 1 :]
        return levels - before[: len(levels)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._results, name)


def _mend_pandas(pandas: Any) -> None:
    _wrap(pandas, "read_csv", _read_csv)
    for kind in (pandas.Series, pandas.DataFrame):
        _wrap(kind, "fillna", _fillna)
    _wrap(pandas.Series, "__getitem__", _item_by_position)
    names = vars(pandas).get("__getattr__")

    def find(name: str) -> Any:
        if name == "datetime" and recording.student_line():
            recording.note("pandas_datetime")
            return datetime.datetime
        if names is not None:
            return names(name)
        raise AttributeError(f"module 'pandas' has no attribute {name!r}")

    pandas.__getattr__ = find


def _read_csv(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """``squeeze=True`` and ``date_parser=``, which pandas 2 and 3 took away."""
    parser, squeeze = kwargs.pop("date_parser", None), kwargs.pop("squeeze", None)
    kwargs.pop("infer_datetime_format", None)
    if parser is not None:
        recording.note("csv_date_parser")
        table = _read_with_parser(original, parser, *args, **kwargs)
    else:
        table = original(*args, **kwargs)
    if squeeze is not None:
        recording.note("csv_squeeze")
    return table.squeeze("columns") if squeeze else table


def _read_with_parser(original: Callable[..., Any], parser: Callable[[str], Any], *args: Any, **kwargs: Any) -> Any:
    """Read a table, then hand the dates to the student's parser, one by one."""
    index, dates = kwargs.pop("index_col", None), kwargs.pop("parse_dates", None)
    table = original(*args, **kwargs)
    labels = _labels(table, index)
    for label in labels if dates is True else _labels(table, dates):
        table[label] = [parser(str(each)) for each in table[label]]
    return table.set_index(labels) if labels else table


def _labels(table: Any, columns: Any) -> list[Any]:
    """Return columns, given by number or name, one or several, by name."""
    if columns is None or columns is False:
        return []
    listed = columns if isinstance(columns, list | tuple) else [columns]
    return [table.columns[each] if isinstance(each, int) else each for each in listed]


def _fillna(original: Callable[..., Any], data: Any, *args: Any, **kwargs: Any) -> Any:
    """``fillna(method='ffill')``."""
    method = kwargs.pop("method", None)
    if method not in FILL_METHODS:
        return original(data, *args, **kwargs)
    recording.note("fillna_method", written=method, today=FILL_METHODS[method])
    return getattr(data, FILL_METHODS[method])(*args, **kwargs)


def _item_by_position(original: Callable[..., Any], series: Any, key: Any) -> Any:
    """``series[0]`` where the labels are no numbers."""
    try:
        return original(series, key)
    except KeyError:
        if type(key) is not int or series.index.inferred_type == "integer":
            raise
        recording.note("series_by_position", written=str(key))
        return series.iloc[key]
