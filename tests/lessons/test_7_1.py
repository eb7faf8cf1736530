"""Lesson 7-1: What a time series is made of, and what makes one"""

from typing import Any

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check, drawn_once
from grader.errors import Unanswerable
from grader.evidence import Monthly, Value
from grader.expect import agrees, expect_array, expect_true
from grader.expect.series import expect_lines, expect_months, expect_one_of, has_other_index
from grader.session import LiveSubmission, Setup
from grader.text import Text, literal, text

SETUP = Setup(files=("airline-passengers.csv",))
PRINTS = ["Trend: +2.66", "+63.8 in July, -53.6 in November"]
DRAWS = ["components.png"]

HINTS = {
    1: (
        "Both functions show the long run. Which one would you draw with a ruler, and which by averaging neighbours?",
        (
            "The trend is two numbers, slope and intercept, for the whole series. The moving average is a number for "
            "each month, and must reach as far back as it reaches ahead."
        ),
        (
            "np.polyfit finds slope and intercept over the times 0, 1, 2, …; rolling with center, then mean, makes "
            "averages. An even period needs a second, short rolling and a shift onto the right month."
        ),
    ),
    2: (
        "The page adds four components up to the series. Which of them does task 1 give you, and which is hardest?",
        (
            "Subtract the moving average, and you see by how much each July differs from the months around it; the "
            "mean of all those is July's figure. The other two components are plain subtractions."
        ),
        (
            "A season is the remainder of a value's place divided by period; groupby and mean give its figure, "
            "without NaN. Pick the figures by season to repeat them, and give pd.Series the index."
        ),
    ),
    3: (
        "Write down Z_0, Z_1 and Z_2 by hand for two coefficients of your choice. What did you need for each?",
        (
            "A value needs those before it, so they are made one by one, in a loop over time. AR is an ARMA without "
            "theta, MA one without phi: one loop can serve all three."
        ),
        (
            "np.zeros for Z, as long as noise; inside the loop a sum over phi with earlier Z, a sum over theta with "
            "earlier noise, and what else the formula has. min keeps both sums from reaching back beyond the start."
        ),
    ),
    4: (
        "Take 3, 5, 9 and write down its steps. What else must you know to get from the steps back to 3, 5, 9?",
        (
            "The way back from steps to values is adding up, from a first value on. What was differenced d times is "
            "added up d times, and each time begins at a first value of its own."
        ),
        (
            "Forwards two slices of the array, or np.diff. Backwards np.cumsum and np.concatenate, once a round; the "
            "first value of a round comes out when you call your own difference on start."
        ),
    ),
    5: (
        "The functions of tasks 1 and 2 return the four components. Which returns which, and what does each ask for?",
        (
            "The trend is in the hundreds, the other three swing around 0: on one pair of axes the small ones would "
            "be flat. So give each component a pair of its own, one below the other."
        ),
        (
            "plt.subplots gives a figure and as many axes as you ask for; each has a method plot and a set_title. "
            "savefig saves the whole figure."
        ),
    ),
}

START, LENGTH = "2003-05", 41
EVEN, ODD = 8, 5
MONTHS = tuple(str(np.datetime64(START) + month) for month in range(LENGTH))


@drawn_once
def drawn(submission: LiveSubmission) -> np.ndarray:
    """A series with a trend, and with seasons that are neither those of a year nor of a quarter."""
    random, time = submission.random, np.arange(LENGTH)
    seasons = random.normal(scale=20, size=EVEN)[time % EVEN] + random.normal(scale=20, size=ODD)[time % ODD]
    walk = random.normal(scale=15, size=LENGTH).cumsum()
    return np.asarray(300 + random.uniform(2, 4) * time + seasons + walk)


def part(submission: LiveSubmission, name: str, period: int | None = None) -> Called:
    """One of the functions, on that series."""
    series = Monthly(drawn(submission), START)
    return (
        submission.call(name, series=series) if period is None else submission.call(name, series=series, period=period)
    )


def own(submission: LiveSubmission, name: str, period: int | None = None) -> np.ndarray | None:
    """What the submission's own function makes of it, right or wrong."""
    found = evidence.array_of(part(submission, name, period).value)
    return found if found is not None and found.shape == (LENGTH,) else None


def line_through(series: np.ndarray) -> np.ndarray:
    time = np.arange(len(series)) - (len(series) - 1) / 2
    fitted: np.ndarray = series.mean() + time * (time @ series) / (time @ time)
    return fitted


def averaged(series: np.ndarray, period: int) -> np.ndarray:
    """The moving average, as one sum of weights: at an even period the first and the last weigh half."""
    weights = np.ones(period) if period % 2 else np.r_[0.5, np.ones(period - 1), 0.5]
    reach = len(weights) // 2
    return np.pad(np.convolve(series, weights / period, "valid"), reach, constant_values=np.nan)


def shifted(series: np.ndarray, period: int, first: int) -> np.ndarray:
    """The plain average of ``period`` values, the first of which stands at ``first``."""
    found = np.full(len(series), np.nan)
    plain = np.convolve(series, np.ones(period) / period, "valid")
    found[first : first + len(plain)] = plain
    return found


def by_season(distance: np.ndarray, period: int) -> np.ndarray:
    """The mean of each season, less the mean of all of them, repeated."""
    figures = np.array([np.nanmean(distance[season::period]) for season in range(period)])
    return np.resize(figures - figures.mean(), len(distance))


def recursion(noise: np.ndarray, phi: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """An ARMA series, solved as one system of linear equations: Z - phi Z = a + theta a."""
    size = len(noise)
    back = [np.eye(size, k=-1 - lag) for lag in range(max(len(phi), len(theta)))]
    left = np.eye(size) - sum((each * shift for each, shift in zip(phi, back, strict=False)), np.zeros((size, size)))
    right = noise + sum((each * shift @ noise for each, shift in zip(theta, back, strict=False)), np.zeros(size))
    return np.linalg.solve(left, right)


@drawn_once
def coefficients(submission: LiveSubmission) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """phi, theta and noise, of orders that nobody writes into a function."""
    random = submission.random
    return random.uniform(0.1, 0.3, 3), random.uniform(0.3, 0.9, 4), random.normal(size=15)


NONE = np.empty(0)
LATE = text("The first values take no part in it: where there is less past than coefficients, use as much as there is.")
REVERSED = text("The coefficients are in reverse: the first one belongs to the step before.")
SUBTRACTED = text("The terms with theta are subtracted. Some books write them so; here they are added.")
WRAPPED = text("Before the start the noise is 0; a negative index, though, counts from the end of an array.")


@check(
    points=1,
    task=1,
    why="The trend is where the series goes in the long run, with all ups and downs left out.",
    hint="A straight line is a polynomial of degree 1: np.polyfit over the times 0, 1, 2, … gives its slope, then its "
    "intercept.",
)
def test_trend(submission: LiveSubmission) -> None:
    """trend is the least-squares straight line."""
    series = drawn(submission)
    ends = np.linspace(series[0], series[-1], LENGTH)
    suspects = ((text("It is the line from the first value to the last."), ends),)
    expect_array(part(submission, "trend").result(), line_through(series), literal("trend"), suspects=suspects)


@check(
    points=1,
    task=1,
    why="An average over a whole period holds every season once, so the seasons drop out.",
    hint="rolling takes the period; its argument center puts each average on the month in the middle.",
)
def test_moving_average_of_odd_periods(submission: LiveSubmission) -> None:
    """moving_average is the centred moving average over an odd period, NaN at the ends."""
    series = drawn(submission)
    late = text("It stands at the last of the months it averages, not in their middle.")
    expect_array(
        part(submission, "moving_average", ODD).result(),
        averaged(series, ODD),
        literal(f"moving_average(series, period={ODD})"),
        suspects=((late, shifted(series, ODD, ODD - 1)),),
    )


@check(
    points=1,
    task=1,
    why="The middle of twelve months lies between two of them: the average belongs to neither.",
    hint="Average two neighbouring averages, and put the result on the month that lies between them.",
)
def test_moving_average_of_even_periods(submission: LiveSubmission) -> None:
    """Over an even period it averages two neighbouring averages, so that it is centred on a month."""
    series = drawn(submission)
    between = text("It lies half a month beside the month that it stands at.")
    late = text("It stands at the last of the months it averages, not in their middle.")
    expect_array(
        part(submission, "moving_average", EVEN).result(),
        averaged(series, EVEN),
        literal(f"moving_average(series, period={EVEN})"),
        suspects=(
            (between, shifted(series, EVEN, EVEN // 2)),
            (between, shifted(series, EVEN, EVEN // 2 - 1)),
            (late, shifted(series, EVEN, EVEN - 1)),
        ),
    )


@check(
    points=1,
    task=1,
    why="The other parts are made of these two, and pandas joins series by their index.",
    hint="rolling keeps the index of the series. Where you made an array, pd.Series makes a Series of it again, and "
    "takes an index.",
)
def test_index_of_the_long_run(submission: LiveSubmission) -> None:
    """trend and moving_average return Series with the index of the series."""
    expect_months(part(submission, "trend").result(), MONTHS, literal("trend"))
    expect_months(part(submission, "moving_average", EVEN).result(), MONTHS, literal("moving_average"))


def seasons(submission: LiveSubmission, period: int) -> tuple[np.ndarray, ...]:
    """What seasonal may be: from the right moving average, or from the submission's own."""
    mine = own(submission, "moving_average", period)
    averages = [averaged(drawn(submission), period)]
    if mine is not None and np.isfinite(mine).sum() > LENGTH // 2:
        averages.append(mine)
    return tuple(by_season(drawn(submission) - each, period) for each in averages)


@check(
    points=2,
    task=2,
    why="What a season adds is what it has more than the months around it, on average over the years.",
    hint="Take the distances of the series from its moving average, group them by season, and take means.",
)
def test_seasonal(submission: LiveSubmission) -> None:
    """seasonal is each season's mean distance from the moving average, repeated to the end."""
    series, value = drawn(submission), part(submission, "seasonal", EVEN).result()
    actual = evidence.array_of(value)
    offset = actual[:EVEN].mean() if actual is not None and actual.shape == (LENGTH,) else 0.0
    suspects = (
        (text("These are means of the series itself: first take the moving average off."), by_season(series, EVEN)),
        (
            text("The distance is taken from the trend, not from the moving average."),
            by_season(series - line_through(series), EVEN),
        ),
        (
            text("This is one period only: repeat it to the end of the series."),
            by_season(series - averaged(series, EVEN), EVEN)[:EVEN],
        ),
    )
    expect_one_of(
        value,
        *(each + offset for each in seasons(submission, EVEN)),
        what=literal("seasonal"),
        suspects=tuple((said, wrong + offset) for said, wrong in suspects),
    )


@check(
    points=1,
    task=2,
    needs=["test_seasonal"],
    why="Otherwise the seasons would raise or lower the whole series, which is the trend's affair.",
    hint="Subtract the mean of the period's figures from each of them.",
)
def test_seasonal_sums_to_zero(submission: LiveSubmission) -> None:
    """Over one period the seasonal figures sum to 0."""
    total = float(np.sum(own(submission, "seasonal", EVEN)[:EVEN]))  # type: ignore[index]
    expect_true(
        abs(total) < 1e-6,
        text("The figures of one period sum to {total}.", total=f"{total:.4g}"),
        literal("0"),
    )


def expect_made_of(value: Value, parts: dict[str, Called], *accepted: np.ndarray | None, **said: Any) -> None:
    """Expect one of these arrays, where the parts that it is made of have the months by which pandas joins them."""
    if not any(each is not None and agrees(value, each) for each in accepted):
        for name, made in parts.items():
            if made.value is not None and has_other_index(made.value, MONTHS):
                raise Unanswerable(text("First let {name} keep the index of the series.", name=name))
    expect_one_of(value, *accepted, **said)


def difference_of(first: np.ndarray | None, second: np.ndarray | None) -> np.ndarray | None:
    return None if first is None or second is None else first - second


@check(
    points=1,
    task=2,
    why="Once the seasons are averaged away, what swings around the straight line is the cycle.",
    hint="Both functions of task 1 are needed; the page says which of the two is subtracted.",
)
def test_cyclical(submission: LiveSubmission) -> None:
    """cyclical is the moving average less the trend."""
    series = drawn(submission)
    average, line = averaged(series, EVEN), line_through(series)
    suspects = (
        (text("The sign is the other way round."), line - average),
        (text("It still holds the seasons: take the trend off the moving average, not off the series."), series - line),
    )
    follows = difference_of(own(submission, "moving_average", EVEN), own(submission, "trend"))
    value, parts = part(submission, "cyclical", EVEN).result(), {"trend": part(submission, "trend")}
    expect_made_of(value, parts, average - line, follows, what=literal("cyclical"), suspects=suspects)


@check(
    points=1,
    task=2,
    why="Trend, seasons, cycle and this rest add up to the series again: that is what additive means.",
    hint="series minus trend, seasonal and cyclical.",
)
def test_irregular(submission: LiveSubmission) -> None:
    """irregular is the rest: the four parts add up to the series."""
    series = drawn(submission)
    average = averaged(series, EVEN)
    rest = series - average - by_season(series - average, EVEN)
    follows: np.ndarray | None = series
    others: dict[str, int | None] = {"trend": None, "seasonal": EVEN, "cyclical": EVEN}
    for name, period in others.items():
        follows = difference_of(follows, own(submission, name, period))
    short = difference_of(series, own(submission, "moving_average", EVEN))
    short = difference_of(short, own(submission, "seasonal", EVEN))
    suspects = ((text("It still holds the seasons."), series - average),)
    value = part(submission, "irregular", EVEN).result()
    parts = {name: part(submission, name, period) for name, period in others.items()}
    expect_made_of(value, parts, rest, follows, short, what=literal("irregular"), suspects=suspects)


@check(
    points=1,
    task=2,
    why="pandas adds and draws series by their index: without the months the parts do not fit together.",
    hint="pd.Series makes a Series of an array; hand it the index of the series that came in.",
)
def test_index(submission: LiveSubmission) -> None:
    """seasonal, cyclical and irregular return Series with the index of the series."""
    for name in ("seasonal", "cyclical", "irregular"):
        expect_months(part(submission, name, EVEN).result(), MONTHS, literal(name))


@check(
    points=2,
    task=3,
    why="Each value remembers the values before it, so one shock is felt for a long time.",
    hint="Z_t needs the Z that you computed before: fill the array from left to right.",
)
def test_ar(submission: LiveSubmission) -> None:
    """ar computes Z_t = phi_1 Z_(t-1) + … + phi_p Z_(t-p) + a_t."""
    phi, _, noise = coefficients(submission)
    right = recursion(noise, phi, NONE)
    late = np.r_[noise[:3], np.zeros(len(noise) - 3)]
    for t in range(3, len(noise)):
        late[t] = noise[t] + phi @ late[t - 3 : t][::-1]
    suspects = (
        (REVERSED, recursion(noise, phi[::-1], NONE)),
        (LATE, late),
        (text("The noise of the moment, a_t, is left out or comes a step late."), right - noise),
        (
            text("It takes the noise before, not the values before: that is a moving average."),
            recursion(noise, NONE, phi),
        ),
    )
    called = submission.call("ar", phi=phi, noise=noise)
    with called.made_by():
        expect_array(called.result(), right, literal("ar(phi, noise)"), suspects=suspects)


@check(
    points=2,
    task=3,
    why="Each value remembers the last q shocks and nothing older.",
    hint="theta[0] belongs to the noise one step before t; take no term from before the start.",
)
def test_ma(submission: LiveSubmission) -> None:
    """ma computes Z_t = theta_1 a_(t-1) + … + theta_q a_(t-q) + a_t."""
    _, theta, noise = coefficients(submission)
    right = recursion(noise, NONE, theta)
    wrapped = noise + sum(each * np.roll(noise, lag + 1) for lag, each in enumerate(theta))
    suspects = (
        (REVERSED, recursion(noise, NONE, theta[::-1])),
        (WRAPPED, wrapped),
        (SUBTRACTED, recursion(noise, NONE, -theta)),
        (LATE, np.r_[noise[:4], right[4:]]),
        (LATE, np.r_[np.zeros(4), right[4:]]),
        (LATE, right[4:]),
        (text("The noise of the moment, a_t, is left out."), right - noise),
        (
            text("It takes the values before, not the noise before: that is an autoregression."),
            recursion(noise, theta, NONE),
        ),
    )
    called = submission.call("ma", theta=theta, noise=noise)
    with called.made_by():
        expect_array(called.result(), right, literal("ma(theta, noise)"), suspects=suspects)


def mixed(submission: LiveSubmission, constant: float) -> Value:
    phi, theta, noise = coefficients(submission)
    return submission.call("arma", constant=constant, phi=phi, theta=theta, noise=noise).result()


def composed(submission: LiveSubmission, constant: float) -> np.ndarray | None:
    """What the submission's own ma and ar make of it, one after the other, if they do anything at all."""
    phi, theta, noise = coefficients(submission)
    moved = evidence.array_of(submission.call("ma", theta=theta, noise=noise).value)
    if moved is None or moved.shape != noise.shape or np.allclose(moved, noise) or not np.isfinite(moved).all():
        return None
    shocks = constant + moved
    value = submission.call("ar", phi=phi, noise=shocks).value
    return None if agrees(value, shocks) else evidence.array_of(value)


@check(
    points=1,
    task=3,
    why="An ARMA series remembers both its values and its shocks.",
    hint="The terms of ar and the terms of ma, but a_t only once.",
)
def test_arma(submission: LiveSubmission) -> None:
    """arma has the terms of both, and the noise of the moment once."""
    phi, theta, noise = coefficients(submission)
    apart = recursion(noise, phi, NONE) + recursion(noise, NONE, theta)
    suspects = (
        (text("The noise of the moment, a_t, counts twice."), recursion(2 * noise, phi, theta / 2)),
        (text("The two series are only added: Z_t must go on from the Z before it, shocks and all."), apart),
        (text("The two series are only added: Z_t must go on from the Z before it, shocks and all."), apart - noise),
        (SUBTRACTED, recursion(noise, phi, -theta)),
        (REVERSED, recursion(noise, phi[::-1], theta[::-1])),
    )
    follows = composed(submission, 0.0)
    what = literal("arma(0.0, phi, theta, noise)")
    expect_one_of(mixed(submission, 0.0), recursion(noise, phi, theta), follows, what=what, suspects=suspects)


@check(
    points=1,
    task=3,
    needs=["test_arma"],
    why="Added at every step, the constant also lives on in every later value.",
    hint="Add the constant to Z_t inside the loop, at every step.",
)
def test_arma_constant(submission: LiveSubmission) -> None:
    """arma adds the constant at every step."""
    phi, theta, noise = coefficients(submission)
    right = recursion(recursion(noise, NONE, theta) + 2.5, phi, NONE)
    plain = recursion(noise, phi, theta)
    suspects = (
        (text("The constant has no effect."), plain),
        (text("The constant is added to the finished series, so no later value feels it."), plain + 2.5),
    )
    what = literal("arma(2.5, phi, theta, noise)")
    expect_one_of(mixed(submission, 2.5), right, composed(submission, 2.5), what=what, suspects=suspects)


def walk(submission: LiveSubmission) -> np.ndarray:
    return np.round(drawn(submission)[:14], 3)


@check(
    points=1,
    task=4,
    why="A series that climbs steadily has differences that stay where they are.",
    hint="Subtract two slices of the series, one of them a step later than the other, or use np.diff.",
)
def test_difference(submission: LiveSubmission) -> None:
    """difference returns the steps from each value to the next."""
    series = walk(submission)
    steps = np.diff(series)
    suspects = (
        (text("The sign is the other way round: it is the later value less the earlier one."), -steps),
        (text("The first value has no step; leave its place out."), np.r_[np.nan, steps]),
        (text("The first value has no step; leave its place out."), np.r_[0.0, steps]),
    )
    expect_array(
        submission.call("difference", series=series, d=1).result(),
        steps,
        literal("difference(series, d=1)"),
        suspects=suspects,
    )


@check(
    points=1,
    task=4,
    needs=["test_difference"],
    why="ARIMA's d counts how often the series is differenced, not how far apart the values are.",
    hint="Take the differences of the differences, d times in all; np.diff has an argument n for this.",
)
def test_difference_of_higher_order(submission: LiveSubmission) -> None:
    """With d it does that d times over."""
    series = walk(submission)
    far = text("These are steps over d values: differencing d times is something else.")
    suspects = (
        (far, series[3:] - series[:-3]),
        (far, np.r_[[np.nan] * 3, series[3:] - series[:-3]]),
        (text("d has no effect."), np.diff(series)),
    )
    what = literal("difference(series, d=3)")
    expect_array(
        submission.call("difference", series=series, d=3).result(), np.diff(series, n=3), what, suspects=suspects
    )


@check(
    points=1,
    task=4,
    why="A model that forecasts differences needs a way back to the passengers.",
    hint="The first value, then the first value plus the sums so far: np.cumsum.",
)
def test_undifference(submission: LiveSubmission) -> None:
    """undifference brings the series back from its differences and its first value."""
    series = walk(submission)
    steps = np.diff(series)
    suspects = (
        (text("The first value itself is missing."), series[1:]),
        (text("The first value is not taken into account."), np.cumsum(steps)),
        (text("The first value is not taken into account."), series - series[0]),
    )
    value = submission.call("undifference", differences=steps, start=series[:1]).result()
    expect_array(value, series, literal("undifference(differences, start)"), suspects=suspects)


@check(
    points=1,
    task=4,
    needs=["test_undifference"],
    why="Each round of differencing lost one value; each round back needs one.",
    hint="With d values in start: bring back the differences of order d - 1 first, then d - 2, down to the series.",
)
def test_undifference_of_higher_order(submission: LiveSubmission) -> None:
    """With d values in start it undoes d rounds."""
    series = walk(submission)
    once = np.r_[series[0], series[0] + np.cumsum(np.diff(series, n=3))]
    suspects = ((text("Only one round is undone; start has three values, so there were three."), once),)
    value = submission.call("undifference", differences=np.diff(series, n=3), start=series[:3]).result()
    expect_array(value, series, text("undifference of three rounds"), suspects=suspects)


PARTS: dict[str, Text] = {
    "trend": text("the trend"),
    "seasonal": text("the seasonal part"),
    "cyclical": text("the cyclical part"),
    "irregular": text("the irregular part"),
}


def heights(submission: LiveSubmission, name: str) -> np.ndarray:
    """What a part's line shows: what the submission's own function returns, right or wrong."""
    found = evidence.array_of(part(submission, name, None if name == "trend" else EVEN).result())
    expect_true(found is not None, text("{name} returns no numbers to draw.", name=name))
    return np.asarray(found)


@check(
    points=1,
    task=5,
    why="One look at the four parts says more than their numbers.",
    hint="One axes for each part, then plt.savefig.",
)
def test_picture(submission: LiveSubmission) -> None:
    """plot_components draws the four parts and saves the picture."""
    drawing = part(submission, "plot_components", EVEN)
    drawing.result()
    expect_lines(drawing, *((PARTS[name], (heights(submission, name),)) for name in PARTS))
