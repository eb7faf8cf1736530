# expect: 18/18
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from statsmodels.tsa.arima.model import ARIMA
from grader import datasets


class Forecaster:
    def __init__(self, history):
        self.history = list(history)

    def fit(self):
        self.results = ARIMA(self.history, order=(5, 1, 0), trend=[0, 1], concentrate_scale=True).fit(method_kwargs={"disp": 0})
        return self

    def next(self):
        n = len(self.history)
        return self.results.predict(n, n)

    def observe(self, value):
        self.history.append(value)


def load_sales():
    table = pd.read_csv(datasets.path("sales.csv"))
    months = pd.DatetimeIndex(pd.to_datetime("199" + table["Month"], format="%Y-%m"), freq="MS")
    return pd.Series(table["Sales"].to_numpy(), index=months, name="Sales")


def fit_arima(series):
    return ARIMA(series, order=(5, 1, 0), trend="t").fit()


def summarize_residuals(results):
    residuals = results.resid[1:]
    residuals.plot(title="residuals")
    plt.savefig("residuals.png")
    plt.close()
    residuals.plot(kind="kde")
    plt.savefig("density.png")
    plt.close()
    return residuals.describe()


def walk_forward(series):
    size = int(len(series) * 0.66)
    train, test = series.values[:size], series.values[size:]
    model = Forecaster(train)
    predictions = []
    for value in test:
        predictions.append(model.fit().next())
        model.observe(value)
    return test, np.concatenate(predictions)


def test_mse(test, predictions):
    return np.square(np.subtract(test, predictions)).mean()


def plot_forecast(test, predictions):
    plt.figure()
    plt.plot(test)
    plt.plot(predictions, color="red")
    plt.savefig("forecast.png")


def main():
    series = load_sales()
    results = fit_arima(series)
    print(results.summary())
    print(summarize_residuals(results))
    test, predictions = walk_forward(series)
    print("Test MSE: %.3f" % test_mse(test, predictions))
    plot_forecast(test, predictions)


if __name__ == "__main__":
    main()
