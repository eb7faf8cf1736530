# expect: 18/18
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
import statsmodels.api as sm
from grader import datasets


def load_sales():
    table = pd.read_csv(datasets.path("sales.csv"))
    months = pd.DatetimeIndex(pd.to_datetime("199" + table["Month"], format="%Y-%m"), freq="MS")
    return pd.Series(table["Sales"].to_numpy(), index=months, name="Sales")


def fit_arima(series):
    model = sm.tsa.ARIMA(series, order=([1, 2, 3, 4, 5], 1, 0), trend="t")
    return model.fit()


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
    n = int(len(series) * 0.66)
    test = series[n:]
    predictions = []
    for i in range(len(test)):
        results = sm.tsa.SARIMAX(series[: n + i].to_list(), order=(5, 1, 0), trend="c").fit(disp=False)
        predictions.append(round(float(results.forecast()[0]), 1))
    return test.tolist(), predictions


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
