# expect: 21/21
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
    detrended = series - moving_average(series, period)
    means = [detrended.iloc[k::period].mean() for k in range(period)]
    means = np.array(means) - np.mean(means)
    return pd.Series([means[i % period] for i in range(len(series))], index=series.index)


def cyclical(series, period):
    return moving_average(series, period) - trend(series)


def irregular(series, period):
    return series - trend(series) - seasonal(series, period) - cyclical(series, period)


def ar(phi, noise):
    p = len(phi)
    padded = np.zeros(len(noise) + p)
    for t in range(len(noise)):
        padded[t + p] = np.dot(phi, padded[t : t + p][::-1]) + noise[t]
    return padded[p:]


def ma(theta, noise):
    return np.convolve(noise, np.concatenate(([1.0], theta)))[: len(noise)]


def arma(constant, phi, theta, noise):
    return ar(phi, ma(theta, noise) + constant)


def difference(series, d=1):
    return np.array(series[1:]) - np.array(series[:-1]) if d == 1 else difference(difference(series, 1), d - 1)


def undifference(differences, start):
    series = list(start)
    d = len(start)
    from math import comb
    for x in differences:
        series.append(x - sum((-1) ** k * comb(d, k) * series[-k] for k in range(1, d + 1)))
    return series


def plot_components(series, period):
    fig, ax = plt.subplots()
    for f in (seasonal, cyclical, irregular):
        ax.plot(f(series, period).dropna(), label=f.__name__)
    ax.plot(trend(series), label="trend")
    ax.legend()
    fig.savefig("components.png")
    plt.show()


if __name__ == "__main__":
    plot_components(load_data(), 12)
