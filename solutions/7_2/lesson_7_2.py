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
    # concentrate_scale: the variance of the noise is computed, not searched for: quicker, and closer to the optimum.
    model = ARIMA(series, order=(5, 1, 0), trend="t", concentrate_scale=True)
    return model.fit()


def summarize_residuals(results: ARIMAResults) -> pd.Series:
    """Return count, mean, deviation and quartiles of the residuals; draw them, and their density.

    The first residual is left out: the first month has no month before it to be forecast from.
    The pictures are saved as ``residuals.png`` and ``density.png``.
    """
    residuals = pd.Series(np.asarray(results.resid)[1:], name="Residuals")
    for kind, file in (("line", "residuals.png"), ("kde", "density.png")):
        _, axes = plt.subplots()
        residuals.plot(kind=kind, ax=axes)
        plt.savefig(file)
    return residuals.describe()


def walk_forward(series: pd.Series) -> tuple[np.ndarray, list[float]]:
    """Return the last third of the series, and a forecast for each of its months.

    A month is forecast from all the months before it: the model is fitted again
    at each step, and knows nothing of the month or of those after it.
    """
    values = series.to_numpy()
    train, test = np.split(values, [int(len(values) * 0.66)])

    predictions = []
    history = list(train)
    for observed in test:
        predictions.append(fit_arima(history).forecast()[0])
        print(f"predicted={predictions[-1]:.6f}, expected={observed:.6f}")
        history.append(observed)
    return test, predictions


def test_mse(test: np.ndarray, predictions: list[float]) -> float:
    """Return the mean squared error of the forecasts."""
    return float(np.mean((np.asarray(test) - np.asarray(predictions)) ** 2))


def plot_forecast(test: np.ndarray, predictions: list[float]) -> None:
    """Draw the months of the test and their forecasts, and save them as ``forecast.png``."""
    _, axes = plt.subplots()
    axes.plot(test, label="Sales")
    axes.plot(predictions, color="red", label="Forecast")
    axes.legend()
    plt.savefig("forecast.png")


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
