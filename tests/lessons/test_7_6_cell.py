"""Lesson 7-6-cell: two GRUCells over the words"""

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.evidence import Plain
from grader.expect import (
    Observed,
    expect_activation,
    expect_compiled,
    expect_dropout,
    expect_evaluated_on,
    expect_fitted,
    expect_holds,
    expect_recurrent,
    expect_recurrent_setting,
    expect_rows,
    expect_true,
    expect_wiring,
    expect_zero_states,
    gives_logits,
    is_on,
    last_fitted,
    tokens,
    trained_model,
)
from grader.expect.inputs import Inputs
from grader.session import LiveSubmission, Setup
from grader.spec import GRU, Adam, Dense, Embedding, Layer
from grader.text import literal, text

SETUP = Setup(reviews=(300, 200))
PRINTS = ["Epoch 4/4", "(15 batches of 128)", "1,056,897 parameters"]

HINTS = {
    1: (
        (
            "Count the tensors on an arrow between two words, here and in the drawing of 7_5_cell. What does a GRU do "
            "without?"
        ),
        (
            "A GRU has no memory apart: its gates settle how much of its one state stays and how much is written anew. "
            "Even so, a cell takes its state as a list."
        ),
        (
            "Each zero state is a list with one tensor from tf.zeros; batch_size and units make its shape. GRUCell "
            "takes its units and dropout, Embedding and Dense the sizes that the task names."
        ),
    ),
    2: (
        (
            "Whenever a cell is called, ask two things: where does its input come from, and where does its state come "
            "from?"
        ),
        (
            "A GRU's output and its state are the same numbers with two jobs: as output they go up to the second cell, "
            "as state they go on to the next word. The gates can keep the past only if each cell gets its own state "
            "back."
        ),
        (
            "Two names for the states are set to self.state0 and self.state1 before the loop over tf.unstack, after "
            "both reset_dropout_mask. Each cell gives back an output and a state; self.outlayer gets the second cell's "
            "last output."
        ),
    ),
    3: (
        (
            "Whatever cell is inside, the model turns a review into a probability. What has to be settled before "
            "learning begins, and what when it begins?"
        ),
        (
            "Settled before: how the weights of the gates and all others are corrected, and by what error. Settled "
            "then: what to learn from, how long, and how often to look at reviews that teach nothing."
        ),
        (
            "compile gets optimizer, loss and metrics, and Adam gets the learning rate. fit gets train_data, epochs, "
            "validation_data and validation_freq, and what it returns is history."
        ),
    ),
    4: (
        (
            "A GRUCell has fewer weights than an LSTMCell. Which numbers would show whether it pays for that on "
            "reviews it has never seen?"
        ),
        (
            "Learning is over; now you want a verdict on the finished weights, for reviews seen and unseen. One method "
            "gives it for any dataset of reviews and labels."
        ),
        (
            "The model has evaluate for it; verbose can keep it quiet. train_loss and train_accuracy are the result "
            "for one dataset, test_loss and test_accuracy for the other."
        ),
    ),
}

BATCH_SIZE, TOTAL_WORDS, MAX_REVIEW_LEN, EMBEDDING_LEN = 128, 10_000, 80, 100
DROPOUT = 0.5

TRAINING, VALIDATION, TEST = text("the training data"), text("the validation data"), text("the test data")
STATES = ("state0", "state1")
EMBEDDING, HEAD = text("the Embedding"), text("the Dense layer")


def units(submission: LiveSubmission) -> int:
    """An unusual number of units, so that a 64 written into the class shows."""
    return 7 if submission.defines("GRU_Build") else 64


def classifier(submission: LiveSubmission) -> tuple[Layer, ...]:
    """The loop over two cells computes what two layers do."""
    return (
        Embedding(TOTAL_WORDS, EMBEDDING_LEN),
        GRU(units(submission), dropout=DROPOUT, return_sequences=True),
        GRU(units(submission), dropout=DROPOUT),
        Dense(1, activation="sigmoid"),
    )


def built(submission: LiveSubmission) -> Called | Observed:
    """A model of the class; of a script without that class, the model that it trains."""
    if submission.defines("GRU_Build"):
        return submission.call("GRU_Build", units=units(submission))
    return trained_model(submission.program())


def words(submission: LiveSubmission) -> Inputs:
    """A few words a review, as many reviews as the zero states have rows."""
    rows = submission.constant("batch_size", BATCH_SIZE)
    length = submission.constant("max_review_len", MAX_REVIEW_LEN)
    return tokens(TOTAL_WORDS, length=3, batch=rows, whole=length)


def reviews(submission: LiveSubmission, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The training (0) or the test reviews (1), and their labels."""
    return submission.reviews.padded(TOTAL_WORDS, MAX_REVIEW_LEN)[number]


@check(
    points=2,
    task=1,
    why="The sizes are those of the constants at the top; the units come from whoever makes the model.",
    hint="The Embedding takes its two sizes from the constants at the top, both GRUCells the units of __init__; the "
    "Dense layer has one node.",
)
def test_layers(submission: LiveSubmission) -> None:
    """The model has an Embedding of 10,000 × 100, two GRUCells of the given size, and a Dense node."""
    expect_holds(built(submission), Embedding(TOTAL_WORDS, EMBEDDING_LEN), role=EMBEDDING)
    expect_recurrent(built(submission), GRU(units(submission)), times=2, cells=True)
    expect_holds(built(submission), Dense(1), role=HEAD)


@check(
    points=1,
    task=1,
    why="Before the first word, nothing has been read yet: the state is zero, for each review of a batch.",
    hint="A list of one tensor for each cell, made by tf.zeros from the shape [batch_size, units].",
)
def test_states(submission: LiveSubmission) -> None:
    """Both cells start from zeros, one tensor of batch_size × units for each."""
    expect_zero_states(built(submission), *classifier(submission), inputs=words(submission), names=STATES)


@check(
    points=1,
    task=1,
    why="Dropout keeps the model from relying on any single number.",
    hint="Both cells take the argument dropout; its value is on the page.",
)
def test_dropout(submission: LiveSubmission) -> None:
    """Both cells have dropout 0.5."""
    expect_recurrent_setting(built(submission), "dropout", DROPOUT)


@check(
    points=1,
    task=1,
    why="A sigmoid makes a probability of the last output. With 64 units the model has 1,056,897 parameters.",
    hint="The Dense layer makes the probability by its activation; tf.sigmoid of what it returns does the same.",
)
def test_probability(submission: LiveSubmission) -> None:
    """The model returns the probability of a positive review."""
    expect_activation(built(submission), *classifier(submission), inputs=words(submission))


@check(
    points=2,
    task=2,
    why="The output goes up to the second cell; the state of each cell, "
    "one tensor for a GRU, goes on to its next word.",
    hint="A cell takes an input and its own state, and returns an output and its next state; return comes after the "
    "loop.",
)
def test_word_by_word(submission: LiveSubmission) -> None:
    """From zero states, call reads all words: the first cell the word, the second what the first returns."""
    expect_wiring(built(submission), *classifier(submission), inputs=words(submission))


@check(
    points=1,
    task=2,
    why="fit says training=True, evaluate says False: dropout must follow, or a test depends on chance.",
    hint="call needs the parameter training; hand it on to both cells by its name, never a fixed True.",
)
def test_dropout_in_training_only(submission: LiveSubmission) -> None:
    """Dropout is at work in training, and only there."""
    expect_dropout(built(submission), inputs=words(submission))


@check(
    points=1,
    task=3,
    why="An optimizer that compile does not get is never used; Keras then takes rmsprop without a word.",
    hint="Hand compile an Adam with the learning rate of the page, in the argument optimizer.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """The model is compiled with Adam at a learning rate of 0.001."""
    expect_compiled(submission.program(), optimizer=Adam(0.001))


@check(
    points=1,
    task=3,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="Hand compile a BinaryCrossentropy object in the argument loss; from_logits is for a model without a sigmoid.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    logits = gives_logits(built(submission), *classifier(submission), inputs=words(submission))
    expect_compiled(submission.program(), loss="binary_crossentropy", logits=logits)


@check(
    points=1,
    task=3,
    why="The loss is hard to read; accuracy says how many reviews are judged correctly.",
    hint="compile takes metrics as a list, even of the one name on the page.",
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(submission.program(), metrics=("accuracy",))


@check(
    points=1,
    task=3,
    why="The training data are all that the model may learn from; the constant epochs says how long.",
    hint="fit learns from train_data; for how long, the constant epochs says.",
)
def test_training(submission: LiveSubmission) -> None:
    """fit trains on train_data for 4 epochs."""
    x, y = reviews(submission, 0)
    program = submission.program()
    fitted = last_fitted(program)
    with program.at(fitted):
        expect_rows(fitted.x, x=x, y=y, what=TRAINING)
    expect_fitted(program, epochs=4)


@check(
    points=1,
    task=3,
    why="Training numbers alone do not show that a model learns by heart.",
    hint="fit takes the test reviews in validation_data; validation_freq says after every how many epochs it looks at "
    "them.",
)
def test_validation(submission: LiveSubmission) -> None:
    """After every second epoch it is validated on test_data."""
    x, y = reviews(submission, 1)
    program = submission.program()
    fitted = last_fitted(program)
    with program.at(fitted):
        missing = text("fit is given no validation data.")
        expect_true(fitted.validation != Plain(None), missing, literal("validation_data=test_data"))
        expect_rows(fitted.validation, x=x, y=y, what=VALIDATION)
    expect_fitted(program, validation_freq=2)


@check(
    points=1,
    task=4,
    why="What fit prints is measured while the weights still change, and with dropout.",
    hint="model.evaluate, called on train_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_training_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on train_data."""
    expect_evaluated_on(submission.program(), lambda call: is_on(call, *reviews(submission, 0)), TRAINING)


@check(
    points=1,
    task=4,
    why="Only reviews that the model has never seen tell what it is worth.",
    hint="model.evaluate, called on test_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_test_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on test_data."""
    expect_evaluated_on(submission.program(), lambda call: is_on(call, *reviews(submission, 1)), TEST)
