# expect: 21/21
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.signal import lfilter
from scipy.stats import linregress
from sklearn.linear_model import LinearRegression
from statsmodels.tsa.seasonal import seasonal_decompose

from grader import datasets


def load_data():
    table = pd.read_csv(datasets.path("airline-passengers.csv"))
    months = pd.DatetimeIndex(pd.to_datetime(table["Month"]), name="Month", freq="MS")
    return pd.Series(table["Passengers"].to_numpy(float), index=months, name="Passengers")


def trend(series):
    t = np.arange(len(series)).reshape(-1, 1)
    model = LinearRegression().fit(t, series)
    return pd.Series(model.predict(t), index=series.index)


def moving_average(series, period):
    return seasonal_decompose(series, model="additive", period=period).trend


def seasonal(series, period):
    return seasonal_decompose(series, period=period).seasonal


def cyclical(series, period):
    return moving_average(series, period) - trend(series)


def irregular(series, period):
    return seasonal_decompose(series, period=period).resid


def ar(phi, noise):
    return lfilter([1], np.r_[1, -np.asarray(phi)], noise)


def ma(theta, noise):
    return lfilter(np.r_[1, theta], [1], noise)


def arma(constant, phi, theta, noise):
    return ar(phi, constant + ma(theta, noise))


def difference(series, d=1):
    return np.diff(series, n=d)


def undifference(differences, start):
    if len(start) == 1:
        return np.concatenate([start, start[0] + np.cumsum(differences)])
    inner = undifference(differences, np.diff(start))
    return undifference(inner, start[:1])


def plot_components(series, period):
    table = pd.DataFrame({
        "trend": trend(series), "seasonal": seasonal(series, period),
        "cyclical": cyclical(series, period), "irregular": irregular(series, period),
    })
    table.plot(subplots=True, layout=(2, 2), figsize=(10, 6))
    plt.savefig("components.png")


if __name__ == "__main__":
    plot_components(load_data(), 12)
