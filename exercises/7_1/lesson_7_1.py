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
    # TODO task 1: fit a straight line to the series and return it as a Series with the same index.
    # 할 일 1: 시계열에 직선을 맞추고, 인덱스가 같은 Series로 돌려주세요.
    raise NotImplementedError("task 1")


def moving_average(series: pd.Series, period: int) -> pd.Series:
    """Return the centred moving average over one period; NaN at both ends, where it has no room.

    An odd period has a middle. An even one has none: there the average of two
    neighbouring averages lies on a month again.
    """
    # TODO task 1: return the centred moving average. Mind odd and even periods.
    # 할 일 1: 가운데를 맞춘 이동 평균을 돌려주세요. 주기가 홀수일 때와 짝수일 때가 다릅니다.
    raise NotImplementedError("task 1")


def seasonal(series: pd.Series, period: int) -> pd.Series:
    """Return each season's mean distance from the moving average, repeated over the whole series.

    The ``period`` figures sum to 0.
    """
    # TODO task 2: average the distance from the moving average by season; let the figures sum to 0; repeat them.
    # 할 일 2: 이동 평균과의 차이를 계절별로 평균 내고, 합이 0이 되게 한 다음, 끝까지 되풀이하세요.
    raise NotImplementedError("task 2")


def cyclical(series: pd.Series, period: int) -> pd.Series:
    """Return how far the moving average swings away from the trend."""
    # TODO task 2: compare the moving average with the trend.
    # 할 일 2: 이동 평균과 추세를 비교하세요.
    raise NotImplementedError("task 2")


def irregular(series: pd.Series, period: int) -> pd.Series:
    """Return what the other three parts leave over."""
    # TODO task 2: return what the other three parts leave over.
    # 할 일 2: 나머지 세 성분을 빼고 남는 것을 돌려주세요.
    raise NotImplementedError("task 2")


def ar(phi: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = phi_1 Z_(t-1) + … + phi_p Z_(t-p) + a_t, for every a_t in ``noise``.

    Before the start, Z is 0.
    """
    # TODO task 3: compute Z_t step by step.
    # 할 일 3: Z_t를 한 시점씩 차례로 계산하세요.
    raise NotImplementedError("task 3")


def ma(theta: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = theta_1 a_(t-1) + … + theta_q a_(t-q) + a_t, for every a_t in ``noise``.

    Before the start, a is 0.
    """
    # TODO task 3: compute Z_t from the noise now and before.
    # 할 일 3: 지금과 이전의 잡음으로 Z_t를 계산하세요.
    raise NotImplementedError("task 3")


def arma(constant: float, phi: np.ndarray, theta: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Return Z_t = constant + (the terms of ``ar``) + (the terms of ``ma``) + a_t, for every a_t in ``noise``.

    Before the start, Z and a are 0.
    """
    # TODO task 3: put both together, and add the constant.
    # 할 일 3: 둘을 합치고 상수를 더하세요.
    raise NotImplementedError("task 3")


def difference(series: np.ndarray, d: int = 1) -> np.ndarray:
    """Return the series of steps from each value to the next, taken ``d`` times: ``d`` values shorter."""
    # TODO task 4: return the steps from value to value, d times over.
    # 할 일 4: 값에서 다음 값까지의 변화를 구하세요. 이것을 d번 되풀이합니다.
    raise NotImplementedError("task 4")


def undifference(differences: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the series that ``difference`` was made of.

    ``start`` holds its first ``d`` values, which the differences do not tell.
    """
    # TODO task 4: bring the series back.
    # 할 일 4: 원래 시계열을 되찾으세요.
    raise NotImplementedError("task 4")


def plot_components(series: pd.Series, period: int) -> None:
    """Draw the four components of the series, one below the other, and save them as ``components.png``."""
    # TODO task 5: draw the four components and save the picture.
    # 할 일 5: 네 성분을 그리고 그림을 저장하세요.
    raise NotImplementedError("task 5")


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
