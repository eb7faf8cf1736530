# expect: 8/21
# fails: test_seasonal, test_cyclical, test_irregular, test_ar, test_ma, test_arma, test_picture
# says: A TODO is still open there.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from grader import datasets


def load_data():
    table = pd.read_csv(datasets.path("airline-passengers.csv"))
    months = pd.DatetimeIndex(pd.to_datetime(table["Month"]), name="Month", freq="MS")
    return pd.Series(table["Passengers"].to_numpy(float), index=months, name="Passengers")


def trend(series):
    t = np.arange(len(series))
    a, b = np.polyfit(t, series, 1)
    return pd.Series(a * t + b, index=series.index)


def moving_average(series, period):
    if period % 2 == 1:
        return series.rolling(period, center=True).mean()
    return series.rolling(period).mean().rolling(2).mean().shift(-(period // 2))


def seasonal(series, period):
    raise NotImplementedError("task 2")


def cyclical(series, period):
    raise NotImplementedError("task 2")


def irregular(series, period):
    raise NotImplementedError("task 2")


def ar(phi, noise):
    raise NotImplementedError("task 3")


def ma(theta, noise):
    raise NotImplementedError("task 3")


def arma(constant, phi, theta, noise):
    raise NotImplementedError("task 3")


def difference(series, d=1):
    return np.diff(series, n=d)


def undifference(differences, start):
    if len(start) == 1:
        return np.concatenate([start, start[0] + np.cumsum(differences)])
    inner = undifference(differences, np.diff(start))
    return undifference(inner, start[:1])


def plot_components(series, period):
    raise NotImplementedError("task 5")


if __name__ == "__main__":
    plot_components(load_data(), 12)
