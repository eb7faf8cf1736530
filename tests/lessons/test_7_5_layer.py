"""Lesson 7-5-layer: two LSTM layers"""

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.expect import (
    Observed,
    expect_activation,
    expect_compiled,
    expect_dropout,
    expect_evaluated_on,
    expect_fitted,
    expect_fitted_models,
    expect_holds,
    expect_recurrent,
    expect_recurrent_setting,
    expect_sequences,
    expect_wiring,
    gives_logits,
    is_on,
    tokens,
    trained_model,
)
from grader.session import LiveSubmission, Setup
from grader.spec import LSTM, Adam, Dense, Embedding, Layer
from grader.text import text

SETUP = Setup(reviews=(300, 200))
PRINTS = ["Epoch 4/4", "(15 batches of 128)", "1,075,329 parameters"]

HINTS = {
    1: (
        "Compare the drawing with the one of 7_4_layer. Which words have changed, and has any shape?",
        (
            "An LSTM has a second state so that the start of a review is not lost on the way to its end, but this c "
            "stays inside the layer. Only h goes up, so LSTM layers are stacked just as SimpleRNN layers are."
        ),
        (
            "Sequential takes a list of two LSTM layers with units, dropout and unroll; return_sequences is for the "
            "one whose h is read at every word. Embedding and Dense stand outside the list, under names of their own."
        ),
    ),
    2: (
        "An LSTM has two states. Must call hand them from part to part, or does someone else look after them?",
        (
            "Each layer starts its h and its c from zeros by itself, and c never comes out. What call moves is word "
            "vectors, then hidden states, then a probability."
        ),
        (
            "Use self.embedding, self.rnn and self.outlayer in a row: the first one on inputs, each other one on the "
            "result before it. States need no argument; training is the only one that self.rnn may get besides."
        ),
    ),
    3: (
        "Only the kind of layer is new in this model. Ask for each point of the list whether it depends on that.",
        (
            "The loss sees one probability for each review, the optimizer sees weights; neither asks whether there are "
            "gates. If fit seems to stand still at first, Keras is writing the unrolled steps."
        ),
        (
            "The arguments of compile are optimizer, loss and metrics; Adam and BinaryCrossentropy are imported. Those "
            "of fit are epochs, validation_data and validation_freq, behind the dataset to learn from."
        ),
    ),
    4: (
        (
            "With the sample, the SimpleRNN layers got 52 % on the test reviews. What must you measure to say what the "
            "gates are worth?"
        ),
        (
            "One accuracy alone says little: high on both sets means learned, high on the training set only means "
            "learned by heart. So the finished model is measured on both."
        ),
        (
            "evaluate is the method, train_data and test_data are what it gets, one after the other. Each time two "
            "numbers come back, the loss first; the print lines tell you their names."
        ),
    ),
}

TOTAL_WORDS, MAX_REVIEW_LEN, EMBEDDING_LEN, UNITS = 10_000, 80, 100, 64
DROPOUT = 0.5
WORDS = tokens(TOTAL_WORDS, length=3, whole=MAX_REVIEW_LEN)

TRAINING, TEST = text("the training data"), text("the test data")
EMBEDDING, HEAD = text("the Embedding"), text("the Dense layer")


def units(submission: LiveSubmission) -> int:
    """An unusual number of units, so that a 64 written into the class shows."""
    return 7 if submission.defines("LSTM_Build") else UNITS


def classifier(submission: LiveSubmission) -> tuple[Layer, ...]:
    return (
        Embedding(TOTAL_WORDS, EMBEDDING_LEN),
        LSTM(units(submission), dropout=DROPOUT, return_sequences=True),
        LSTM(units(submission), dropout=DROPOUT),
        Dense(1, activation="sigmoid"),
    )


def built(submission: LiveSubmission) -> Called | Observed:
    """A model of the class; of a script without that class, the model that it trains."""
    if submission.defines("LSTM_Build"):
        return submission.call("LSTM_Build", units=units(submission))
    return trained_model(submission.program())


def reviews(submission: LiveSubmission, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The training (0) or the test reviews (1), and their labels."""
    return submission.reviews.padded(TOTAL_WORDS, MAX_REVIEW_LEN)[number]


@check(
    points=1,
    task=1,
    why="The Embedding turns words into vectors; the Dense layer sums up the review in one number.",
    hint="The Embedding takes its two sizes from the constants at the top, the number of words first; the Dense layer "
    "has one node.",
)
def test_embedding_and_outlayer(submission: LiveSubmission) -> None:
    """The model has an Embedding of 10,000 × 100 and a Dense node."""
    expect_holds(built(submission), Embedding(TOTAL_WORDS, EMBEDDING_LEN), role=EMBEDDING)
    expect_holds(built(submission), Dense(1), role=HEAD)


@check(
    points=2,
    task=1,
    why="Only the kind of the layers changes: their shapes are those of the SimpleRNN.",
    hint="Sequential takes a list of layers, here of two LSTM layers; their units are what __init__ is given.",
)
def test_two_layers(submission: LiveSubmission) -> None:
    """It has two LSTM layers of the given size."""
    expect_recurrent(built(submission), LSTM(units(submission)), times=2)


@check(
    points=1,
    task=1,
    why="The second layer reads a whole sequence; the Dense layer judges by the last output alone.",
    hint="return_sequences=True belongs to the layer whose output is read word by word, and only to that one.",
)
def test_sequences(submission: LiveSubmission) -> None:
    """The first layer returns its output at every word, the second one the last output only."""
    expect_sequences(built(submission), *classifier(submission), inputs=WORDS)


@check(
    points=1,
    task=1,
    why="Dropout of a half makes it harder to learn reviews by heart.",
    hint="Both layers take the argument dropout, with the value of the page; recurrent_dropout is something else.",
)
def test_dropout(submission: LiveSubmission) -> None:
    """Both layers have dropout 0.5, of what comes in only."""
    expect_recurrent_setting(built(submission), "dropout", DROPOUT)
    expect_recurrent_setting(built(submission), "recurrent_dropout", 0)


@check(
    points=1,
    task=1,
    why="A sigmoid turns the last number, which may be any, into one between 0 and 1.",
    hint="The Dense layer makes the probability by its activation; tf.sigmoid of what it returns does the same.",
)
def test_probability(submission: LiveSubmission) -> None:
    """The model returns the probability of a positive review."""
    expect_activation(built(submission), *classifier(submission), inputs=WORDS)


@check(
    points=2,
    task=2,
    needs=["test_sequences"],
    why="The second layer reads the hidden states of the first one; its cell state stays inside.",
    hint="Hand on what each part returns: embedding, rnn, outlayer; nothing else stands between them.",
)
def test_wiring(submission: LiveSubmission) -> None:
    """The second layer reads an output of the first for every word, the Dense layer the last output only."""
    expect_wiring(built(submission), *classifier(submission), inputs=WORDS)


@check(
    points=1,
    task=2,
    why="Dropout disturbs the model while it learns. Where it is used, the same review gets the same answer.",
    hint="Leave call its parameter training: Keras hands it on by itself. You may hand it on too, but never a fixed "
    "True or False.",
)
def test_dropout_in_training_only(submission: LiveSubmission) -> None:
    """Dropout is at work in training, and only there."""
    expect_dropout(built(submission), inputs=WORDS)


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
    logits = gives_logits(built(submission), *classifier(submission), inputs=WORDS)
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
    points=2,
    task=3,
    why="A model that sees the test set in training has nothing left to be tested on.",
    hint="Give fit train_data as load_data returns it.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """The model is trained on the training reviews."""
    x, y = reviews(submission, 0)
    expect_fitted(submission.program(), x=x, y=y)


@check(
    points=1,
    task=3,
    why="1,075,329 parameters; three gates and a candidate have four sets of weights.",
    hint="Make the model by LSTM_Build(units), and train for epochs epochs; both numbers stand at the top of the file.",
)
def test_budget(submission: LiveSubmission) -> None:
    """It has 64 units, and is trained for 4 epochs."""
    expect_fitted(submission.program(), epochs=4)
    if submission.defines("LSTM_Build"):
        expect_fitted_models(submission.program(), submission.call("LSTM_Build", units=UNITS))


@check(
    points=1,
    task=3,
    why="A look at other reviews now and then shows whether the model learns or learns by heart; it takes time, too.",
    hint="fit takes the test reviews in validation_data; validation_freq says after every how many epochs it looks at "
    "them.",
)
def test_validation(submission: LiveSubmission) -> None:
    """After every second epoch it is validated on the test reviews."""
    expect_fitted(submission.program(), validation_data=reviews(submission, 1), validation_freq=2)


@check(
    points=1,
    task=4,
    why="What the model reaches on reviews that it has learned from is only half of the story.",
    hint="model.evaluate, called on train_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_training_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on the training reviews."""
    expect_evaluated_on(submission.program(), lambda call: is_on(call, *reviews(submission, 0)), TRAINING)


@check(
    points=1,
    task=4,
    why="Only reviews that the model has not learned from tell what it is worth.",
    hint="model.evaluate, called on test_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_test_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on the test reviews."""
    expect_evaluated_on(submission.program(), lambda call: is_on(call, *reviews(submission, 1)), TEST)
