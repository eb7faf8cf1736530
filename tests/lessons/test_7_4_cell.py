"""Lesson 7-4-cell: two SimpleRNNCells over the words"""

import numpy as np

from grader.called import Called
from grader.checking import check
from grader.evidence import Pipeline, Plain, Sequence, Value
from grader.expect import (
    Observed,
    expect_activation,
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
from grader.text import Text, literal, text

SETUP = Setup(reviews=(300, 200))
PRINTS = ["Epoch 4/4", "(15 batches of 128)", "1,018,881 parameters"]

HINTS = {
    1: (
        (
            "Look at the four arrays that load_data already has. Which two belong together each time, and whose order "
            "should be left to chance?"
        ),
        (
            "A dataset is built link by link: cut into single reviews with their labels, mix them, pack them into "
            "batches. Mixed after packing, only whole batches would change places."
        ),
        (
            "from_tensor_slices wants one pair, the reviews with their labels. shuffle and batch are methods of what "
            "it returns; drop_remainder belongs to batch."
        ),
    ),
    2: (
        (
            "Look at the list of parameters on the page: each line is one part to make. Which sizes of this file do "
            "you recognise in it?"
        ),
        (
            "Whatever has weights is made once, here, and only used in call. The two cells are of one kind but learn "
            "different things, so they are two objects."
        ),
        (
            "Embedding takes the number of words, then the length of a vector; SimpleRNNCell takes its units and "
            "dropout; Dense its nodes and an activation. All are in layers, and units is the argument of __init__."
        ),
    ),
    3: (
        (
            "Follow the first two words through the drawing with a pencil. What must be kept from the first word until "
            "the second one comes?"
        ),
        (
            "At each word a cell reads its own state and gives back the next one, so the same variable goes in and is "
            "written anew. Each cell has one, and it exists before the loop."
        ),
        (
            "Before the loop come reset_dropout_mask of both cells, the embedding, and local names for self.state0 and "
            "self.state1. In the loop each cell gets its input, its state and training; self.outlayer waits until the "
            "loop is over."
        ),
    ),
    4: (
        (
            "Sort the list of the task: what says how the model learns, and what says from which reviews and for how "
            "long? The first half is for compile, the second for fit."
        ),
        (
            "Your datasets bring their labels and batches with them, so fit needs no y and no batch_size. The test "
            "reviews are only looked at: they are validation data."
        ),
        (
            "compile has the arguments optimizer, loss and metrics; the learning rate goes into Adam itself. fit takes "
            "the training dataset first, then epochs, validation_data and validation_freq by name."
        ),
    ),
    5: (
        (
            "The print lines below use four names that do not exist yet. What does each of them measure, and on which "
            "reviews?"
        ),
        (
            "To measure is not to learn: there is a method that changes no weight and leaves dropout off. It gives "
            "back the loss, and behind it what compile was told to measure."
        ),
        (
            "Call evaluate once for each dataset, and unpack each result into two of the four names. A dataset is all "
            "it needs: the labels are inside."
        ),
    ),
}

BATCH_SIZE, TOTAL_WORDS, MAX_REVIEW_LEN, EMBEDDING_LEN = 128, 10_000, 80, 100
DROPOUT = 0.2

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


def name(submission: LiveSubmission, number: int) -> Text:
    """What ``batches`` returns, in words."""
    called = literal(("train_data", "test_data")[number])
    return text("load_data's {name}", name=called) if submission.defines("load_data") else called


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
    for number in (0, 1):
        x, y = reviews(submission, number)
        expect_rows(batches(submission, number), x=x, y=y, what=name(submission, number))


@check(
    points=1,
    task=1,
    why="The zero states have batch_size rows, so a smaller batch at the end would stop the training.",
    hint="Both pipelines end with batch, which takes the size and the argument drop_remainder.",
)
def test_batches(submission: LiveSubmission) -> None:
    """Both come in batches of 128; a last batch that is not full is left out."""
    for number in (0, 1):
        expect_batches(batches(submission, number), batch_size=BATCH_SIZE, what=name(submission, number))


@check(
    points=1,
    task=1,
    why="In training, the order should teach nothing; a test should give the same result each time.",
    hint="shuffle, with the buffer of the page, comes before batch, and for train_data only.",
)
def test_order(submission: LiveSubmission) -> None:
    """The training reviews are shuffled with a buffer of 10,000, the test reviews are not."""
    x, what = reviews(submission, 0)[0], name(submission, 0)
    expect_shuffled(batches(submission, 0), x=x, what=what, buffer_size=10_000)
    data = batches(submission, 1)
    shuffled = isinstance(data, Pipeline) and any(each.name == "shuffle" for each in data.operations)
    expect_true(not shuffled, text("{what} are shuffled.", what=name(submission, 1)))


@check(
    points=2,
    task=2,
    why="The sizes are those of the constants at the top; the units come from whoever makes the model.",
    hint="The Embedding takes its two sizes from the constants at the top, both SimpleRNNCells the units of __init__; "
    "the Dense layer has one node.",
)
def test_layers(submission: LiveSubmission) -> None:
    """The model has an Embedding of 10,000 × 100, two SimpleRNNCells of the given size, and a Dense node."""
    expect_holds(built(submission), Embedding(TOTAL_WORDS, EMBEDDING_LEN), role=EMBEDDING)
    expect_recurrent(built(submission), SimpleRNN(units(submission)), times=2, cells=True)
    expect_holds(built(submission), Dense(1), role=HEAD)


@check(
    points=1,
    task=2,
    why="Dropout keeps the model from relying on any single number.",
    hint="Both cells take the argument dropout; its value is on the page.",
)
def test_dropout(submission: LiveSubmission) -> None:
    """Both cells have dropout 0.2."""
    expect_recurrent_setting(built(submission), "dropout", DROPOUT)


@check(
    points=1,
    task=2,
    why="A sigmoid makes a probability of the last output. With 64 units the model has 1,018,881 parameters.",
    hint="The Dense layer makes the probability by its activation; tf.sigmoid of what it returns does the same.",
)
def test_probability(submission: LiveSubmission) -> None:
    """The model returns the probability of a positive review."""
    expect_activation(built(submission), *classifier(submission), inputs=words(submission))


@check(
    points=2,
    task=3,
    why="The output goes up to the second cell; the state of each cell goes on to its next word.",
    hint="A cell takes an input and its own state, and returns an output and its next state; return comes after the "
    "loop.",
)
def test_word_by_word(submission: LiveSubmission) -> None:
    """call reads all words in turn: the first cell the word, the second cell the output of the first."""
    expect_wiring(built(submission), *classifier(submission), inputs=words(submission))


@check(
    points=1,
    task=3,
    why="fit says training=True, evaluate says False: dropout must follow, or a test depends on chance.",
    hint="call needs the parameter training; hand it on to both cells by its name, never a fixed True.",
)
def test_dropout_in_training_only(submission: LiveSubmission) -> None:
    """Dropout is at work in training, and only there."""
    expect_dropout(built(submission), inputs=words(submission))


@check(
    points=1,
    task=4,
    why="An optimizer that compile does not get is never used; Keras then takes rmsprop without a word.",
    hint="Hand compile an Adam with the learning rate of the page, in the argument optimizer.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """The model is compiled with Adam at a learning rate of 0.001."""
    expect_compiled(submission.program(), optimizer=Adam(0.001))


@check(
    points=1,
    task=4,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="Hand compile a BinaryCrossentropy object in the argument loss; from_logits is for a model without a sigmoid.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    logits = gives_logits(built(submission), *classifier(submission), inputs=words(submission))
    expect_compiled(submission.program(), loss="binary_crossentropy", logits=logits)


@check(
    points=1,
    task=4,
    why="The loss is hard to read; accuracy says how many reviews are judged correctly.",
    hint="compile takes metrics as a list, even of the one name on the page.",
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(submission.program(), metrics=("accuracy",))


@check(
    points=1,
    task=4,
    why="The training data are all that the model may learn from; the constant epochs says how long.",
    hint="fit learns from train_data; for how long, the constant epochs says.",
)
def test_training(submission: LiveSubmission) -> None:
    """fit trains on train_data for 4 epochs."""
    program = submission.program()
    fitted = last_fitted(program)
    other = text("fit trains on something else than {what}.", what=name(submission, 0))
    with program.at(fitted):
        expect_true(is_given(submission, fitted.x, 0), other)
    expect_fitted(program, epochs=4)


@check(
    points=1,
    task=4,
    why="Training numbers alone do not show that a model learns by heart.",
    hint="fit takes the test reviews in validation_data; validation_freq says after every how many epochs it looks at "
    "them.",
)
def test_validation(submission: LiveSubmission) -> None:
    """After every second epoch it is validated on test_data."""
    program = submission.program()
    fitted = last_fitted(program)
    missing = text("fit is given no validation data.")
    other = text("fit validates on something else than {what}.", what=name(submission, 1))
    with program.at(fitted):
        expect_true(fitted.validation != Plain(None), missing, literal("validation_data=test_data"))
        expect_true(is_given(submission, fitted.validation, 1), other)
    expect_fitted(program, validation_freq=2)


@check(
    points=1,
    task=5,
    why="What fit prints is measured while the weights still change, and with dropout.",
    hint="model.evaluate, called on train_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_training_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on train_data."""
    expect_evaluated_on(submission.program(), lambda call: is_given(submission, call.x, 0), name(submission, 0))


@check(
    points=1,
    task=5,
    why="Only reviews that the model has never seen tell what it is worth.",
    hint="model.evaluate, called on test_data, returns two numbers: the loss first, then the accuracy.",
)
def test_evaluated_on_test_data(submission: LiveSubmission) -> None:
    """The trained model is evaluated on test_data."""
    expect_evaluated_on(submission.program(), lambda call: is_given(submission, call.x, 1), name(submission, 1))
