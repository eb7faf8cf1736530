"""Lesson 5-2: SimpleRNN(32) on IMDb, and its learning curves"""

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.errors import Unanswerable
from grader.evidence import Axes, Fitted, History, Plain, Sequence, Value
from grader.expect import (
    Curve,
    Observed,
    agrees,
    drawn,
    expect_array,
    expect_axes,
    expect_compiled,
    expect_evaluated,
    expect_fitted,
    expect_fitted_models,
    expect_items,
    expect_layers,
    expect_model,
    expect_settings,
    expect_true,
    last_fitted,
    same_data,
    tokens,
    trained_model,
)
from grader.session import LiveSubmission, Setup
from grader.spec import Dense, Embedding, RMSprop, SimpleRNN
from grader.text import Text, literal, text

SETUP = Setup(reviews=(60, 40))
PRINTS = ["Test loss: ", "(2000 reviews); 322,113 parameters, 10 epochs in"]
DRAWS = ["rnn_curves.png"]

NUM_WORDS, MAX_LEN, EPOCHS = 10_000, 500, 10
"""What the task names; functions that take these are called with others."""
FEW_WORDS, SHORT, FEW_EPOCHS = 700, 40, 3

COURSE = {
    "loss": (0.68, 0.41, 0.22, 0.13),
    "val_loss": (0.66, 0.47, 0.43, 0.58),
    **dict.fromkeys(("accuracy", "acc", "binary_accuracy"), (0.55, 0.81, 0.92, 0.97)),
    **dict.fromkeys(("val_accuracy", "val_acc", "val_binary_accuracy"), (0.61, 0.78, 0.83, 0.75)),
}
"""A history to be drawn, under every name that the metric may have."""

HINTS = {
    1: (
        "Do the reviews that imdb.load_data returns have one length, or each its own? And what does a model need?",
        "One function both fills up and cuts, and it is imported at the top of the file already. The side on which "
        "it does so by itself is the side that the task wants.",
        "Call pad_sequences once for each of the two sets, with the argument maxlen, and keep each result under its "
        "old name. The length is a parameter of load_data.",
    ),
    2: (
        "Which of the sizes in the task are numbers, and which one comes from whoever calls the function?",
        "It is the model of lesson 4-2 in other sizes: vectors for the words, one state for the review, one "
        "probability.",
        "Call model.add for an Embedding, a SimpleRNN and a Dense layer. num_words belongs to the first, and the "
        "function that stays between 0 and 1 to the last.",
    ),
    3: (
        "train gets a model that knows nothing of learning yet. Which two of its methods do you need, and in which "
        "order?",
        "One method says how to learn, the other one does it. What the second returns is what main draws later, so "
        "train has to hand it on.",
        "compile takes optimizer, loss and metrics; fit takes the training arrays, then epochs, batch_size and "
        "validation_split. The second of the two calls stands behind the word return.",
    ),
    4: (
        "The training is over. Which reviews has the model never seen, and under which names does main have them?",
        "A compiled model can measure itself on any data: one of its methods returns the loss and then the metric. "
        "Two numbers go into two names at once.",
        "The method is evaluate, and it gets inputs and labels as fit did, but of the other set. The two names for "
        "its result stand in the print below.",
    ),
    5: (
        "Print history.history once. Which lists are in it, and how long are they?",
        "Each pair of axes compares two lists, one of training and one of validation. Where they stand on the x "
        "axis are the epochs; you count those yourself, from 1.",
        "On each of the two axes call plot twice, with the epochs, a list and a label, and then legend. A range as "
        "long as the lists gives the epochs, and savefig of plt ends the function.",
    ),
}


def has(submission: LiveSubmission, name: str) -> bool:
    """Tell whether a function is judged by itself: not where the whole program stands at top level."""
    return submission.defines(name) or not submission.program().fitted


def built(submission: LiveSubmission) -> tuple[Called | Observed, int]:
    """The model, and the size of its vocabulary: an unusual one, so that a number written into the code shows."""
    if has(submission, "build_rnn_model"):
        return submission.call("build_rnn_model", num_words=311), 311
    return trained_model(submission.program()), NUM_WORDS


def classifier(num_words: int) -> tuple[Embedding, SimpleRNN, Dense]:
    return Embedding(num_words, 32), SimpleRNN(32), Dense(1, activation="sigmoid")


def training_set(submission: LiveSubmission) -> tuple[np.ndarray, np.ndarray]:
    return submission.reviews.padded(FEW_WORDS, SHORT)[0]


def trained(submission: LiveSubmission) -> Called:
    """``train`` with a model, data and a number of epochs of ours."""
    if not has(submission, "train"):
        return submission.program()
    x, y = training_set(submission)
    model = submission.build(Embedding(FEW_WORDS, 2), SimpleRNN(2), Dense(1, activation="sigmoid"))
    return submission.call("train", model=model, X_train=x, y_train=y, epochs=FEW_EPOCHS)


def compiled_and_fitted(submission: LiveSubmission) -> Called:
    """The training, also of a model that was compiled where it was built."""
    called = trained(submission)
    if called.compiled or not submission.program().compiled:
        return called
    return submission.program()


def loaded(submission: LiveSubmission, num_words: int, max_len: int) -> tuple[Value, Value, Value, Value]:
    """Return what ``load_data`` returns: inputs and labels to train with, and to test with."""
    called = submission.call("load_data", num_words=num_words, max_len=max_len)
    train, test = expect_items(
        called.result(), "(X_train, y_train)", "(X_test, y_test)", what=text("What load_data returns")
    )
    x_train, y_train = expect_items(train, "X_train", "y_train", what=text("The first pair"))
    x_test, y_test = expect_items(test, "X_test", "y_test", what=text("The second pair"))
    return x_train, y_train, x_test, y_test


def used(submission: LiveSubmission) -> tuple[tuple[str, Value], ...]:
    """What the program trains and tests with, by name."""
    program = submission.program()
    tested = [("evaluate", each.x) for each in program.evaluated[-1:]]
    return (("fit", program.fitted[-1].x), *tested)


def rows(value: Value) -> set[bytes]:
    array = evidence.array_of(value)
    return set() if array is None or array.ndim != 2 else {row.tobytes() for row in array}


def shape_of(value: Value) -> tuple[int, ...]:
    array = evidence.array_of(value)
    return tuple(getattr(value, "shape", ())) if array is None else array.shape


def expect_width(value: Value, width: int, what: Text) -> None:
    """Expect an array of word indices, each review of this length."""
    shape = shape_of(value)
    expect_true(
        len(shape) == 2 and shape[1] == width,
        text("{what} is no array of reviews of one length.", what=what)
        if len(shape) < 2
        else text("The shape of {what} is {shape}.", what=what, shape=str(shape)),
        text("reviews of length {length}", length=width),
    )


@check(
    points=2,
    task=1,
    why="An array needs reviews of one length; which one, the caller says.",
    hint="pad_sequences takes the length in its argument maxlen; X_train needs it, and so does X_test.",
)
def test_length(submission: LiveSubmission) -> None:
    """load_data brings every review, of both sets, to max_len words."""
    if has(submission, "load_data"):
        x_train, _, x_test, _ = loaded(submission, FEW_WORDS, SHORT)
        expect_width(x_train, SHORT, literal("X_train"))
        expect_width(x_test, SHORT, literal("X_test"))
        return
    for method, value in used(submission):
        expect_width(value, MAX_LEN, text("the data of {method}", method=method))


@check(
    points=1,
    task=1,
    needs=["test_length"],
    why="Zeros in front and a cut in front: so the RNN always ends on the real end of a review.",
    hint="Leave padding and truncating of pad_sequences as they are; num_words goes to imdb.load_data.",
)
def test_words(submission: LiveSubmission) -> None:
    """Words of num_words and more are left out; short reviews are padded in front, long ones cut in front."""
    if not has(submission, "load_data"):
        (x_train, _), (x_test, _) = submission.reviews.padded(NUM_WORDS, MAX_LEN)
        for (method, value), asked in zip(used(submission), (x_train, x_test), strict=False):
            known = {row.tobytes() for row in asked.astype("float64")}
            found = text("The numbers in the data of {method} are not those of the reviews.", method=method)
            expect_true(rows(value) <= known, found, text("words below 10000, zeros in front, cut in front"))
        return
    sets = submission.reviews.loaded(FEW_WORDS)
    values = loaded(submission, FEW_WORDS, SHORT)
    names = ("X_train", "y_train", "X_test", "y_test")
    for number, (reviews, labels) in enumerate(sets):
        at_end, cut_off = padded(reviews, before=False, first=False), padded(reviews, before=True, first=True)
        suspects = (
            (text("Short reviews have their zeros at the end."), at_end),
            (text("Long reviews have lost their end."), cut_off),
            (text("Zeros and cut are at the end."), padded(reviews, before=False, first=True)),
        )
        asked = padded(reviews, before=True, first=False)
        expect_array(values[2 * number], asked, literal(names[2 * number]), suspects=suspects)
        expect_array(values[2 * number + 1], labels, literal(names[2 * number + 1]))


def padded(reviews: np.ndarray, *, before: bool, first: bool) -> np.ndarray:
    """Return reviews of length ``SHORT``: zeros before or behind, the first or the last words kept."""
    kept = [review[:SHORT] if first else review[-SHORT:] for review in reviews]
    zeros = [[0] * (SHORT - len(each)) for each in kept]
    return np.array([[*z, *each] if before else [*each, *z] for z, each in zip(zeros, kept, strict=True)])


@check(
    points=1,
    task=2,
    why="The Embedding turns words into vectors, the SimpleRNN reads them, the Dense layer decides.",
    hint="Add three layers in this order: Embedding, SimpleRNN, Dense.",
)
def test_model_layers(submission: LiveSubmission) -> None:
    """build_rnn_model stacks an Embedding, a SimpleRNN and a Dense layer."""
    model, num_words = built(submission)
    expect_layers(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=2,
    task=2,
    needs=["test_model_layers"],
    why="The vocabulary is the caller's choice; one node with sigmoid gives one probability.",
    hint="num_words words, not a number; vectors of 32; 32 hidden units; one node with sigmoid.",
)
def test_model_sizes(submission: LiveSubmission) -> None:
    """Its sizes are num_words, vectors of 32, 32 hidden units and one sigmoid node."""
    model, num_words = built(submission)
    expect_settings(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=1,
    task=2,
    needs=["test_model_sizes"],
    why="For 10,000 words that makes 322,113 parameters.",
    hint="Look for anything besides the three layers: model.summary() lists them.",
)
def test_model_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    model, num_words = built(submission)
    expect_model(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=1,
    task=3,
    why="RMSprop gives every weight a step of its own, by the size of its last gradients.",
    hint="compile takes the optimizer in the argument optimizer, by its name on the page, as a string.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """The optimizer is RMSprop as Keras makes it."""
    called = compiled_and_fitted(submission)
    if called.compiled and not called.compiled[-1].optimizer_given:
        return  # Keras then takes rmsprop: the one that is asked for.
    expect_compiled(called, optimizer=RMSprop())


@check(
    points=1,
    task=3,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="compile takes the loss in the argument loss, by its name on the page, as a string.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    expect_compiled(compiled_and_fitted(submission), loss="binary_crossentropy")


@check(
    points=1,
    task=3,
    why="Without a metric there is no accuracy in the history, and nothing to draw.",
    hint="compile takes metrics as a list, even of the one name on the page.",
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(compiled_and_fitted(submission), metrics=("accuracy",))


@check(
    points=1,
    task=3,
    why="What is kept for validation must be other reviews than those trained on, and none of the test set.",
    hint="fit takes X_train and y_train, and keeps a part of them for validation if validation_split says how much.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """It trains on the training set and keeps a fifth of it for validation."""
    called = compiled_and_fitted(submission)
    if has(submission, "train") and called is trained(submission):
        x, y = training_set(submission)
        expect_fitted(called, x=x, y=y, validation_split=0.2)
        return
    labels = submission.reviews.padded(NUM_WORDS, MAX_LEN)[0][1]
    expect_fitted(called, x=own_inputs(last_fitted(called), len(labels)), y=labels, validation_split=0.2)


def own_inputs(fitted: Fitted, count: int) -> np.ndarray | None:
    """The program's own training inputs, validation part and all: task 1 judges them, here it is the labels."""
    parts = fitted.validation.items[:1] if isinstance(fitted.validation, Sequence) else ()
    arrays = [evidence.array_of(value) for value in (fitted.x, *parts)]
    known = [each for each in arrays if each is not None and each.ndim == 2]
    if len(known) == 2 and known[0].shape[1] == known[1].shape[1] and sum(map(len, known)) == count:
        return np.concatenate(known)
    return known[0] if known else None


@check(
    points=1,
    task=3,
    why="The larger a batch, the fewer and the surer are the steps of an epoch.",
    hint="Keras takes 32 reviews at a time by itself; batch_size of fit says otherwise, with the value of the page.",
)
def test_batch_size(submission: LiveSubmission) -> None:
    """It trains in batches of 128."""
    expect_fitted(compiled_and_fitted(submission), batch_size=128)


@check(
    points=1,
    task=3,
    why="Whoever calls train says how long, and needs the history to draw it.",
    hint="Compile in train, hand the number of epochs that train was given on to fit, and return what fit returns.",
)
def test_epochs(submission: LiveSubmission) -> None:
    """train compiles, trains for as many epochs as it is told to, and returns the history."""
    called = trained(submission)
    if not has(submission, "train"):
        expect_fitted(called, epochs=EPOCHS)
        return
    expect_fitted(called, epochs=FEW_EPOCHS)
    value = called.result()
    given = repr(value.v) if isinstance(value, Plain) else str(getattr(value, "name", type(value).__name__))
    expect_true(
        isinstance(value, History),
        text("{name} returns {actual}.", name=called.name, actual=given),
        text("the history that fit returns"),
    )


def has_measured(called: Called) -> bool:
    """Tell whether the last fit came to its end."""
    return bool(called.fitted) and isinstance(called.fitted[-1].returned, evidence.Mapping)


def trains_what_it_builds(submission: LiveSubmission) -> bool:
    """Tell whether ``train`` works on what ``build_rnn_model`` builds, with data of ours."""
    if not submission.defines("train") or not submission.defines("build_rnn_model"):
        return False
    built_model = submission.call("build_rnn_model", num_words=FEW_WORDS)
    x, y = training_set(submission)
    if built_model.failed:
        return False
    model = built_model.ref()
    return has_measured(submission.call("train", model=model, X_train=x, y_train=y, epochs=FEW_EPOCHS))


@check(
    points=2,
    task=4,
    why="The validation part was looked at after every epoch; the test set is for the one measurement at the end.",
    hint="model.evaluate, called on the test set, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated(submission: LiveSubmission) -> None:
    """main evaluates the model on the test set."""
    program = submission.program()
    if not program.evaluated and program.fitted and not has_measured(program):
        if trains_what_it_builds(submission):
            program.result()  # What stops fit is the data that main hands to train.
        raise Unanswerable(text("First mend what stops fit."))
    labels = submission.reviews.padded(NUM_WORDS, MAX_LEN)[1][1]
    evaluated = expect_evaluated(program, y=labels)
    given = text("the data of {method}", method="evaluate")
    found = text("The shape of {what} is {shape}.", what=given, shape=str(shape_of(evaluated.x)))
    with program.at(evaluated):  # Whether they are padded, is for task 1; here it is whose they are.
        is_theirs = shape_of(evaluated.x)[:1] in ((), labels.shape) and not same_data(evaluated.x, labels)
        expect_true(is_theirs, found, literal("X_test"))


@check(
    points=1,
    task=4,
    why="10,000 words and reviews of length 500, as the figures on the page were measured.",
    hint="main calls load_data(10000, 500) and build_rnn_model(10000), and trains that model on that data.",
)
def test_main(submission: LiveSubmission) -> None:
    """main trains the model for 10,000 words on reviews of length 500."""
    program = submission.program()
    fitted = last_fitted(program)
    if submission.defines("load_data"):
        own = rows(loaded(submission, NUM_WORDS, MAX_LEN)[0])
        shape = text("The shape of {what} is {shape}.", what=literal("x"), shape=str(shape_of(fitted.x)))
        found = text("main trains on other data than load_data(10000, 500) returns.")
        expect_true(rows(fitted.x) <= own, found, None, shape)
    if submission.defines("build_rnn_model"):
        expect_fitted_models(program, submission.call("build_rnn_model", num_words=NUM_WORDS))
    if program.failed and has_all_it_needs(submission, program):
        program.result()


def has_all_it_needs(submission: LiveSubmission, program: Called) -> bool:
    """Tell whether ``train`` and ``plot_curves`` do their part: what stops the program then stands in ``main``."""
    if not program.evaluated or not submission.defines("train") or not submission.defines("plot_curves"):
        return False
    figures, returned = evidence.array_of(program.evaluated[-1].returned), last_fitted(program).returned
    if figures is None or figures.size != 2 or not isinstance(returned, evidence.Mapping):
        return False
    arrays = {name: evidence.array_of(value) for name, value in returned.items if name in COURSE}
    values = {name: tuple(map(float, array)) for name, array in arrays.items() if array is not None}
    drawing = submission.call("plot_curves", history=submission.history(**values))
    return not drawing.failed and isinstance(trained(submission).value, History)


def pictured(submission: LiveSubmission) -> tuple[Called, dict[str, np.ndarray], str | None]:
    """The call that draws, the measurements that it should draw, and the name of the file."""
    program = submission.program()
    if has(submission, "plot_curves"):
        called = submission.call("plot_curves", history=submission.history(**COURSE))
        if not called.failed or not program.of_kind(evidence.Drawn):
            return called, {name: np.array(COURSE[name]) for name in MEASURED}, "rnn_curves.png"
        return program, measured(program), "rnn_curves.png"
    return program, measured(program), None


MEASURED = ("accuracy", "val_accuracy", "loss", "val_loss")


def measured(program: Called) -> dict[str, np.ndarray]:
    """Return what the program's own training measured, the metric under one name."""
    returned = last_fitted(program).returned
    if not isinstance(returned, evidence.Mapping):
        raise Unanswerable(text("First mend what stops fit."))
    found = {one_name(name): array for name, value in returned.items if (array := evidence.array_of(value)) is not None}
    missing = [name for name in MEASURED if name not in found]
    if missing:
        raise Unanswerable(text("First have {name} measured: the history does not have it.", name=missing[0]))
    return found


def one_name(name: str) -> str:
    """Call every metric accuracy: which one it is, is for another check."""
    return name if name.endswith("loss") else "val_accuracy" if name.startswith("val_") else "accuracy"


def curves(values: dict[str, np.ndarray], name: str, *, over_epochs: bool = False) -> tuple[Curve, Curve]:
    """The training and the validation curve of a measurement."""
    what = WORDS[name]
    epochs = np.arange(1, len(values[name]) + 1) if over_epochs else None
    return Curve(what[0], values[name], epochs), Curve(what[1], values["val_" + name], epochs)


WORDS = {
    "accuracy": (text("the training accuracy"), text("the validation accuracy")),
    "loss": (text("the training loss"), text("the validation loss")),
}


@check(
    points=1,
    task=5,
    why="A training accuracy that rises while the validation accuracy stays: that is overfitting, seen.",
    hint="history.history has a list for each name; accuracy and val_accuracy belong on one pair of axes.",
)
def test_accuracy_curves(submission: LiveSubmission) -> None:
    """Training and validation accuracy stand on one pair of axes."""
    called, values, _ = pictured(submission)
    expect_axes(called, *curves(values, "accuracy"))


@check(
    points=1,
    task=5,
    why="The loss shows overfitting earlier than the accuracy: it grows as soon as the model is too sure of itself.",
    hint="history.history has a list for each name; loss and val_loss belong on one pair of axes.",
)
def test_loss_curves(submission: LiveSubmission) -> None:
    """Training and validation loss stand on one pair of axes."""
    called, values, _ = pictured(submission)
    expect_axes(called, *curves(values, "loss"))


@check(
    points=1,
    task=5,
    needs=["test_accuracy_curves", "test_loss_curves"],
    why="Epochs are counted from 1, and no one can read two lines without knowing which is which.",
    hint="plot takes the epochs, counted from 1, before the values; both pairs of axes need a label for each line, and "
    "a legend.",
)
def test_axes(submission: LiveSubmission) -> None:
    """Accuracy and loss have axes of their own, over the epochs 1, 2, …, with a legend on each."""
    called, values, _ = pictured(submission)
    for figure in drawn(called):
        for axes in figure.axes:
            found = text("Accuracy and loss stand on the same axes.")
            expect_true(not shows(axes, values["accuracy"]) or not shows(axes, values["loss"]), found)
    for name in ("accuracy", "loss"):
        expect_axes(called, *curves(values, name, over_epochs=True), legend=True)


def shows(axes: Axes, values: np.ndarray) -> bool:
    return any(agrees(line.y, values) for line in axes.lines)


@check(
    points=1,
    task=5,
    needs=["test_accuracy_curves", "test_loss_curves"],
    why="A window closes, a file stays.",
    hint="plt.savefig saves the figure as rnn_curves.png; if you have plt.show as well, it comes after.",
)
def test_picture(submission: LiveSubmission) -> None:
    """The picture is saved as rnn_curves.png (a program at top level may show it)."""
    called, values, path = pictured(submission)
    for name in ("accuracy", "loss"):
        expect_axes(called, *curves(values, name), path=path)
    program = submission.program()
    if submission.defines("main") and program.evaluated and not program.failed:
        found = text("{name} draws no picture.", name=program.name)
        expect_true(bool(program.of_kind(evidence.Drawn)), found, literal("plot_curves(history)"))
