# expect: 18/18
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from statsmodels.tsa.arima.model import ARIMA
from grader import datasets


def load_sales():
    table = pd.read_csv(datasets.path("sales.csv"))
    months = pd.DatetimeIndex(pd.to_datetime("199" + table["Month"], format="%Y-%m"), freq="MS")
    return pd.Series(table["Sales"].to_numpy(), index=months, name="Sales")


def fit_arima(series):
    return ARIMA(np.diff(series), order=(5, 0, 0)).fit()


def summarize_residuals(results):
    frame = pd.DataFrame(results.resid)
    fig, (left, right) = plt.subplots(1, 2)
    frame.plot(ax=left)
    frame.plot.density(ax=right)
    fig.savefig("residuals.png")
    return frame.describe()


def walk_forward(series):
    values = list(series)
    size = int(len(values) * 0.66)
    predictions = [values[t - 1] + fit_arima(values[:t]).forecast()[0] for t in range(size, len(values))]
    return values[size:], predictions


def test_mse(test, predictions):
    from sklearn.metrics import mean_squared_error
    return mean_squared_error(test, predictions)


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
