"""Lesson 7-7: six models compared"""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed
from grader.evidence import Mapping, Model, Pipeline, Plain, Ref, Sequence, Table, Value, array_of, plain
from grader.expect import (
    expect_bars,
    expect_compiled,
    expect_entries,
    expect_fitted,
    expect_rows,
    expect_true,
    last_fitted,
    saved_figure,
)
from grader.report import Feedback
from grader.session import LiveSubmission
from grader.spec import GRU, LSTM, Adam, Dense, Embedding, Layer, SimpleRNN, chain
from grader.text import Text, literal, text

PRINTS = ["1018881", "1075329", "1056897", "Overfits by more than 10 points", "Choice: "]
DRAWS = [PICTURE := "comparison.png"]

HINTS = {
    1: (
        (
            "Read __init__ of TwoCells and of TwoLayers: what do they do with their first argument? Is it a finished "
            "layer, or a class that makes layers?"
        ),
        (
            "A class can be handed on like any other value, without being called. The given classes call it twice "
            "themselves, so using one of them once makes one whole model."
        ),
        (
            "The keys of the dictionary are the names in the task's table; each value is made by TwoCells or "
            "TwoLayers. The class for each row is in layers, the dropout is in the table, and units is handed through."
        ),
    ),
    2: (
        (
            "Write down all that happens to one model between the two looks at the clock. Could any of it be done once "
            "for all models, and would that still be fair?"
        ),
        (
            "Each model gets one round of a loop in which everything begins anew, the clock and the optimizer too. A "
            "round ends with six numbers, one row; the rows become the table when the loop is over."
        ),
        (
            "Loop over the items of models; a round needs time.time, compile, fit, evaluate for both sets, and "
            "count_params after training. Keep a dictionary of the six columns under each name: DataFrame.from_dict "
            "with orient makes rows of them."
        ),
    ),
    3: (
        (
            "Accuracies end at 1, seconds go far beyond. What would you still see of the accuracies if both stood on "
            "the same axes?"
        ),
        (
            "A table can draw itself: the columns that you select become bars, the index becomes the names below them. "
            "One picture with two sets of axes keeps the scales apart."
        ),
        (
            "plt.subplots returns a figure and its axes; plot.bar of the columns that you select takes one of these as "
            "ax. When both are drawn, savefig of the figure writes the file."
        ),
    ),
    4: (
        (
            "Choose by hand first, from the page's table of 2,000 reviews. Which models do you strike out, and by what "
            "do you decide among the rest?"
        ),
        (
            "Do not mix the two steps: first the accuracy alone says who stays, measured from the best one. Then the "
            "time alone decides, and the size only between equal times."
        ),
        (
            "The max of the column test_accuracy, together with tolerance, gives the limit; a comparison with it keeps "
            "the good rows. sort_values orders them by several columns, the first weighing most, and the index holds "
            "the name."
        ),
    ),
    5: (
        "Which number, made of two columns, says how far a model falls? And what should happen if that is exactly gap?",
        (
            "Columns can be subtracted and compared as a whole, without a loop: for each model you get a true or a "
            "false. These pick from the names."
        ),
        (
            "Subtract the two accuracy columns so that an overfitting model gets a positive number, and compare with "
            "gap. table.index can be filtered by the result; list makes a list of what is left."
        ),
    ),
}

UNITS = 7
PARTS = {
    "RNN cell": f"SimpleRNNCell({UNITS}, dropout=0.2)",
    "RNN layer": f"SimpleRNN({UNITS}, dropout=0.5)",
    "LSTM cell": f"LSTMCell({UNITS}, dropout=0.5)",
    "LSTM layer": f"LSTM({UNITS}, dropout=0.5)",
    "GRU cell": f"GRUCell({UNITS}, dropout=0.5)",
    "GRU layer": f"GRU({UNITS}, dropout=0.5)",
}
"""The six models, and what each of them has two of."""

COLUMNS = ("train_accuracy", "train_loss", "test_accuracy", "test_loss", "seconds", "parameters")

FEW, WORDS_GIVEN = 60, 6
"""The data that our own models are trained on: words in all, words in a review."""
GIVEN: dict[str, tuple[Layer, ...]] = {
    "three layers": (
        Embedding(FEW, 8),
        LSTM(9, return_sequences=True),
        GRU(11, return_sequences=True),
        SimpleRNN(6, activation="exponential"),
        Dense(1, activation="sigmoid"),
    ),
    "one layer": (Embedding(FEW, 5), SimpleRNN(4, activation="exponential"), Dense(1, activation="sigmoid")),
    "one unit": (Embedding(FEW, 2), SimpleRNN(1), Dense(1, activation="sigmoid")),
}
"""Models of ours, not built yet: the first takes by far the longest. The exponentials take the probabilities away from
a half, so that the loss of mostly positive reviews is not that of mostly negative ones."""

TRAINING, TEST = text("the training data"), text("the test data")


def built(submission: LiveSubmission) -> dict[str, Value]:
    """The six models by name, with an unusual number of units."""
    called = submission.call("build_models", units=UNITS)
    return expect_entries(called.result(), *PARTS, what=text("What build_models returns"))


def expect_parts(submission: LiveSubmission, *names: str) -> None:
    """Expect each of these models to be made of two cells or layers of its kind.

    How the classes of the stub put them together is given; running six models would take longer than all other checks.
    """
    for name in names:
        value = built(submission)[name]
        if not isinstance(value, Model):
            raise CheckFailed(Feedback(text("{name} is no model.", name=repr(name)), text("a Keras model")))
        held = submission.layers(Ref(value.handle))
        parts = [
            f"{part.kind}({part.settings.get('units')}, dropout={part.settings.get('dropout', 0.0)})"
            for part in held
            if part.kind.removesuffix("Cell") in ("SimpleRNN", "LSTM", "GRU")
        ]
        wanted = [PARTS[name]] * 2
        found = text("{name} is made of {parts}.", name=repr(name), parts=", ".join(parts) or "—")
        expect_true(parts == wanted, found, literal(", ".join(wanted)))


@check(
    points=1,
    task=1,
    why="The table and the picture are written by these names; a model that stands under two of them learns twice.",
    hint="Return a dictionary with exactly the names of the page, and make a new model for each.",
)
def test_names(submission: LiveSubmission) -> None:
    """build_models returns six models by their names."""
    found = submission.call("build_models", units=UNITS).result()
    models = built(submission)
    extra = [name for name, _ in found.items if name not in PARTS] if isinstance(found, Mapping) else []
    expect_true(not extra, text("There are more models: {names}.", names=", ".join(map(repr, extra))), text("six"))
    handles = [getattr(model, "handle", "") for model in models.values()]
    expect_true(len(set(handles)) == len(handles), text("One and the same model stands under two names."))


@check(
    points=2,
    task=1,
    needs=["test_names"],
    why="In a fair comparison the models differ in what is compared, and in nothing else.",
    hint="TwoCells takes a class of cells, without parentheses, then units and dropout (0.2 for the RNN, else 0.5).",
)
def test_cells(submission: LiveSubmission) -> None:
    """The three of them with cells have two SimpleRNNCells, LSTMCells, GRUCells of that many units."""
    expect_parts(submission, "RNN cell", "LSTM cell", "GRU cell")


@check(
    points=2,
    task=1,
    needs=["test_names"],
    why="In a fair comparison the models differ in what is compared, and in nothing else.",
    hint="TwoLayers takes the class of the layers, without parentheses, then units and dropout, which is 0.5 for all.",
)
def test_layers(submission: LiveSubmission) -> None:
    """The three of them with layers have two SimpleRNN, LSTM, GRU layers of that many units."""
    expect_parts(submission, "RNN layer", "LSTM layer", "GRU layer")


def data(submission: LiveSubmission) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Reviews to train and to test on: most of the first are positive, most of the second are not."""
    random = np.random.default_rng(list(submission.submission.digest.encode()))

    def reviews(count: int, positive: float) -> tuple[np.ndarray, np.ndarray]:
        x = random.integers(1, FEW, (count, WORDS_GIVEN)).astype("int32")
        return x, random.permutation(np.arange(count) < positive * count).astype("int64")

    return reviews(64, 0.75), reviews(48, 0.25)


def given(submission: LiveSubmission) -> dict[str, Ref]:
    return {name: submission.build(*layers) for name, layers in GIVEN.items()}


def trained(submission: LiveSubmission) -> Called:
    """``train_and_evaluate`` on models and data of ours."""
    (x_train, y_train), (x_test, y_test) = data(submission)
    return submission.call(
        "train_and_evaluate",
        models=given(submission),
        train_data=submission.dataset(x_train, y_train, 32),
        test_data=submission.dataset(x_test, y_test, 16),
        epochs=3,
    )


def for_each_model(submission: LiveSubmission) -> dict[str, Called]:
    """What ``train_and_evaluate`` asked of each of the models."""
    called = trained(submission)
    return {
        name: replace(
            called,
            name=text("train_and_evaluate (for {model})", model=repr(name)),
            events=tuple(event for event in called.events if getattr(event, "model", None) == ref.handle),
        )
        for name, ref in given(submission).items()
    }


@check(
    points=2,
    task=2,
    why="A model that is compiled in another way than the others learns under other conditions.",
    hint="Compile inside the loop; beside its Adam, each model needs binary cross-entropy as its loss and accuracy in "
    "the list metrics.",
)
def test_compiled(submission: LiveSubmission) -> None:
    """train_and_evaluate compiles every model with Adam (0.001), binary cross-entropy and accuracy."""
    for called in for_each_model(submission).values():
        expect_compiled(called, optimizer=Adam(0.001), loss="binary_crossentropy", metrics=("accuracy",))


@check(
    points=1,
    task=2,
    needs=["test_compiled"],
    why="An optimizer remembers the weights that it was made for: with those of another model, fit stops.",
    hint="Make the optimizer inside the loop, not before it.",
)
def test_own_optimizers(submission: LiveSubmission) -> None:
    """Every model has an optimizer of its own."""
    used = [called.compiled[-1].optimizer.handle for called in for_each_model(submission).values()]
    expect_true(len(set(used)) == len(used), text("One and the same optimizer is given to several models."))


@check(
    points=1,
    task=2,
    why="Whoever learns longer, or from other reviews, has an advantage that the table does not show.",
    hint="Call fit once for each model, on train_data, for as many epochs as the function is told.",
)
def test_fitted(submission: LiveSubmission) -> None:
    """It trains every model once: on the training data, for as many epochs as it is told."""
    (x, y), _ = data(submission)
    for called in for_each_model(submission).values():
        fitted = last_fitted(called)
        with called.at(fitted):
            expect_rows(fitted.x, x=x, y=y, what=TRAINING)
        expect_fitted(called, epochs=3)
        times = len(called.fitted)
        expect_true(times == 1, text("{name} calls fit {times} times.", name=called.name, times=times), literal("1"))


def table(submission: LiveSubmission) -> Table:
    """The table that ``train_and_evaluate`` returns."""
    value = trained(submission).result()
    if isinstance(value, Table):
        return value
    kind = repr(value.v) if isinstance(value, Plain) else str(getattr(value, "name", getattr(value, "kind", "dict")))
    raise CheckFailed(
        Feedback(text("train_and_evaluate returns {actual}.", actual=kind), text("a pandas DataFrame"), stopped=True)
    )


def column(submission: LiveSubmission, name: str) -> np.ndarray:
    """The numbers of a column, in the order of our models."""
    found = table(submission)
    numbers = array_of(found.column(name))
    if numbers is None:
        raise CheckFailed(Feedback(text("The column {name} does not hold numbers only.", name=name)))
    by_name = dict(zip(found.index, numbers, strict=True))
    return np.array([by_name[each] for each in GIVEN])


@check(
    points=1,
    task=2,
    why="choose, overfits and the picture find their numbers by these names.",
    hint="The names of the models are the index; the columns are called exactly as on the page.",
)
def test_table(submission: LiveSubmission) -> None:
    """It returns a DataFrame: a row for each model, by its name, and the six columns."""
    found = table(submission)
    names = [name for name, _ in found.columns]
    if set(names) == set(GIVEN):
        raise CheckFailed(Feedback(text("The models are the columns of your table."), text("a row for each model")))
    missing = [name for name in COLUMNS if name not in names]
    expect_true(
        not missing,
        text("There is no column {names}.", names=", ".join(missing)),
        literal(", ".join(COLUMNS)),
        text("Your table has the columns {names}.", names=", ".join(names)),
    )
    expect_true(
        sorted(found.index) == sorted(GIVEN),
        text("The index of your table is {actual}.", actual=", ".join(found.index) or "—"),
        literal(", ".join(GIVEN)),
    )


def expect_evaluated(submission: LiveSubmission, part: str, what: Text) -> None:
    """Expect loss and accuracy of each model as ``evaluate`` returned them for one of the data sets."""
    train, test = data(submission)
    wanted, other = (train, test) if part == "train" else (test, train)
    accuracies, losses = column(submission, f"{part}_accuracy"), column(submission, f"{part}_loss")
    for number, (name, called) in enumerate(for_each_model(submission).items()):
        mine = np.array([losses[number], accuracies[number]])
        right = returned_for(called, wanted)
        if right is None:
            found = text("{name} never evaluates the model on {what}.", name=called.name, what=what)
            raise CheckFailed(Feedback(found, literal("model.evaluate(…)")))
        if np.allclose(mine, right, atol=0.006):
            continue
        swapped = returned_for(called, other)
        details: tuple[Text, ...] = ()
        if np.allclose(mine[::-1], right, atol=0.006):
            details = (text("evaluate returns the loss first, then the accuracy."),)
        elif swapped is not None and np.allclose(mine, swapped, atol=0.006):
            details = (text("These are the numbers of the other data set."),)
        raise CheckFailed(
            Feedback(
                text("In the row {name}: {actual}.", name=repr(name), actual=spelled_numbers(part, *mine)),
                literal(spelled_numbers(part, *right)),
                details,
            )
        )


def returned_for(called: Called, reviews: tuple[np.ndarray, np.ndarray]) -> np.ndarray | None:
    """What ``evaluate`` returned for these reviews, loss and accuracy; None if it was not asked."""
    for call in called.evaluated:
        rows = array_of(call.x.x) if isinstance(call.x, Pipeline) else None
        numbers = array_of(call.returned)
        if rows is not None and np.array_equal(rows, reviews[0]) and numbers is not None and numbers.shape >= (2,):
            return numbers[:2]
    return None


def spelled_numbers(part: str, loss: float, accuracy: float) -> str:
    return f"{part}_loss {loss:.4f}, {part}_accuracy {accuracy:.4f}"


@check(
    points=1,
    task=2,
    needs=["test_table"],
    why="What fit prints is measured while the weights change and dropout is at work; evaluate measures the model that "
    "came out.",
    hint="model.evaluate on train_data returns the loss first, then the accuracy; each number goes into its own "
    "column.",
)
def test_train_columns(submission: LiveSubmission) -> None:
    """train_loss and train_accuracy are what evaluate returns for the training data."""
    expect_evaluated(submission, "train", TRAINING)


@check(
    points=1,
    task=2,
    needs=["test_table"],
    why="The models are chosen by these numbers.",
    hint="model.evaluate on test_data returns the loss first, then the accuracy; each number goes into its own column.",
)
def test_test_columns(submission: LiveSubmission) -> None:
    """test_loss and test_accuracy are what evaluate returns for the test data."""
    expect_evaluated(submission, "test", TEST)


@check(
    points=1,
    task=2,
    needs=["test_table"],
    why="A model with a little more accuracy may not be worth ten times the time.",
    hint="Take time.time() at the start of each round of the loop, and subtract it at the end of the same round.",
)
def test_seconds(submission: LiveSubmission) -> None:
    """seconds says how long each model took, by itself."""
    seconds = column(submission, "seconds")
    shown = ", ".join(f"{each:.3f}" for each in seconds)
    found = text("The seconds are {actual}.", actual=shown)
    sensible = bool(np.isfinite(seconds).all()) and seconds.min() >= 0 and seconds.max() < 600
    expect_true(sensible, found, text("the time between two looks at the clock"))
    adding_up = bool(np.all(np.diff(seconds) >= 0)) and seconds[-1] > seconds[0]
    expect_true(
        not adding_up,
        found,
        text("the largest number for the first of these models"),
        text("Each model's time holds the time of the models before it: the clock is not started anew."),
    )


@check(
    points=1,
    task=2,
    needs=["test_table"],
    why="Of two models that are equally good, the smaller one is the better one.",
    hint="A model counts its own: count_params, after it has seen data.",
)
def test_parameters(submission: LiveSubmission) -> None:
    """parameters is the number of each model's parameters."""
    expected = [chain(*layers).parameter_count(((WORDS_GIVEN,),)) for layers in GIVEN.values()]
    found = column(submission, "parameters")
    expect_true(
        found.tolist() == expected,
        text("The numbers of parameters are {actual}.", actual=", ".join(f"{each:g}" for each in found)),
        literal(", ".join(map(str, expected))),
    )


def comparison(submission: LiveSubmission) -> tuple[Called, dict[str, Any], tuple[str, ...]]:
    """``plot_comparison`` of a table of ours, its columns and its names."""
    random = np.random.default_rng(list(submission.submission.digest.encode()))
    columns: dict[str, Any] = {
        "train_accuracy": random.uniform(0.8, 0.99, 5),
        "train_loss": random.uniform(0.1, 0.3, 5),
        "test_accuracy": random.uniform(0.5, 0.75, 5),
        "test_loss": random.uniform(0.4, 0.7, 5),
        "seconds": random.uniform(20, 300, 5),
        "parameters": random.integers(10_000, 90_000, 5),
    }
    names = tuple(f"model {letter}" for letter in "PQRST")
    return submission.call("plot_comparison", table=Table(tuple(columns.items()), names)), columns, names


@check(
    points=1,
    task=3,
    why="Side by side they show at a glance which models learn by heart.",
    hint="Pick two columns of the table by a list of their names; plot.bar draws them side by side, savefig makes "
    "comparison.png.",
)
def test_accuracies_drawn(submission: LiveSubmission) -> None:
    """plot_comparison draws both accuracies of every model as bars, in comparison.png."""
    called, columns, _ = comparison(submission)
    train = (text("the accuracy on the training data"), columns["train_accuracy"])
    test = (text("the accuracy on the test data"), columns["test_accuracy"])
    expect_bars(called, path=PICTURE, bars=(train, test))


@check(
    points=1,
    task=3,
    needs=["test_accuracies_drawn"],
    why="Accuracy has its price, and bars without names say nothing.",
    hint="Draw the seconds on axes of their own; the names are the table's index.",
)
def test_seconds_and_names_drawn(submission: LiveSubmission) -> None:
    """It draws the seconds, too, and writes the names of the models on the axes."""
    called, columns, names = comparison(submission)
    expect_bars(called, path=PICTURE, bars=((text("the seconds"), columns["seconds"]),))
    axes = saved_figure(called, PICTURE).axes
    written = {words for each in axes for words in (*each.ticks, *each.legend, *(bar.label for bar in each.bars))}
    missing = [name for name in names if name not in written]
    expect_true(not missing, text("These names stand nowhere: {names}.", names=", ".join(missing)))


def measured(
    submission: LiveSubmission, *rows: tuple[float, float, float, int], shuffled: bool = True
) -> tuple[Table, list[str]]:
    """A table of models, in a random order if not told otherwise, and the name that each row was given.

    A row is train_accuracy, test_accuracy, seconds, parameters.
    """
    order = submission.random.permutation(len(rows)) if shuffled else np.arange(len(rows))
    letters = [str(each) for each in submission.random.permutation(list("ABCDEFGHJKLMN"))]
    names = {number: f"model {letters[number]}" for number in range(len(rows))}
    numbers = np.array([rows[number] for number in order])
    columns: dict[str, Any] = {
        "train_accuracy": numbers[:, 0],
        "train_loss": 1.1 - numbers[:, 0],
        "test_accuracy": numbers[:, 1],
        "test_loss": 1.2 - numbers[:, 1],
        "seconds": numbers[:, 2],
        "parameters": numbers[:, 3].astype("int64"),
    }
    table = Table(tuple(columns.items()), tuple(names[int(number)] for number in order))
    return table, [names[number] for number in range(len(rows))]


def shown(table: Table, *columns: str) -> tuple[Text, ...]:
    """The table in the messages: one line a model."""
    numbers = {name: np.asarray(values) for name, values in table.columns}
    return tuple(
        literal(f"{name}: " + ", ".join(f"{column} {numbers[column][row]:.4g}" for column in columns))
        for row, name in enumerate(table.index)
    )


def expect_choice(submission: LiveSubmission, table: Table, expected: str, **arguments: float) -> None:
    """Expect ``choose`` to name this model."""
    called = submission.call("choose", table=table, **arguments)
    value = called.result()
    name = value.v if isinstance(value, Plain) else None
    if name == expected:
        return
    got = repr(name) if isinstance(value, Plain) else str(getattr(value, "name", getattr(value, "kind", "?")))
    found = text("{call} returns {actual}.", call=called.spelled, actual=got)
    details = shown(table, "test_accuracy", "seconds", "parameters")
    raise CheckFailed(Feedback(found, literal(repr(expected)), details))


@check(
    points=2,
    task=4,
    why="Differences of a point are chance; differences of minutes are not.",
    hint="Keep the rows whose test_accuracy is at least the best minus tolerance; of these, take the fewest seconds.",
)
def test_choose(submission: LiveSubmission) -> None:
    """choose names the quickest of the models that are within tolerance of the best."""
    best = submission.random.uniform(0.5, 0.6)
    pace = submission.random.uniform(1, 3)
    table, names = measured(
        submission,
        (0.91, best, 60 * pace, 4_000),
        (0.80, best - 0.019, 20 * pace, 5_000),
        (0.85, best - 0.005, 40 * pace, 2_000),
        (0.99, best - 0.031, 7 * pace, 1_000),
        (0.95, best - 0.060, 3 * pace, 3_000),
    )
    expect_choice(submission, table, names[1], tolerance=0.02)
    expect_choice(submission, table, names[2])
    expect_choice(submission, table, names[0], tolerance=0.0)
    table, names = measured(submission, (0.9, 0.75, 9 * pace, 40), (0.8, 0.5, 4 * pace, 30), (0.7, 0.25, pace, 20))
    expect_choice(submission, table, names[1], tolerance=0.25)


@check(
    points=1,
    task=4,
    needs=["test_choose"],
    why="Of two models that are equally good and quick, the smaller one is cheaper to keep.",
    hint="Sort by two columns: first by the seconds, then by the parameters.",
)
def test_choose_smaller_of_two(submission: LiveSubmission) -> None:
    """Of two that are equally quick, choose names the one with fewer parameters."""
    best = submission.random.uniform(0.5, 0.6)
    for smaller, sizes in ((1, (300, 4_000)), (2, (4_000, 300))):
        table, names = measured(
            submission,
            (0.91, best, 60, 200),
            (0.90, best - 0.002, 20, sizes[0]),
            (0.92, best - 0.003, 20, sizes[1]),
            (0.95, best - 0.060, 20, 100),
            shuffled=False,
        )
        expect_choice(submission, table, names[smaller], tolerance=0.01)


@check(
    points=1,
    task=5,
    why="A model that is much better on reviews that it has seen has learned them, not how to judge.",
    hint="Compare with gap by how much train_accuracy lies above test_accuracy; the names are the index. Return a "
    "list.",
)
def test_overfits(submission: LiveSubmission) -> None:
    """overfits names the models whose accuracy falls by more than gap from training to test data."""
    table, names = measured(
        submission,
        (0.95, 0.70, 10, 100),
        (0.80, 0.66, 20, 200),
        (0.71, 0.65, 30, 300),
        (0.55, 0.85, 40, 400),
        (0.75, 0.5625, 50, 500),
    )
    middle = names[4]  # its gap is 0.1875 to the last digit, and no more
    for gap, expected in ((0.2, names[:1]), (0.1875, names[:1]), (0.1, [*names[:2], middle]), (0.3, [])):
        called = submission.call("overfits", table=table, gap=gap)
        value = called.result()
        if not isinstance(value, Sequence):
            kind = repr(value.v) if isinstance(value, Plain) else str(getattr(value, "name", "array"))
            found = text("{call} returns {actual}.", call=called.spelled, actual=kind)
            raise CheckFailed(Feedback(found, text("a list of names")))
        got = plain(value)
        if sorted(map(str, got)) != sorted(expected):
            found = text("{call} returns {actual}.", call=called.spelled, actual=repr(got))
            details = shown(table, "train_accuracy", "test_accuracy")
            raise CheckFailed(Feedback(found, literal(repr(sorted(expected))), details))
