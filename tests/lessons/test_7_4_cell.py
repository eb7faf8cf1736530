"""Lesson 7-4-cell: two SimpleRNNCells read a review word by word"""

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.evidence import Pipeline, Plain, Sequence, Value
from grader.expect import (
    Observed,
    expect_batches,
    expect_compiled,
    expect_dropout,
    expect_evaluated_on,
    expect_fitted,
    expect_holds,
    expect_recurrent,
    expect_recurrent_setting,
    expect_rows,
    expect_shuffled,
    expect_true,
    expect_wiring,
    gives_logits,
    last_fitted,
    same_data,
    shares_rows,
    tokens,
    trained_model,
)
from grader.expect.inputs import Inputs
from grader.session import LiveSubmission, Setup
from grader.spec import Adam, Dense, Embedding, Layer, SimpleRNN
from grader.text import literal, text

SETUP = Setup(reviews=(300, 200))
PRINTS = ["Epoch 4/4", "(15 batches of 128)", "1,018,881 parameters"]

BATCH_SIZE, TOTAL_WORDS, MAX_REVIEW_LEN, EMBEDDING_LEN = 128, 10_000, 80, 100
DROPOUT = 0.2

TRAINING, TEST = text("the training data"), text("the test data")
EMBEDDING, HEAD = text("the Embedding"), text("the Dense layer")


def units(submission: LiveSubmission) -> int:
    """An unusual number of units, so that a 64 written into the class shows."""
    return 7 if submission.defines("RNN_Build") else 64


def classifier(submission: LiveSubmission) -> tuple[Layer, ...]:
    """The loop over two cells computes what two layers do."""
    return (
        Embedding(TOTAL_WORDS, EMBEDDING_LEN),
        SimpleRNN(units(submission), dropout=DROPOUT, return_sequences=True),
        SimpleRNN(units(submission), dropout=DROPOUT),
        Dense(1, activation="sigmoid"),
    )


def built(submission: LiveSubmission) -> Called | Observed:
    """A model of the class; of a script without that class, the model that it trains."""
    if submission.defines("RNN_Build"):
        return submission.call("RNN_Build", units=units(submission))
    return trained_model(submission.program())


def batches(submission: LiveSubmission, number: int) -> Value | None:
    """``train_data`` (0) or ``test_data`` (1), as load_data returns them, else as the program uses them."""
    if submission.defines("load_data"):
        returned = submission.call("load_data").result()
        parts = returned.items if isinstance(returned, Sequence) else ()
        if len(parts) == 2 and all(isinstance(each, Pipeline) for each in parts):
            return parts[number]
    program = submission.program()
    fitted = last_fitted(program)
    evaluated = program.evaluated[-1].x if program.evaluated else None
    return (fitted.x, fitted.validation if isinstance(fitted.validation, Pipeline) else evaluated)[number]


def words(submission: LiveSubmission) -> Inputs:
    """A few words a review, as many reviews as the zero states have rows."""
    rows = submission.constant("batch_size", BATCH_SIZE)
    length = submission.constant("max_review_len", MAX_REVIEW_LEN)
    return tokens(TOTAL_WORDS, length=3, batch=rows, whole=length)


def reviews(submission: LiveSubmission, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The training (0) or the test reviews (1), and their labels."""
    return submission.reviews.padded(TOTAL_WORDS, MAX_REVIEW_LEN)[number]


def is_given(submission: LiveSubmission, data: Value, number: int) -> bool:
    """Whether this is train_data (0) or test_data (1), whatever those hold: task 1 judges that."""
    return shares_rows(data, batches(submission, number)) or same_data(data, reviews(submission, number)[0])


@check(
    points=2,
    task=1,
    why="What the model learns from and what it is tested on must never mix.",
    hint="Slice (x_train, y_train) for train_data and (x_test, y_test) for test_data, after padding.",
)
def test_reviews(submission: LiveSubmission) -> None:
    """train_data holds the training reviews with their labels, test_data the test reviews."""
    for number, what in ((0, TRAINING), (1, TEST)):
        x, y = reviews(submission, number)
        expect_rows(batches(submission, number), x=x, y=y, what=what)


@check(
    points=1,
    task=1,
    why="The zero states have batch_size rows, so a smaller batch at the end would stop the training.",
    hint="End both pipelines with .batch(batch_size, drop_remainder=True).",
)
def test_batches(submission: LiveSubmission) -> None:
    """Both come in batches of 128; a last batch that is not full is left out."""
    for number, what in ((0, TRAINING), (1, TEST)):
        expect_batches(batches(submission, number), batch_size=BATCH_SIZE, what=what)


@check(
    points=1,
    task=1,
    why="In training, the order should teach nothing; a test should give the same result each time.",
    hint="train_data.shuffle(10000) before .batch; no shuffle for test_data.",
)
def test_order(submission: LiveSubmission) -> None:
    """The training reviews are shuffled with a buffer of 10,000, the test reviews are not."""
    expect_shuffled(batches(submission, 0), x=reviews(submission, 0)[0], what=TRAINING, buffer_size=10_000)
    data = batches(submission, 1)
    shuffled = isinstance(data, Pipeline) and any(each.name == "shuffle" for each in data.operations)
    expect_true(not shuffled, text("{what} are shuffled.", what=TEST))


@check(
    points=2,
    task=2,
    why="The sizes are those of the constants at the top; the units come from whoever makes the model.",
    hint="Embedding(total_words, embedding_len), twice SimpleRNNCell(units, …), Dense(1, …).",
)
def test_layers(submission: LiveSubmission) -> None:
    """The model has an Embedding of 10,000 × 100, two SimpleRNNCells of the given size, and a Dense node."""
    expect_holds(built(submission), Embedding(TOTAL_WORDS, EMBEDDING_LEN), role=EMBEDDING)
    expect_recurrent(built(submission), SimpleRNN(units(submission)), times=2)
    expect_holds(built(submission), Dense(1), role=HEAD)


@check(
    points=1,
    task=2,
    why="Dropout keeps the model from relying on any single number.",
    hint="Give both cells dropout=0.2.",
)
def test_dropout(submission: LiveSubmission) -> None:
    """Both cells have dropout 0.2."""
    expect_recurrent_setting(built(submission), "dropout", DROPOUT)


@check(
    points=2,
    task=3,
    why="The output goes up to the second cell; the state of each cell goes on to its next word.",
    hint="out0, state0 = self.cell0(word, state0, …), then the same with cell1, out0, state1; return after the loop.",
)
def test_word_by_word(submission: LiveSubmission) -> None:
    """call reads all words in turn: the first cell the word, the second cell the output of the first."""
    expect_wiring(built(submission), *classifier(submission), inputs=words(submission))


@check(
    points=1,
    task=3,
    needs=["test_word_by_word"],
    why="A sigmoid makes a probability of the last output. With 64 units the model has 1,018,881 parameters.",
    hint='Dense(1, activation="sigmoid"), or tf.sigmoid of what Dense(1) returns.',
)
def test_probability(submission: LiveSubmission) -> None:
    """It returns the probability of a positive review."""
    expect_wiring(built(submission), *classifier(submission), inputs=words(submission), judged=("activation",))


@check(
    points=1,
    task=3,
    why="fit says training=True, evaluate says False: dropout must follow, or a test depends on chance.",
    hint="call needs the parameter training; give the cells training=training, never True.",
)
def test_dropout_in_training_only(submission: LiveSubmission) -> None:
    """Dropout is at work in training, and only there."""
    expect_dropout(built(submission), inputs=words(submission))


@check(
    points=1,
    task=4,
    why="An optimizer that compile does not get is never used; Keras then takes rmsprop without a word.",
    hint="Pass optimizer=Adam(0.001) to compile.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """The model is compiled with Adam at a learning rate of 0.001."""
    expect_compiled(submission.program(), optimizer=Adam(0.001))


@check(
    points=1,
    task=4,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="Pass loss=BinaryCrossentropy() to compile; from_logits=True is for a model without a sigmoid.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    logits = gives_logits(built(submission), *classifier(submission), inputs=words(submission))
    expect_compiled(submission.program(), loss="binary_crossentropy", logits=logits)


@check(
    points=1,
    task=4,
    why="The loss is hard to read; accuracy says how many reviews are judged correctly.",
    hint='Pass metrics=["accuracy"], a list, to compile.',
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(submission.program(), metrics=("accuracy",))


@check(
    points=1,
    task=4,
    why="The training data are all that the model may learn from; the constant epochs says how long.",
    hint="model.fit(train_data, epochs=epochs, …)",
)
def test_training(submission: LiveSubmission) -> None:
    """fit trains on train_data for 4 epochs."""
    given = last_fitted(submission.program()).x
    expect_true(is_given(submission, given, 0), text("fit trains on something else than {what}.", what=TRAINING))
    expect_fitted(submission.program(), epochs=4)


@check(
    points=1,
    task=4,
    why="Training numbers alone do not show that a model learns by heart.",
    hint="Pass validation_data=test_data and validation_freq=2 to fit.",
)
def test_validation(submission: LiveSubmission) -> None:
    """After every second epoch it is validated on test_data."""
    given = last_fitted(submission.program()).validation
    expect_true(given != Plain(None), text("fit is given no validation data."), literal("validation_data=test_data"))
    expect_true(is_given(submission, given, 1), text("fit validates on something else than {what}.", what=TEST))
    expect_fitted(submission.program(), validation_freq=2)


@check(
    points=1,
    task=5,
    why="What fit prints is measured while the weights still change, and with dropout.",
    hint="train_loss, train_accuracy = model.evaluate(train_data, verbose=0)",
)
def test_evaluated_on_training_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on train_data."""
    expect_evaluated_on(submission.program(), lambda call: is_given(submission, call.x, 0), TRAINING)


@check(
    points=1,
    task=5,
    why="Only reviews that the model has never seen tell what it is worth.",
    hint="test_loss, test_accuracy = model.evaluate(test_data, verbose=0)",
)
def test_evaluated_on_test_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on test_data."""
    expect_evaluated_on(submission.program(), lambda call: is_given(submission, call.x, 1), TEST)
