"""Lesson 7-8: a bidirectional LSTM"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.datasets.imdb import Split
from grader.errors import Unanswerable
from grader.evidence import History, Ref, array_of
from grader.expect import (
    Observed,
    expect_array,
    expect_compiled,
    expect_equal,
    expect_evaluated,
    expect_fitted,
    expect_fitted_models,
    expect_items,
    expect_layers,
    expect_model,
    expect_settings,
    expect_true,
    expect_validation,
    last_fitted,
    same_data,
    tokens,
    trained_model,
)
from grader.expect.values import Suspect
from grader.session import LiveSubmission, Setup
from grader.spec import LSTM, Adam, Bidirectional, Dense, Dropout, Embedding, Layer
from grader.text import text

SETUP = Setup(reviews=(40, 40))
PRINTS = ["Epoch 4/4", "1,378,945", "98,816", "Test loss: ", "(2000 reviews)"]

HINTS = {
    1: (
        "Print the lengths of the first few reviews in X_train. What keeps them from becoming rows of one array?",
        (
            "All rows of an array are equally long, so long reviews lose words and short ones get zeros. The function "
            "imported for it does both, and in front unless told otherwise."
        ),
        (
            "pad_sequences takes the reviews and maxlen; the length is what load_data is given, not a number of your "
            "own. Use it for both sets, and leave the labels alone."
        ),
    ),
    2: (
        (
            "Follow the drawing and the text below it. Which of the four layers turns words into vectors, which one "
            "reads from both ends, which one decides?"
        ),
        (
            "Bidirectional does not read by itself: it is put around an LSTM, makes a second one, and lets that read "
            "from the end. The size of the LSTM inside counts for one direction."
        ),
        (
            "Add them with model.add: Embedding, Bidirectional with an LSTM inside its parentheses, Dropout with a "
            "rate, Dense with an activation. Only the end of each reading is wanted, so the LSTM needs no "
            "return_sequences."
        ),
    ),
    3: (
        (
            "train is given a model, four arrays and a number. Which arrays may the model learn from, and which are "
            "there only to be looked at?"
        ),
        (
            "The two LSTMs learn together, so compile and fit are each needed once for both directions. The arrays are "
            "not in batches yet: fit has to be told how many reviews make one step."
        ),
        (
            "compile takes optimizer, loss and metrics. fit takes the training reviews and labels, then batch_size, "
            "epochs and validation_data, which is a pair; train returns its result."
        ),
    ),
    4: (
        (
            "main calls evaluate twice, with different reviews. So which names may the function use, and which arrays "
            "should it not reach for?"
        ),
        (
            "A trained model can measure itself on any reviews, with nothing dropped and nothing learned; your "
            "function only has to ask for it. What it measures was settled in compile: the loss, then the metric."
        ),
        (
            "The model has a method of the same name; it takes X, y and batch_size, and verbose if you want it quiet. "
            "Return its two numbers in the order in which they come."
        ),
    ),
}

NUM_WORDS, MAX_LEN = 10000, 200
FEW_WORDS = 311


@dataclass(frozen=True)
class Training:
    """A call that trains, and what it should train with."""

    called: Called
    epochs: int
    train: Split
    test: Split
    given: bool
    """The data are ours: how reviews are loaded does not matter here."""


def program(submission: LiveSubmission) -> Called:
    """``main``, or a script's own code."""
    return submission.program(epochs=3)


def training(submission: LiveSubmission) -> Training:
    """The function ``train``, with a model and reviews of ours; in a script without functions, the script."""
    if not submission.defines("train"):
        epochs = 3 if submission.defines("main") else 4
        return Training(program(submission), epochs, *submission.reviews.padded(NUM_WORDS, MAX_LEN), given=False)
    train, test = submission.reviews.padded(50, length=9)
    called = submission.call(
        "train",
        model=submission.build(Embedding(50, 2), LSTM(2), Dense(1, activation="sigmoid")),
        X_train=train[0],
        y_train=train[1],
        X_test=test[0],
        y_test=test[1],
        epochs=3,
    )
    return Training(called, 3, train, test, given=True)


def compiled(submission: LiveSubmission) -> Training:
    """The training of a model to evaluate: ``train`` with ours, or ``main`` where only its own fits the loss."""
    run = training(submission)
    if run.given and run.called.failed is not None and program(submission).fitted:
        run = Training(program(submission), 3, *submission.reviews.padded(NUM_WORDS, MAX_LEN), given=True)
    return run


def evaluated(submission: LiveSubmission) -> Called:
    """``evaluate`` with a compiled model; in a script without functions, the script."""
    run = compiled(submission)
    if not submission.defines("evaluate"):
        return run.called
    if not run.called.compiled:
        raise Unanswerable(text("First compile the model."))
    model = Ref(run.called.compiled[-1].model)
    return submission.call("evaluate", model=model, X=run.test[0], y=run.test[1])


def built(submission: LiveSubmission) -> tuple[Called | Observed, int]:
    """What ``build_model`` builds for an unusual vocabulary; in a script without functions, the model it trains."""
    if submission.defines("build_model"):
        return submission.call("build_model", num_words=FEW_WORDS), FEW_WORDS
    return trained_model(program(submission)), NUM_WORDS


def otherwise_padded(reviews: np.ndarray, length: int) -> Iterator[Suspect]:
    """Reviews that are padded behind, cut behind, or both."""
    for cut_behind, padded_behind in ((True, True), (False, True), (True, False)):
        rows = np.zeros((len(reviews), length))
        for row, review in zip(rows, reviews, strict=True):
            kept = review[:length] if cut_behind else review[-length:]
            row[slice(None, len(kept)) if padded_behind else slice(length - len(kept), None)] = kept
        yield text("The reviews are padded or cut behind, at their end; expected in front."), rows


def classifier(num_words: int) -> tuple[Layer, ...]:
    return (
        Embedding(num_words, 128),
        Bidirectional(LSTM(64)),
        Dropout(0.5),
        Dense(1, activation="sigmoid"),
    )


@check(
    points=2,
    task=1,
    why="Reviews of one batch have to be of one length; cut and padded in front, they end where the review ends.",
    hint="pad_sequences takes the length in its argument maxlen; X_train needs it, and so does X_test.",
)
def test_data(submission: LiveSubmission) -> None:
    """load_data brings the reviews of both sets to one length."""
    if not submission.defines("load_data"):
        (x_train, _), (x_test, y_test) = submission.reviews.padded(NUM_WORDS, MAX_LEN)
        expect_fitted(program(submission), x=x_train)
        evaluated = program(submission).evaluated
        if evaluated and same_data(evaluated[-1].y, y_test):
            expect_evaluated(program(submission), x=x_test)
        return
    loaded = submission.call("load_data", num_words=FEW_WORDS, max_len=37).result()
    pairs = expect_items(loaded, "(X_train, y_train)", "(X_test, y_test)", what=text("What load_data returns"))
    names = (("X_train", "y_train"), ("X_test", "y_test"))
    whole = submission.reviews.loaded(FEW_WORDS)
    padded = submission.reviews.padded(FEW_WORDS, 37)
    for pair, (x, y), (reviews, _), split in zip(pairs, names, whole, padded, strict=True):
        inputs, labels = expect_items(pair, x, y, what=text("A part of what load_data returns"))
        what = text("The array {name}", name=x)
        expect_array(inputs, split[0], what, suspects=otherwise_padded(reviews, 37))
        expect_array(labels, split[1], text("The array {name}", name=y))


@check(
    points=2,
    task=2,
    why="Embedding, an LSTM in both directions, Dropout against learning by heart, and one node that decides.",
    hint="Four layers in this order: Embedding, Bidirectional around an LSTM, Dropout, Dense.",
)
def test_model_layers(submission: LiveSubmission) -> None:
    """build_model stacks Embedding, Bidirectional, Dropout and Dense."""
    model, num_words = built(submission)
    expect_layers(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=2,
    task=2,
    needs=["test_model_layers"],
    why="64 units in each direction, put side by side, make 128 numbers; one sigmoid node makes a probability of them.",
    hint="num_words words of length 128; an LSTM of 64 units, otherwise as it is; a rate of 0.5; one node with "
    "sigmoid.",
)
def test_model_settings(submission: LiveSubmission) -> None:
    """Its sizes: vectors of length 128, 64 units in each direction, half dropped, one sigmoid node."""
    model, num_words = built(submission)
    expect_settings(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=1,
    task=2,
    needs=["test_model_settings"],
    why="At 10,000 words that makes 1,378,945 parameters, 98,816 of them in the bidirectional layer.",
    hint="Look for anything besides the four layers: model.summary() lists them.",
)
def test_model_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    model, num_words = built(submission)
    expect_model(model, *classifier(num_words), inputs=tokens(num_words, length=9))


@check(
    points=1,
    task=3,
    why="Adam finds a fitting step for each weight; without an optimizer Keras takes rmsprop.",
    hint="compile takes Adam in the argument optimizer: by its name, which means the rate of the page, or with its "
    "learning_rate.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """train compiles the model with Adam at a learning rate of 0.001."""
    expect_compiled(training(submission).called, optimizer=Adam(0.001))


@check(
    points=1,
    task=3,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="compile takes the loss in the argument loss, by its name on the page, as a string.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    expect_compiled(training(submission).called, loss="binary_crossentropy")


@check(
    points=1,
    task=3,
    why="The loss is hard to read; accuracy says how many reviews are judged correctly.",
    hint="compile takes metrics as a list, even of the one name on the page.",
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(training(submission).called, metrics=("accuracy",))


@check(
    points=1,
    task=3,
    why="A model that has seen the test set in training has nothing left to be tested on.",
    hint="fit gets X_train and y_train.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """It trains on the training set."""
    run = training(submission)
    expect_fitted(run.called, x=run.train[0] if run.given else None, y=run.train[1])


@check(
    points=1,
    task=3,
    why="After each epoch, the model is measured on reviews that it does not learn from.",
    hint="fit takes the test set in validation_data, as a tuple of reviews and labels.",
)
def test_validation_data(submission: LiveSubmission) -> None:
    """It looks at the test set after each epoch."""
    run = training(submission)
    fitted = last_fitted(run.called)
    with run.called.at(fitted):
        expect_validation(fitted, run.test[0] if run.given else None, run.test[1])


@check(
    points=1,
    task=3,
    why="With 128 reviews at a time, 25,000 reviews make 196 steps an epoch.",
    hint="Keras takes 32 reviews at a time by itself; batch_size of fit says otherwise, with the value of the page.",
)
def test_batch_size(submission: LiveSubmission) -> None:
    """It trains in batches of 128."""
    expect_fitted(training(submission).called, batch_size=128)


@check(
    points=1,
    task=3,
    why="Whoever calls train says how long to train, and learns from the history how it went.",
    hint="fit takes the number of epochs from train's own argument; return what fit returns.",
)
def test_epochs(submission: LiveSubmission) -> None:
    """It trains for as many epochs as it is told to, and returns the history."""
    run = training(submission)
    expect_fitted(run.called, epochs=run.epochs)
    if run.given and run.called.failed is None:
        expect_true(isinstance(run.called.result(), History), text("train does not return what fit returns."))


@check(
    points=2,
    task=4,
    needs=["test_metrics"],
    why="The same two numbers for any set of reviews: how far off, and how many right.",
    hint="model.evaluate gets X and y, and returns the loss and the accuracy, in this order.",
)
def test_evaluate(submission: LiveSubmission) -> None:
    """evaluate gives loss and accuracy on the reviews that it is given."""
    called = evaluated(submission)
    if not submission.defines("evaluate"):
        expect_evaluated(called)
        return
    x, y = compiled(submission).test
    expect_evaluated(called, x=x, y=y)
    numbers = expect_items(called.result(), "loss", "accuracy", what=text("What evaluate returns"))
    right = array_of(called.evaluated[-1].returned)
    assert right is not None
    swapped = (text("The accuracy stands first, the loss behind it."), right[1])
    expect_array(numbers[0], right[0], text("The loss"), suspects=[swapped])
    expect_array(numbers[1], right[1], text("The accuracy"))


@check(
    points=1,
    task=4,
    why="Nothing is learned here, so a large batch changes no result and saves time.",
    hint="evaluate takes a batch_size of its own, larger than that of fit; the page says how large.",
)
def test_evaluation_batches(submission: LiveSubmission) -> None:
    """It evaluates in batches of 384."""
    called = evaluated(submission)
    expect_evaluated(called)
    for each in called.evaluated:
        with called.at(each):
            expect_equal(each.settings.get("batch_size"), 384, text("The batch_size of evaluate"))


@check(
    points=1,
    task=4,
    why="Much better on the training set than on the test set: the model has begun to learn by heart.",
    hint="The model of task 2 is trained, then evaluated on the training set and on the test set.",
)
def test_both_sets(submission: LiveSubmission) -> None:
    """main trains the model and evaluates it on both sets."""
    main = program(submission)
    if submission.defines("build_model"):
        expect_fitted_models(main, submission.call("build_model", num_words=NUM_WORDS))
    model = last_fitted(main).model
    seen = [each.y for each in main.evaluated if each.model == model]
    for name, (_, labels) in zip(
        (text("the training set"), text("the test set")), submission.reviews.loaded(NUM_WORDS), strict=True
    ):
        if not any(same_data(each, labels) for each in seen):
            main.result()
            expect_true(False, text("The trained model is not evaluated on {name}.", name=name))
