"""Lesson 7-1: what a time series is made of, and what makes one."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from grader import datasets


def load_data() -> pd.Series:
    """Return the airline passengers of 144 months, in thousands."""
    table = pd.read_csv(datasets.path("airline-passengers.csv"))
    months = pd.DatetimeIndex(pd.to_datetime(table["Month"]), name="Month", freq="MS")
    return pd.Series(table["Passengers"].to_numpy(float), index=months, name="Passengers")


def trend(series: pd.Series) -> pd.Series:
    """Return the straight line that lies closest to the series (least squares)."""
    time = np.arange(len(series))
    slope, intercept = np.polyfit(time, series.to_numpy(), deg=1)
    return pd.Series(intercept + slope * time, index=series.index)


def moving_average(series: pd.Series, period: int) -> pd.Series:
    """Return the centred moving average over one period; NaN at both ends, where it has no room.

    An odd period has a middle. An even one has none: there the average of two
    neighbouring averages lies on a month again.
    """
    average = series.rolling(period, center=True).mean()
    if period % 2 == 0:
        average = average.rolling(2).mean().shift(-1)
    return average


def seasonal(series: pd.Series, period: int) -> pd.Series:
    """Return each season's mean distance from the moving average, repeated over the whole series.

    The ``period`` figures sum to 0.
    """
    distance = series - moving_average(series, period)
    season = np.arange(len(series)) % period
    figures = distance.groupby(season).mean()
    figures = figures - figures.mean()
    return pd.Series(figures.to_numpy()[season], index=series.index)


def cyclical(series: pd.Series, period: int) -> pd.Series:
    """Return how far the moving average swings away from the trend."""
    return moving_average(series, period) - trend(series)


def irregular(series: pd.Series, period: int) -> pd.Series:
    """Return what the other three parts leave over."""
    return series - trend(series) - seasonal(series, period) - cyclical(series, period)


def ar(phi: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = phi_1 Z_(t-1) + … + phi_p Z_(t-p) + a_t, for every a_t in ``noise``.

    Before the start, Z is 0.
    """
    return arma(0.0, phi, [], noise)


def ma(theta: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = theta_1 a_(t-1) + … + theta_q a_(t-q) + a_t, for every a_t in ``noise``.

    Before the start, a is 0.
    """
    return arma(0.0, [], theta, noise)


def arma(constant: float, phi: np.ndarray, theta: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = constant + (the terms of ``ar``) + (the terms of ``ma``) + a_t, for every a_t in ``noise``.

    Before the start, Z and a are 0.
    """
    z = np.zeros(len(noise))
    for t in range(len(noise)):
        z[t] = constant + noise[t]
        z[t] += sum(phi[i] * z[t - 1 - i] for i in range(min(len(phi), t)))
        z[t] += sum(theta[i] * noise[t - 1 - i] for i in range(min(len(theta), t)))
    return z


def difference(series: np.ndarray, d: int = 1) -> np.ndarray:
    """Return the series of steps from each value to the next, taken ``d`` times: ``d`` values shorter."""
    for _ in range(d):
        series = series[1:] - series[:-1]
    return series


def undifference(differences: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the series that ``difference`` was made of.

    ``start`` holds its first ``d`` values, which the differences do not tell.
    """
    for order in reversed(range(len(start))):
        first = difference(start, order)[0]
        differences = np.concatenate([[first], first + np.cumsum(differences)])
    return differences


def plot_components(series: pd.Series, period: int) -> None:
    """Draw the four components of the series, one below the other, and save them as ``components.png``."""
    components = {
        "Trend": trend(series),
        "Seasonal": seasonal(series, period),
        "Cyclical": cyclical(series, period),
        "Irregular": irregular(series, period),
    }
    figure, axes = plt.subplots(len(components), sharex=True, figsize=(8, 9))
    for ax, (name, component) in zip(axes, components.items(), strict=True):
        ax.plot(component.index, component)
        ax.set_title(name)
    figure.tight_layout()
    figure.savefig("components.png")


def main() -> None:
    """Take the airline passengers apart, then make series of noise, and make a series stand still."""
    passengers = load_data()
    line = trend(passengers)
    print(f"Trend: {line.iloc[1] - line.iloc[0]:+.2f} thousand passengers a month")

    year = seasonal(passengers, 12).iloc[:12]
    print(f"Seasonal: {year.max():+.1f} in {year.idxmax():%B}, {year.min():+.1f} in {year.idxmin():%B}")
    print(f"Cyclical: standard deviation {cyclical(passengers, 12).std():.1f}")
    print(f"Irregular: standard deviation {irregular(passengers, 12).std():.1f}")
    plot_components(passengers, 12)

    noise = np.random.default_rng(2022).normal(size=1000)
    for name, made in {
        "noise": noise,
        "AR(1)": ar([0.8], noise),
        "MA(1)": ma([0.8], noise),
        "ARMA(1, 1)": arma(0.0, [0.8], [0.8], noise),
    }.items():
        echoes = [np.corrcoef(made[lag:], made[:-lag])[0, 1] for lag in (1, 2, 3)]
        print(f"{name:<11} correlation with 1, 2, 3 steps before: " + "  ".join(f"{each:5.2f}" for each in echoes))

    values = passengers.to_numpy()
    steps = difference(values)
    print(f"Mean of the first and of the last six years: {values[:72].mean():.0f} and {values[72:].mean():.0f}")
    print(f"The same of the differences: {steps[:72].mean():.1f} and {steps[72:].mean():.1f}")
    back = undifference(difference(values, 2), values[:2])
    print(f"Differenced twice and brought back: largest error {np.abs(back - values).max():.1e}")


if __name__ == "__main__":
    main()
