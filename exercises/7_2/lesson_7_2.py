"""Lesson 7-2: sales of the next month, forecast by ARIMA."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from statsmodels.tsa.arima.model import ARIMA, ARIMAResults

from grader import datasets


def load_sales() -> pd.Series:
    """Return the sales of 36 months, from January 1991 on (the file counts its years 1, 2, 3)."""
    table = pd.read_csv(datasets.path("sales.csv"))
    months = pd.DatetimeIndex(pd.to_datetime("199" + table["Month"], format="%Y-%m"), name="Month", freq="MS")
    return pd.Series(table["Sales"].to_numpy(), index=months, name="Sales")


def fit_arima(series: pd.Series) -> ARIMAResults:
    """Return what fitting an ARIMA(5, 1, 0) model with drift to the series brings."""
    # TODO task 1: make an ARIMA(5, 1, 0) model with drift, fit it, and return what fit returns.
    # 할 일 1: 드리프트가 있는 ARIMA(5, 1, 0) 모델을 만들어 맞추고, fit이 돌려주는 값을 돌려주세요.
    raise NotImplementedError("task 1")


def summarize_residuals(results: ARIMAResults) -> pd.Series:
    """Return count, mean, deviation and quartiles of the residuals; draw them, and their density.

    The first residual is left out: the first month has no month before it to be forecast from.
    The pictures are saved as ``residuals.png`` and ``density.png``.
    """
    # TODO task 2: take the residuals without the first, draw them and their density, return describe().
    # 할 일 2: 첫 잔차를 빼고, 잔차와 그 밀도를 그린 다음, describe()의 결과를 돌려주세요.
    raise NotImplementedError("task 2")


def walk_forward(series: pd.Series) -> tuple[np.ndarray, list[float]]:
    """Return the last third of the series, and a forecast for each of its months.

    A month is forecast from all the months before it: the model is fitted again
    at each step, and knows nothing of the month or of those after it.
    """
    values = series.to_numpy()
    train, test = np.split(values, [int(len(values) * 0.66)])

    predictions = []
    # TODO task 3: begin with a history that holds the training months. For each month of the test part: fit the model
    # to the history, put its forecast of one month into predictions, append the month that was observed to the history.
    # 할 일 3: 훈련하는 달들로 history를 만드세요. 테스트하는 달마다 history에 모델을 맞추고, 한 달 예측을 predictions에
    # 넣고, 실제로 관측된 값을 history에 덧붙이세요.
    raise NotImplementedError("task 3")
    return test, predictions


def test_mse(test: np.ndarray, predictions: list[float]) -> float:
    """Return the mean squared error of the forecasts."""
    # TODO task 4: return the mean squared error.
    # 할 일 4: 평균 제곱 오차를 돌려주세요.
    raise NotImplementedError("task 4")


def plot_forecast(test: np.ndarray, predictions: list[float]) -> None:
    """Draw the months of the test and their forecasts, and save them as ``forecast.png``."""
    # TODO task 4: draw both on the same axes and save the picture.
    # 할 일 4: 둘을 같은 축에 그리고 그림을 저장하세요.
    raise NotImplementedError("task 4")


def main() -> None:
    """Fit the model to all months, look at what it gets wrong, and let it forecast the last third."""
    series = load_sales()

    results = fit_arima(series)
    print(results.summary())
    print(summarize_residuals(results))

    test, predictions = walk_forward(series)
    print(f"Test MSE: {test_mse(test, predictions):.3f}")
    before = series.to_numpy()[-len(test) - 1 : -1]
    print(f"MSE of 'next month is like this month': {test_mse(test, before):.3f}")
    plot_forecast(test, predictions)


if __name__ == "__main__":
    main()
