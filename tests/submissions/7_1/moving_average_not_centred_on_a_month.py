# expect: 20/21
# fails: test_moving_average_of_even_periods
# says: half a month beside
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
    return series.rolling(window=period, center=True).mean()


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
    Z = []
    for t in range(len(noise)):
        z = noise[t]
        for i in range(1, len(phi) + 1):
            if t - i >= 0:
                z += phi[i - 1] * Z[t - i]
        Z.append(z)
    return np.array(Z)


def ma(theta, noise):
    Z = []
    for t in range(len(noise)):
        z = noise[t]
        for i in range(1, len(theta) + 1):
            if t - i >= 0:
                z += theta[i - 1] * noise[t - i]
        Z.append(z)
    return np.array(Z)


def arma(constant, phi, theta, noise):
    Z = []
    for t in range(len(noise)):
        z = constant + noise[t]
        for i in range(1, len(phi) + 1):
            if t - i >= 0:
                z += phi[i - 1] * Z[t - i]
        for i in range(1, len(theta) + 1):
            if t - i >= 0:
                z += theta[i - 1] * noise[t - i]
        Z.append(z)
    return np.array(Z)


def difference(series, d=1):
    return np.diff(series, n=d)


def undifference(differences, start):
    if len(start) == 1:
        return np.concatenate([start, start[0] + np.cumsum(differences)])
    inner = undifference(differences, np.diff(start))
    return undifference(inner, start[:1])


def plot_components(series, period):
    plt.figure(figsize=(8, 10))
    plt.subplot(4, 1, 1)
    plt.plot(trend(series))
    plt.title("trend")
    plt.subplot(4, 1, 2)
    plt.plot(seasonal(series, period))
    plt.title("seasonal")
    plt.subplot(4, 1, 3)
    plt.plot(cyclical(series, period))
    plt.title("cyclical")
    plt.subplot(4, 1, 4)
    plt.plot(irregular(series, period))
    plt.title("irregular")
    plt.tight_layout()
    plt.savefig("components.png")


if __name__ == "__main__":
    plot_components(load_data(), 12)
