"""Lesson 4-3: airline passengers"""

import io
from functools import partial

import numpy as np

from grader import datasets, evidence
from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed
from grader.evidence import Drawn, Predicted, Ref, Value
from grader.expect import (
    expect_compiled,
    expect_evaluated_on,
    expect_figure,
    expect_fitted,
    expect_fitted_models,
    expect_items,
    expect_layers,
    expect_model,
    expect_returns,
    expect_settings,
    is_on,
    same_data,
    sequences,
)
from grader.report import Feedback
from grader.session import LiveSubmission, Setup
from grader.spec import Adam, Dense, SimpleRNN
from grader.text import literal, text

SETUP = Setup(files=("airline-passengers.csv",))
PRINTS = ["Epoch 10/10", "Test MSE"]
DRAWS = ["airline_rnn.png"]

FORECASTER = (SimpleRNN(4), Dense(1))
WINDOW = sequences(length=6)
DRAWING = "plot_result(X_test, y_test, y_pred, data_stat)"
RETURNED = ("X_train", "X_test", "y_train", "y_test", "data_stat")

ALIKE = 0.999999
"""The correlation of a line with the series that it shows; neighbouring months have less."""

HINTS = {
    1: (
        "What does one input look like: how many steps, and how many numbers at each? The function's docstring says "
        "it.",
        "There are no words here, so no Embedding: the recurrent layer reads the numbers themselves. It ends in a "
        "state, and a forecast is one number made of that state.",
        "Call model.add three times: layers.Input with the shape from the task as a tuple, layers.SimpleRNN, "
        "layers.Dense. Of an activation you need not say anything.",
    ),
    2: (
        "main returns optimizer at its end. Which class makes one? It is imported at the top of the file.",
        "The model must know by which rule its weights move, and how to measure that a forecast is off. For a "
        "number, that is its distance from the truth.",
        "Make an Adam with its learning_rate and call it optimizer. Then model.compile takes it by name, and beside "
        "it the loss, whose name is what the task says, with underscores.",
    ),
    3: (
        "112 windows are for learning, 28 for judging. Under which names does main have the first 112?",
        "An epoch goes over all training windows once, in small batches. What you do not mention, Keras decides for "
        "you; that nothing is kept for validation is its own choice, too.",
        "Keep what model.fit returns as hist: inputs and targets first, then batch_size, epochs, shuffle and "
        "verbose. One of the four is not a number from the page but a parameter of main.",
    ),
}


def passengers() -> np.ndarray:
    table = io.StringIO(datasets.path("airline-passengers.csv").read_text("utf-8"))
    return np.loadtxt(table, delimiter=",", skiprows=1, usecols=1)


def windows(window_size: int, ddof: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The standardised series in windows: X_train, X_test, y_train, y_test."""
    series = passengers()
    series = (series - series.mean()) / series.std(ddof=ddof)
    x = np.lib.stride_tricks.sliding_window_view(series, window_size)[:-1, :, np.newaxis]
    y = series[window_size:]
    cut = int(len(x) * 0.8)
    return x[:cut], x[cut:], y[:cut], y[cut:]


def built(submission: LiveSubmission) -> Called:
    """A window of unusual length, so that a 4 written into the code shows."""
    return submission.call("build_rnn_model", window_size=6)


def given_model(submission: LiveSubmission) -> Ref:
    return submission.build(SimpleRNN(2), Dense(1))


def trained(submission: LiveSubmission) -> Called:
    """``main`` with a model and a number of epochs of ours."""
    return submission.call("main", model=given_model(submission), epochs=3)


@check(
    points=2,
    task=1,
    why="The SimpleRNN reads the window, the Dense layer turns its last state into one number.",
    hint="Add a SimpleRNN, then a Dense layer.",
)
def test_model_layers(submission: LiveSubmission) -> None:
    """build_rnn_model stacks a SimpleRNN and a Dense layer."""
    expect_layers(built(submission), *FORECASTER, inputs=WINDOW)


@check(
    points=2,
    task=1,
    needs=["test_model_layers"],
    why="A forecast of a number needs one node and no activation: it may be negative or larger than 1.",
    hint="4 hidden units; one node without an activation; the window's length comes from window_size.",
)
def test_model_sizes(submission: LiveSubmission) -> None:
    """Its sizes are 4 hidden units and one node without an activation."""
    expect_settings(built(submission), *FORECASTER, inputs=WINDOW)


@check(
    points=1,
    task=1,
    needs=["test_model_sizes"],
    why="29 parameters: 24 in the SimpleRNN, 5 in the Dense layer.",
    hint="Look for anything besides the two layers: model.summary() lists them.",
)
def test_model_computes(submission: LiveSubmission) -> None:
    """It computes one forecast for each window, with 29 parameters."""
    expect_model(built(submission), *FORECASTER, inputs=WINDOW)


@check(
    points=2,
    task=2,
    why="An optimizer that compile does not get is never used; Keras then takes rmsprop without a word.",
    hint="Make the Adam first, with the learning_rate of the page, and hand it to compile in the argument optimizer.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """main compiles the model with Adam at a learning rate of 0.001."""
    expect_compiled(trained(submission), optimizer=Adam(0.001))


@check(
    points=2,
    task=2,
    why="The squared error suits a forecast of numbers; cross-entropy is for classes.",
    hint='compile takes the loss in the argument loss: the mean squared error is called "mean_squared_error", or "mse" '
    "for short.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is the mean squared error."""
    expect_compiled(trained(submission), loss="mean_squared_error")


@check(
    points=2,
    task=3,
    why="140 windows of 4 months: the first 112 are for training, the last 28 for testing.",
    hint="fit gets X_train and y_train as load_data returns them.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """main trains on the first 112 windows."""
    population, sample = windows(4), windows(4, ddof=1)  # NumPy's deviation, pandas' deviation
    expect_fitted(trained(submission), x=[population[0], sample[0]], y=[population[2], sample[2]])


@check(
    points=1,
    task=3,
    why="Whoever calls main says how long to train.",
    hint="fit takes the number of epochs from main's own argument.",
)
def test_epochs(submission: LiveSubmission) -> None:
    """It trains for as many epochs as main is told to, and returns optimizer and history."""
    expect_fitted(trained(submission), epochs=3)
    expect_returns(trained(submission))


@check(
    points=1,
    task=3,
    why="With so few windows, small batches give more steps in each epoch.",
    hint="Pass batch_size, shuffle and verbose to fit, with the values of task 3.",
)
def test_training_settings(submission: LiveSubmission) -> None:
    """Batches of 8 of all 112 windows, shuffled, one line an epoch."""
    expect_fitted(trained(submission), batch_size=8, shuffle=True, verbose=2, validation_split=0.0)


@check(
    points=1,
    task=3,
    why="main can train any model: its own only when it gets none.",
    hint="Keep the line if model is None, and train model.",
)
def test_given_model(submission: LiveSubmission) -> None:
    """main compiles and trains the model that it is given."""
    model = given_model(submission)
    main = submission.call("main", model=model, epochs=3)
    expect_compiled(main, model=model)
    expect_fitted(main, model=model)


@check(
    points=1,
    task=3,
    why="The same function serves training and use: the model of task 1, and what fit tells about it.",
    hint="Without a model, main calls build_rnn_model(window_size); it ends with return optimizer, hist.",
)
def test_own_model(submission: LiveSubmission) -> None:
    """Without one, it trains what build_rnn_model(4) builds."""
    main = submission.call("main", model=None, epochs=2)
    expect_fitted_models(main, submission.call("build_rnn_model", window_size=4))


@check(
    points=1,
    task=3,
    why="Standardised numbers mean little to a reader: the picture shows passengers.",
    hint="plot_result multiplies by stdv and adds mean, for the true and for the predicted values.",
)
def test_picture(submission: LiveSubmission) -> None:
    """main ends with airline_rnn.png: plot_result draws true and predicted passengers."""
    main, loaded = trained(submission), submission.call("load_data", window_size=4)
    if not main.of_kind(Drawn):
        main.result()  # What stops main, stops the picture.
    y_true, y_pred = submission.random.normal(size=28), submission.random.normal(size=(28, 1))
    data_stat = {"month": loaded.ref(4, "month"), "mean": 250.0, "stdv": 50.0}
    drawn = submission.call("plot_result", X_true=windows(4)[1], y_true=y_true, y_pred=y_pred, data_stat=data_stat)
    expect_figure(
        drawn,
        path="airline_rnn.png",
        lines=((text("the true passengers"), 250 + 50 * y_true), (text("the predicted passengers"), 250 + 50 * y_pred)),
    )
    expect_test_windows(main, loaded)


def expect_test_windows(main: Called, loaded: Called) -> None:
    """Expect ``main`` to measure, to forecast and to draw the windows that ``load_data`` keeps for testing."""
    figures = main.of_kind(Drawn)
    if not figures:
        found = text("{name} draws no picture.", name=main.name)
        raise CheckFailed(Feedback(found, literal(DRAWING)))
    values = expect_items(loaded.result(), *RETURNED, what=text("What load_data returns"))
    x_train, x_test, _, y_test = map(numbers, values[:4])
    if main.fitted and not same_data(main.fitted[-1].x, x_train):
        return  # Another check charges that; or load_data draws anew each time, and nobody knows what main was given.
    if main.evaluated:
        expect_evaluated_on(main, partial(is_on, x=x_test, y=y_test), text("X_test with y_test"))
    forecasts = main.of_kind(Predicted)
    if forecasts and not any(same_data(each.x, x_test) for each in forecasts):
        with main.at(forecasts[-1]):
            raise CheckFailed(Feedback(text("predict is never given {what}.", what=literal("X_test"))))
    if not any(follows(line.y, y_test) for figure in figures for axes in figure.axes for line in axes.lines):
        found = text("The picture of {name} does not show the months of y_test.", name=main.name)
        raise CheckFailed(Feedback(found, literal(DRAWING)))


def numbers(value: Value) -> np.ndarray:
    array = evidence.array_of(value)
    return np.zeros(0) if array is None else array


def follows(line: Value, series: np.ndarray) -> bool:
    """Tell whether a line goes up and down as a series does; in which units, plot_result answers for."""
    heights, series = numbers(line).ravel(), series.ravel()
    return heights.shape == series.shape and bool(np.corrcoef(heights, series)[0, 1] > ALIKE)
