"""Lesson 4-2: a vanilla RNN on IMDb reviews"""

from grader.called import Called
from grader.checking import check
from grader.evidence import Ref
from grader.expect import (
    expect_compiled,
    expect_evaluated,
    expect_fitted,
    expect_fitted_models,
    expect_layers,
    expect_model,
    expect_returns,
    expect_settings,
    tokens,
)
from grader.session import LiveSubmission, Setup
from grader.spec import Adam, Dense, Embedding, SimpleRNN

SETUP = Setup(reviews=(130, 110))
PRINTS = ["Epoch 5/5", "Test loss", "(2000 reviews)"]

NUM_WORDS, MAX_LEN, EMBEDDING_LEN = 6000, 130, 100
WORDS = tokens(311, length=9)

HINTS = {
    1: (
        "Follow one review through the drawing on the page. What is written beside each arrow, and what does it "
        "make of the review?",
        "Where the task names a parameter of the function, whoever calls it decides the size; where it gives a "
        "number, you do. Called with other sizes, the function must build another model.",
        "Call model.add three times. The Embedding gets both parameters of the function, the SimpleRNN its one "
        "size, and the Dense layer a number of nodes and its activation by name.",
    ),
    2: (
        "Look at the last line of main: it returns two names. Which of them must come into being here?",
        "Before it can learn, a model must be told how weights change, what counts as a mistake, and what you want "
        "to read meanwhile. One method takes all three.",
        "First an Adam with its learning_rate, under the name optimizer. Then model.compile with three arguments by "
        "name: optimizer, loss and metrics.",
    ),
    3: (
        "load_data returns four arrays. Which two of them may the model see while it learns?",
        "Training is one call of a method of the model, and every line of the task is an argument of that call. You "
        "need not cut off a validation part yourself.",
        "Keep what model.fit returns as hist. Inputs and labels of the training set come first, then five arguments "
        "by name; the number of epochs is already in a variable.",
    ),
}


def classifier(num_words: int, embedding_len: int) -> tuple[Embedding, SimpleRNN, Dense]:
    return Embedding(num_words, embedding_len), SimpleRNN(16), Dense(1, activation="sigmoid")


def built(submission: LiveSubmission) -> Called:
    """A model of unusual sizes, so that numbers written into the code show."""
    return submission.call("build_rnn_model", num_words=311, embedding_len=17)


def given_model(submission: LiveSubmission) -> Ref:
    return submission.build(Embedding(NUM_WORDS, 2), SimpleRNN(2), Dense(1, activation="sigmoid"))


def trained(submission: LiveSubmission) -> Called:
    """``main`` with a model and a number of epochs of ours."""
    return submission.call("main", model=given_model(submission), epochs=3)


@check(
    points=2,
    task=1,
    why="The Embedding turns words into vectors, the SimpleRNN reads them, the Dense layer decides.",
    hint="Add three layers in this order: Embedding, SimpleRNN, Dense.",
)
def test_model_layers(submission: LiveSubmission) -> None:
    """build_rnn_model stacks an Embedding, a SimpleRNN and a Dense layer."""
    expect_layers(built(submission), *classifier(311, 17), inputs=WORDS)


@check(
    points=2,
    task=1,
    needs=["test_model_layers"],
    why="One node with sigmoid gives one probability. The sizes come from the arguments, so that the function "
    "serves any vocabulary.",
    hint="Use num_words and embedding_len, not numbers; 16 hidden units; one node with sigmoid.",
)
def test_model_sizes(submission: LiveSubmission) -> None:
    """Its sizes are num_words, embedding_len, 16 hidden units and one sigmoid node."""
    expect_settings(built(submission), *classifier(311, 17), inputs=WORDS)


@check(
    points=1,
    task=1,
    needs=["test_model_sizes"],
    why="For 6000 words of length 100 that makes 601,889 parameters.",
    hint="Look for anything besides the three layers: model.summary() lists them.",
)
def test_model_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    expect_model(built(submission), *classifier(311, 17), inputs=WORDS)


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
    points=1,
    task=2,
    why="Binary cross-entropy compares one probability with a label of 0 or 1.",
    hint="compile takes the loss in the argument loss, by its name on the page, as a string.",
)
def test_loss(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy."""
    expect_compiled(trained(submission), loss="binary_crossentropy")


@check(
    points=1,
    task=2,
    why="The loss is hard to read; accuracy says how many reviews are judged correctly.",
    hint="compile takes metrics as a list, even of the one name on the page.",
)
def test_metrics(submission: LiveSubmission) -> None:
    """The metric is accuracy."""
    expect_compiled(trained(submission), metrics=("accuracy",))


@check(
    points=2,
    task=3,
    why="A model that sees the test set in training has nothing left to be tested on.",
    hint="fit gets X_train and y_train as load_data returns them.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """main trains on the training set and evaluates on the test set."""
    (x_train, y_train), (x_test, y_test) = submission.reviews.padded(NUM_WORDS, MAX_LEN)
    main = trained(submission)
    expect_fitted(main, x=x_train, y=y_train)
    if main.evaluated:
        expect_evaluated(main, x=x_test, y=y_test)


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
    why="These settings decide how often weights change and which reviews are kept for validation.",
    hint="Pass batch_size, validation_split, shuffle and verbose to fit, with the values of task 3.",
)
def test_training_settings(submission: LiveSubmission) -> None:
    """Batches of 100, a fifth for validation, shuffled, one line an epoch."""
    expect_fitted(trained(submission), batch_size=100, validation_split=0.2, shuffle=True, verbose=2)


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
    why="601,889 parameters: 600,000 in the Embedding, 1,872 in the SimpleRNN, 17 in the Dense layer.",
    hint="Without a model, main calls build_rnn_model(num_words, embedding_len).",
)
def test_own_model(submission: LiveSubmission) -> None:
    """Without one, it trains what build_rnn_model(6000, 100) builds."""
    main = submission.call("main", model=None, epochs=2)
    own = submission.call("build_rnn_model", num_words=NUM_WORDS, embedding_len=EMBEDDING_LEN)
    expect_fitted_models(main, own)
