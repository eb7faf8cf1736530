# expect: 17/18
# fails: test_forecast_plot
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
    values = series.values
    size = int(len(values) * 0.66)
    train, test = values[:size], values[size:]
    history = [x for x in train]
    predictions = []
    for t in range(len(test)):
        yhat = ARIMA(history, order=(5, 1, 0), trend="t").fit().forecast()[0]
        predictions.append(yhat)
        history.append(test[t])
        print("predicted=%f, expected=%f" % (yhat, test[t]))
    return test, predictions


def test_mse(test, predictions):
    from sklearn.metrics import mean_squared_error
    return mean_squared_error(test, predictions)


def plot_forecast(test, predictions):
    fig, axes = plt.subplots(2)
    axes[0].plot(test)
    axes[1].plot(predictions)
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
