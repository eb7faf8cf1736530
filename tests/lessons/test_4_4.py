"""Lesson 4-4: a deep vanilla RNN"""

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.evidence import Ref, Sequence
from grader.expect import (
    expect_compiled,
    expect_evaluated,
    expect_fitted,
    expect_fitted_models,
    expect_layers,
    expect_model,
    expect_returns,
    expect_settings,
    expect_true,
    sequences,
)
from grader.session import LiveSubmission
from grader.spec import Adam, Dense, SimpleRNN
from grader.text import literal, text

PRINTS = ["[RNN] Test MSE", "[Deep RNN] Test MSE"]
SHALLOW = (SimpleRNN(20), Dense(1))
DEEP = (SimpleRNN(20, return_sequences=True), SimpleRNN(20), Dense(1))
WINDOW = sequences(length=7)

SERIES, STEPS = 30, 200
"""Enough steps for the sines to be smooth: they change by 0.06 a step at most, the noise by 0.1."""
SMOOTH = 0.25

HINTS = {
    1: (
        "Write one row on paper, for a window of three: four values. Which of them may the model see, and which is "
        "it to forecast?",
        "Cutting the columns gives windows and targets, cutting the rows gives training and test. A recurrent layer "
        "also wants an axis for the features, even where there is only one feature.",
        "Slice series twice along its second axis; np.newaxis, inside the brackets, adds the third axis to the "
        "windows. Four fifths of num_data, made whole with int, is where the rows of both are cut.",
    ),
    2: (
        "The docstring says what comes in and what goes out. Which layer makes a state of the one, and which makes "
        "the other of the state?",
        "A recurrent layer reads the values one after the other and ends in one state. The forecast is one number "
        "made of it, and nothing should bend or limit that number.",
        "Call model.add three times: layers.Input, layers.SimpleRNN, layers.Dense. Input gets a tuple of steps and "
        "features, and how many steps is a parameter of the function.",
    ),
    3: (
        "What does the upper SimpleRNN want to read? And what does the lower one hand on if you say nothing?",
        "By itself a SimpleRNN hands on its last state, which is no sequence any more. One argument makes it hand "
        "on the state of every step; the page prints the shapes of both.",
        "Take the layers of task 2 and one more SimpleRNN of the same size. return_sequences belongs to the one "
        "whose states another recurrent layer reads.",
    ),
    4: (
        "run_model trains whatever model it is given. What must a Keras model be told before it can be trained?",
        "The optimizer is wanted twice, here and in the last line of the function, so make it first and give it a "
        "name. The loss is wanted once: a string will do.",
        "Two lines: an Adam with its learning_rate, kept as optimizer; then the method compile of model, with the "
        "arguments optimizer and loss.",
    ),
    5: (
        "run_model gets four arrays, and evaluate uses two of them further down. What are the other two for?",
        "A model that is tested on what it learned from tells you little about new series. So learning and testing "
        "get different rows, and the learning gets its part whole.",
        "Keep what model.fit returns as hist. After inputs and targets come the four settings of the page by name; "
        "the value of one of them is a parameter of run_model.",
    ),
}


def loaded(submission: LiveSubmission) -> list[np.ndarray]:
    """X_train, X_test, y_train, y_test, each with the series first."""
    value = submission.call("load_data", num_data=SERIES, window_size=STEPS).result()
    arrays = [evidence.array_of(item) for item in value.items] if isinstance(value, Sequence) else []
    shapes = [None if array is None else array.shape for array in arrays]
    found = text(
        "{call} returns arrays of the shapes {shapes}.",
        call=f"load_data(num_data={SERIES}, window_size={STEPS})",
        shapes=str(shapes),
    )
    expected = [(24, STEPS, 1), (6, STEPS, 1), (24,), (6,)]
    fits = len(shapes) == 4 and shapes[:2] == expected[:2] and [np.prod(shape or ()) for shape in shapes[2:]] == [24, 6]
    expect_true(fits, found, literal(str(expected)))
    return [array for array in arrays if array is not None]


def given_model(submission: LiveSubmission) -> Ref:
    return submission.build(SimpleRNN(2), Dense(1))


def given_data() -> dict[str, np.ndarray]:
    random = np.random.default_rng(4)
    return {
        "X_train": random.normal(size=(12, 5, 1)),
        "X_test": random.normal(size=(4, 5, 1)),
        "y_train": random.normal(size=12),
        "y_test": random.normal(size=4),
    }


def trained(submission: LiveSubmission) -> Called:
    """``run_model`` with a model, data and a number of epochs of ours."""
    return submission.call("run_model", model=given_model(submission), **given_data(), epochs=3, name="RNN")


@check(
    points=1,
    task=1,
    why="80 % of the series are for training, the rest for testing; a layer wants (series, steps, features).",
    hint="Cut each series into its first window_size values and the one after; add the last axis with np.newaxis.",
)
def test_data_shapes(submission: LiveSubmission) -> None:
    """load_data returns windows for training and testing, and one target for each."""
    loaded(submission)


@check(
    points=2,
    task=1,
    needs=["test_data_shapes"],
    why="A model that finds the answer among its inputs only learns to copy it.",
    hint="Make series of window_size + 1 values: the window is all but the last, the target is the last.",
)
def test_target_follows_window(submission: LiveSubmission) -> None:
    """The target is the value after the window, and never inside it."""
    x_train, x_test, y_train, y_test = loaded(submission)
    x, y = np.concatenate([x_train, x_test])[..., 0], np.concatenate([y_train.ravel(), y_test.ravel()])
    same = np.isclose(x, y[:, np.newaxis], rtol=0, atol=1e-5).all(axis=0)
    expect_true(
        not same.any(),
        text("The target, y, is value {number} of the window itself.", number=int(same.argmax()) + 1),
        text("the value after the window"),
    )
    expect_true(
        bool((np.abs(y - x[:, -1]) < SMOOTH).all() and (np.abs(np.diff(x)) < SMOOTH).all()),
        text("The target does not go on where the window ends."),
        text("the value after the window"),
    )


@check(
    points=1,
    task=2,
    why="The SimpleRNN reads the window, the Dense layer turns its last state into one number.",
    hint="Add a SimpleRNN, then a Dense layer.",
)
def test_model_layers(submission: LiveSubmission) -> None:
    """build_rnn_model stacks a SimpleRNN and a Dense layer."""
    expect_layers(submission.call("build_rnn_model", window_size=7), *SHALLOW, inputs=WINDOW)


@check(
    points=2,
    task=2,
    needs=["test_model_layers"],
    why="461 parameters: 440 in the SimpleRNN, 21 in the Dense layer.",
    hint="20 hidden units; one node without an activation; the window's length comes from window_size.",
)
def test_model(submission: LiveSubmission) -> None:
    """It has 20 hidden units and one node, and computes one forecast for each window."""
    expect_model(submission.call("build_rnn_model", window_size=7), *SHALLOW, inputs=WINDOW)


@check(
    points=1,
    task=3,
    why="The second SimpleRNN reads the states of the first, as the first reads the window.",
    hint="Add two SimpleRNN layers, then a Dense layer.",
)
def test_deep_layers(submission: LiveSubmission) -> None:
    """build_deep_rnn_model stacks two SimpleRNN and a Dense layer."""
    expect_layers(submission.call("build_deep_rnn_model", window_size=7), *DEEP, inputs=WINDOW)


@check(
    points=2,
    task=3,
    needs=["test_deep_layers"],
    why="The second layer reads a sequence, so the first must return its output at every step.",
    hint="return_sequences belongs to the first SimpleRNN, and only to it.",
)
def test_deep_settings(submission: LiveSubmission) -> None:
    """Both have 20 hidden units; the first returns its whole sequence, the second its last output."""
    expect_settings(submission.call("build_deep_rnn_model", window_size=7), *DEEP, inputs=WINDOW)


@check(
    points=1,
    task=3,
    needs=["test_deep_settings"],
    why="1,281 parameters: 440 and 820 in the two SimpleRNN, 21 in the Dense layer.",
    hint="Look for anything besides the three layers: model.summary() lists them.",
)
def test_deep_computes(submission: LiveSubmission) -> None:
    """It computes one forecast for each window, with 1,281 parameters."""
    expect_model(submission.call("build_deep_rnn_model", window_size=7), *DEEP, inputs=WINDOW)


@check(
    points=2,
    task=4,
    why="An optimizer that compile does not get is never used; Keras then takes rmsprop without a word.",
    hint="Make the Adam first, with the learning_rate of the page, and hand it to compile in the argument optimizer.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """run_model compiles the model that it is given with Adam at a learning rate of 0.001."""
    expect_compiled(trained(submission), optimizer=Adam(0.001), model=given_model(submission))


@check(
    points=1,
    task=4,
    why="The squared error suits a forecast of numbers.",
    hint='compile takes the loss in the argument loss: the mean squared error is called "mean_squared_error", or "mse" '
    "for short.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is the mean squared error."""
    expect_compiled(trained(submission), loss="mean_squared_error")


@check(
    points=2,
    task=5,
    why="Training and testing on the same series would say nothing about new ones.",
    hint="fit gets X_train and y_train; evaluate gets X_test and y_test.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """run_model trains the given model on the training set and evaluates it on the test set."""
    data, run = given_data(), trained(submission)
    expect_fitted(run, x=data["X_train"], y=data["y_train"], model=given_model(submission))
    expect_evaluated(run, x=data["X_test"], y=data["y_test"])


@check(
    points=1,
    task=5,
    why="Whoever calls run_model says how long to train.",
    hint="fit takes the number of epochs from run_model's own argument.",
)
def test_epochs(submission: LiveSubmission) -> None:
    """It trains for as many epochs as it is told to."""
    expect_fitted(trained(submission), epochs=3)


@check(
    points=1,
    task=5,
    why="Large batches make an epoch over 8,000 series quick.",
    hint="Pass batch_size, shuffle and verbose to fit, with the values of task 5.",
)
def test_training_settings(submission: LiveSubmission) -> None:
    """Batches of 256, shuffled, one line an epoch; it returns optimizer and history."""
    expect_fitted(trained(submission), batch_size=256, shuffle=True, verbose=2, validation_split=0.0)
    expect_returns(trained(submission))


@check(
    points=1,
    task=5,
    why="Two models can only be compared on the same series.",
    hint="main runs both models with run_model, on the arrays of one call of load_data.",
)
def test_comparison(submission: LiveSubmission) -> None:
    """main trains what both functions build, on the same series."""
    main = submission.call("main")
    builders = (submission.call(name, window_size=50) for name in ("build_rnn_model", "build_deep_rnn_model"))
    expect_fitted_models(main, *builders)
    first, second = (getattr(each.x, "digest", None) for each in main.fitted[:2])
    expect_true(first == second, text("The two models are trained on different data."))
