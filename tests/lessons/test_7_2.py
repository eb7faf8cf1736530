"""Lesson 7-2: Sales of the next month, forecast by ARIMA"""

import io
from dataclasses import dataclass

import numpy as np

from grader import datasets, evidence
from grader.called import Called
from grader.checking import check, drawn_once
from grader.errors import CheckFailed
from grader.evidence import Arima, Monthly, Value
from grader.expect import Curve, expect_array, expect_axes, expect_items, expect_true
from grader.expect.arima import (
    Specification,
    description,
    expect_density,
    expect_described,
    expect_drift,
    expect_histories,
    expect_order,
    expect_printed,
    expect_results,
    expect_steps_alike,
    fitted_model,
    forecasts_of,
    levels,
    residuals,
    specification,
    steps_of,
)
from grader.expect.series import expect_lines
from grader.session import LiveSubmission, Setup
from grader.text import literal, text

SETUP = Setup(files=("sales.csv",))
PRINTS = ["Test MSE: 8075.", "-197.350"]
DRAWS = ["residuals.png", "density.png", "forecast.png"]

HINTS = {
    1: (
        "What do p, d and q count, and what does the page want the model to have besides?",
        (
            "In statsmodels you make a model first, out of the data and all that you want of it; then you fit it. "
            "Fitting leaves the model as it is and gives the results back."
        ),
        (
            "The class ARIMA takes the series, order and trend; order is a tuple of three numbers. Its method fit "
            "needs nothing, and what it returns is what your function returns."
        ),
    ),
    2: (
        "One of the 36 residuals is no real error: which one, and why? The end of the tasks says it.",
        (
            "First put the residuals that count into one variable: both pictures and the figures are made from it. A "
            "new figure for each picture, or the second is drawn over the first."
        ),
        (
            "A slice leaves the first one out; pandas has plot for the line, plot with kind for the density, and "
            "describe. plt.figure comes between the two pictures, plt.savefig after each."
        ),
    ),
    3: (
        "Put yourself into the shop at the end of month 23: which numbers do you know? And a month later?",
        (
            "The history grows by one month at each step: what you know at the time of a forecast is in it, and "
            "nothing else. A month goes in only after it has been forecast, and it goes in as it was observed."
        ),
        (
            "A list made of train, and a loop over test; in the loop your fit_arima, forecast on what it returns (it "
            "gives an array of one number), and append twice: once to predictions, once to the history."
        ),
    ),
    4: (
        "Read the words mean, squared, error from right to left: that is the order of computing.",
        (
            "Each month has one error, and squaring keeps plus and minus from cancelling out. In the picture both "
            "rows of numbers share one pair of axes, so that the gap between them is seen."
        ),
        (
            "predictions is a list, and lists cannot be subtracted: np.asarray first, then np.mean. For the picture "
            "plt.figure, plt.plot for each of the two, and plt.savefig."
        ),
    ),
}

ORDER = (5, 1, 0)
MODEL = Specification(ORDER, drift=True)
FIRST = 15
FORECASTS = np.array(
    [
        [207.3068, 245.3175, 189.9915, 176.0050, 255.5942, 240.2810, 278.4892],
        [254.2566, 354.3778, 288.6275, 382.8179, 339.5439, 392.8972, 354.4879],
        [452.2001, 406.8062, 430.1621, 492.7453, 493.6043, 657.3972, 522.0911],
    ]
).ravel()
"""For each month from the sixteenth on: what the model forecasts from all the months before it.

Found by maximising the exact likelihood (``innovations_mle``); the textbook
prints the last thirteen, and agrees within 0.0004. If the sales are stretched,
lifted and tilted (a y + b + c t), so are the forecasts: that is what the drift is for.
"""
TOLERANCE = 2.0
"""How far a forecast may be off, in units of the sales: the optimiser of the usual fit leaves up to 1.3."""


def sales() -> np.ndarray:
    table = io.StringIO(datasets.path("sales.csv").read_text("utf-8"))
    return np.loadtxt(table, delimiter=",", skiprows=1, usecols=1)


@dataclass(frozen=True)
class Task:
    """A series to forecast, and what comes of it."""

    series: np.ndarray
    forecasts: np.ndarray
    tolerance: float

    @property
    def size(self) -> int:
        return int(0.66 * len(self.series))


WHOLE = Task(sales(), FORECASTS, TOLERANCE)


@drawn_once
def drawn(submission: LiveSubmission) -> Task:
    """Fewer months than there are, stretched, lifted and tilted."""
    random = submission.random
    count = int(random.integers(23, 26))
    stretch, lift, tilt = random.uniform(0.5, 2), random.uniform(-50, 200), random.uniform(3, 6)
    month = np.arange(count)
    forecasts = stretch * FORECASTS[: count - FIRST] + lift + tilt * month[FIRST:]
    return Task(stretch * sales()[:count] + lift + tilt * month, forecasts, TOLERANCE * stretch)


def is_script(submission: LiveSubmission, name: str) -> bool:
    """Tell whether the submission does a task in its program and not in a function."""
    return not submission.defines(name) and bool(submission.program().of_kind(Arima))


def fitted(submission: LiveSubmission) -> tuple[Called, Task]:
    """What fits the model to a whole series, and the series."""
    if is_script(submission, "fit_arima"):
        return submission.program(), WHOLE
    task = drawn(submission)
    return submission.call("fit_arima", series=Monthly(task.series, "1991-01")), task


@check(
    points=2,
    task=1,
    why="Five months back, one round of differencing, no memory of shocks: that is what the three numbers say.",
    hint="ARIMA takes the three numbers of the page in its argument order, as a tuple; then fit, and return what fit "
    "returns.",
)
def test_order(submission: LiveSubmission) -> None:
    """fit_arima fits an ARIMA(5, 1, 0) model to the whole series and returns the results."""
    called, task = fitted(submission)
    expect_order(called, task.series, ORDER)
    if submission.defines("fit_arima"):
        expect_results(called)


@check(
    points=3,
    task=1,
    why="Without drift the model expects no growth: the test MSE becomes 9118.8 instead of 8075.",
    hint="statsmodels adds no drift by itself when d is 1: it is asked for in the argument trend.",
)
def test_drift(submission: LiveSubmission) -> None:
    """The model has a drift: the mean step from month to month."""
    called, task = fitted(submission)
    expect_drift(called, task.series)


def summarized(submission: LiveSubmission) -> tuple[Called, np.ndarray]:
    """What summarizes the residuals, and the residuals."""
    called, task = fitted(submission)
    errors = residuals(called, task.series)
    if is_script(submission, "summarize_residuals"):
        return called, errors
    return submission.call("summarize_residuals", results=called.ref()), errors


def fitted_residuals(submission: LiveSubmission) -> Value | None:
    """The residuals with the first one: whether that is left out is asked once, of the summary."""
    called, task = fitted(submission)
    return fitted_model(called, task.series).residuals


@check(
    points=2,
    task=2,
    why="The first month has no month before it: its residual is nearly the sales themselves, no error of the model.",
    hint="Leave out the first value of results.resid, and call describe on the rest.",
)
def test_summary(submission: LiveSubmission) -> None:
    """summarize_residuals returns describe() of the residuals, without the first."""
    called, errors = summarized(submission)
    if is_script(submission, "summarize_residuals"):
        expect_described(called, errors, too_many=1)
        return
    value = called.result()
    actual = evidence.array_of(value)
    expect_true(actual is not None and actual.size == 8, text("It is not the eight numbers that describe() returns."))
    figures = np.asarray(actual).ravel()
    expect_true(
        abs(figures[0] - len(errors)) < 0.5,
        text("{count} residuals are described.", count=f"{figures[0]:.0f}"),
        literal(str(len(errors))),
    )
    expect_figures(figures, description(errors))


def expect_figures(actual: np.ndarray, expected: np.ndarray) -> None:
    names = ("count", "mean", "std", "min", "25%", "50%", "75%", "max")
    for name, found, wanted in zip(names, actual, expected, strict=True):
        expect_true(
            abs(found - wanted) <= 1e-3 * (1 + abs(wanted)),
            text("{name} is {found}.", name=literal(name), found=f"{found:.4f}"),
            literal(f"{wanted:.4f}"),
        )


@check(
    points=1,
    task=2,
    why="Errors that grow, swing or come in runs tell that the model misses something.",
    hint="A pandas Series has a method plot, which draws it as a line; then plt.savefig.",
)
def test_residual_plot(submission: LiveSubmission) -> None:
    """It draws the residuals as a line."""
    called, errors = summarized(submission)
    every = evidence.array_of(fitted_residuals(submission))
    expect_lines(called, (text("the residuals"), (errors, errors if every is None else every)))


@check(
    points=1,
    task=2,
    why="A density that is not centred on 0 tells that the model is wrong to one side.",
    hint="The method plot draws a density if its argument kind says so; open a new figure for it, then plt.savefig.",
)
def test_density_plot(submission: LiveSubmission) -> None:
    """It draws the density of the residuals."""
    called, errors = summarized(submission)
    expect_density(called, errors)


@dataclass(frozen=True)
class Walk:
    """A walk through the test months."""

    called: Called
    task: Task
    size: int
    """So many months are for training, in the submission's own division."""
    test: Value | None
    predictions: np.ndarray


def walked(submission: LiveSubmission) -> Walk:
    """What walks forward, and what came of it."""
    if is_script(submission, "walk_forward"):
        return walked_in_program(submission.program())
    task = drawn(submission)
    called = submission.call("walk_forward", series=Monthly(task.series, "1991-01"))
    test, predictions = expect_items(called.result(), "test", "predictions", what=literal("walk_forward(series)"))
    swapped = end_of(task.series, test) is None and end_of(task.series, predictions) is not None
    months, made = (predictions, test) if swapped else (test, predictions)
    end, numbers = end_of(task.series, months), evidence.array_of(made)
    size = task.size if end is None else len(task.series) - len(end)
    return Walk(called, task, size, test, np.empty(0) if numbers is None else numbers.ravel())


def end_of(series: np.ndarray, value: Value) -> np.ndarray | None:
    """Return the numbers of a value, if they are the end of the series."""
    numbers = evidence.array_of(value)
    if numbers is None or not 0 < numbers.size < len(series) - 1:
        return None
    return numbers.ravel() if np.allclose(numbers.ravel(), series[-numbers.size :]) else None


def walked_in_program(program: Called) -> Walk:
    steps = steps_of(program)
    first = len(levels(steps[0], WHOLE.series))
    size = first if 1 < first < len(WHOLE.series) else WHOLE.size
    forecasts = np.concatenate([forecasts_of(each, WHOLE.series)[:1] for each in steps])
    if len(steps) == 1:
        forecasts = forecasts_of(steps[0], WHOLE.series)
    return Walk(program, WHOLE, size, None, forecasts)


@check(
    points=1,
    task=3,
    why="The order of time is kept: the past is for training, what comes after it for testing.",
    hint="Leave the line that divides the values as it is given: the first 66 % of the months are for training.",
)
def test_division(submission: LiveSubmission) -> None:
    """walk_forward tests on the last third, and makes a forecast for each of its months."""
    walk = walked(submission)
    count = len(walk.task.series) - walk.task.size
    if walk.test is not None:
        suspects = ((text("These are the forecasts: first the test months, then their forecasts."), walk.predictions),)
        expect_array(walk.test, walk.task.series[walk.task.size :], text("The test part"), suspects=suspects)
    if len(walk.predictions) < count:
        walk.called.result()
    expect_true(
        len(walk.predictions) == count,
        text("{name} makes {count} forecasts.", name=walk.called.name, count=len(walk.predictions)),
        literal(str(count)),
    )


@check(
    points=4,
    task=3,
    why="A forecast may use everything that is known by then, and nothing of what comes after.",
    hint="At each step: fit to the history, forecast one month, then append the month that was observed.",
)
def test_histories(submission: LiveSubmission) -> None:
    """Each month is forecast by a model that knows all the months before it, and no other."""
    walk = walked(submission)
    expect_histories(walk.called, walk.task.series, walk.size)


@check(
    points=2,
    task=3,
    why="Every month that is known changes the coefficients a little.",
    hint="Make and fit a new model at each step, the same as in task 1, and take the first value of its forecast.",
)
def test_forecasts(submission: LiveSubmission) -> None:
    """Its forecasts are those of the model of task 1, fitted anew at each step."""
    walk = walked(submission)
    own = own_model(submission)
    expect_steps_alike(walk.called, walk.task.series, (MODEL, own))
    made = np.concatenate([forecasts_of(each, walk.task.series) for each in steps_of(walk.called)])
    expect_true(
        all(np.isclose(each, made, rtol=1e-3).any() for each in walk.predictions) and len(walk.predictions) > 0,
        text("What is returned is not what the models forecast."),
    )
    if own == MODEL and walk.size == walk.task.size and knows_the_past(walk):
        expected = walk.task.forecasts[walk.size - FIRST :]
        near = np.abs(walk.predictions[: len(expected)] - expected) <= walk.task.tolerance
        expect_true(
            bool(near.all()),
            text("{wrong} forecasts are not those of ARIMA(5, 1, 0) with drift.", wrong=int((~near).sum())),
        )


def own_model(submission: LiveSubmission) -> Specification:
    """The model that the submission fits in task 1, right or wrong: it is judged there."""
    try:
        called, task = fitted(submission)
        return specification(fitted_model(called, task.series), task.series)
    except CheckFailed:
        return MODEL


def knows_the_past(walk: Walk) -> bool:
    try:
        expect_histories(walk.called, walk.task.series, walk.size)
    except CheckFailed:
        return False
    return True


@check(
    points=1,
    task=4,
    why="One number says how far off the forecasts are: the mean of their squared errors.",
    hint="Turn both into arrays, square what lies between them, and take the mean; or use sklearn's "
    "mean_squared_error.",
)
def test_mean_squared_error(submission: LiveSubmission) -> None:
    """test_mse returns the mean squared error."""
    if is_script(submission, "test_mse"):
        walk = walked(submission)
        test = walk.task.series[walk.size :]
        short = min(len(test), len(walk.predictions))
        expect_printed(
            walk.called, float(np.mean((test[:short] - walk.predictions[:short]) ** 2)), text("The test MSE")
        )
        return
    test, predictions = submission.random.normal(300, 90, size=(2, 7))
    value = submission.call("test_mse", test=test, predictions=list(predictions)).result()
    suspects = (
        (text("It is the square root of it (RMSE)."), np.sqrt(np.mean((test - predictions) ** 2))),
        (text("It is the sum, not the mean."), np.sum((test - predictions) ** 2)),
        (text("It is the mean absolute error."), np.mean(np.abs(test - predictions))),
    )
    expect_array(value, np.mean((test - predictions) ** 2), literal("test_mse"), suspects=suspects)


@check(
    points=1,
    task=4,
    why="The picture shows at once whether the forecasts lead, follow or miss.",
    hint="plot draws one line at a time: one for test and one for predictions, on the same axes; then plt.savefig.",
)
def test_forecast_plot(submission: LiveSubmission) -> None:
    """plot_forecast draws the test months and their forecasts together."""
    if is_script(submission, "plot_forecast"):
        walk = walked(submission)
        called, test, predictions = walk.called, walk.task.series[walk.size :], walk.predictions
    else:
        test, predictions = submission.random.normal(300, 90, size=(2, 7))
        called = submission.call("plot_forecast", test=test, predictions=list(predictions))
    expect_axes(called, Curve(text("the test months"), test), Curve(text("the forecasts"), predictions))
