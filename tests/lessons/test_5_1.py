"""Lesson 5-1: what a SimpleRNN returns"""

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.evidence import Value
from grader.expect import expect_array, expect_layers, expect_model, expect_settings, expect_true, tokens
from grader.session import LiveSubmission
from grader.spec import Embedding, Layer, SimpleRNN
from grader.text import literal, text

PRINTS = ["rank 3, 322,080 parameters", "328,320 parameters", "Each SimpleRNN: 2,080 parameters"]
SIZES = {"num_words": 311, "embedding_len": 17, "units": 6}
WORDS = tokens(311, length=9)
EMBEDDING = Embedding(311, 17)
LAST, ALL = SimpleRNN(6), SimpleRNN(6, return_sequences=True)
FOUR: tuple[Layer, ...] = (Embedding(311, 6), ALL, ALL, ALL, LAST)
TWO: tuple[Layer, ...] = (EMBEDDING, ALL, LAST)


def many_to_one(submission: LiveSubmission) -> Called:
    """A model of unusual sizes, so that numbers written into the code show."""
    return submission.call("build_many_to_one", **SIZES)


def many_to_many(submission: LiveSubmission) -> Called:
    return submission.call("build_many_to_many", **SIZES)


def stack_of_four(submission: LiveSubmission) -> Called:
    """Vectors as long as the state, so that one layer used four times runs too."""
    return submission.call("build_stack", num_words=311, embedding_len=6, units=6, depth=4)


def as_code(value: Value) -> str:
    """Write what came back, for messages."""
    plain = evidence.plain(value)
    if isinstance(plain, list):
        return repr(tuple(plain))
    array = evidence.array_of(value)
    return repr(plain) if array is None or array.ndim == 0 else repr(array.tolist())


def expect_shape(called: Called, *shape: int) -> None:
    """Expect a shape: a tuple, a list or an array of whole numbers."""
    actual = evidence.array_of(called.result())
    expect_true(
        actual is not None and actual.shape == (len(shape),) and bool((actual == shape).all()),
        text("{call} returns {actual}.", call=called.spelled, actual=as_code(called.result())),
        literal(str(shape)),
    )


def expect_count(called: Called, count: int) -> None:
    actual = evidence.array_of(called.result())
    expect_true(
        actual is not None and actual.size == 1 and float(actual.ravel()[0]) == count,
        text("{call} returns {actual}.", call=called.spelled, actual=as_code(called.result())),
        literal(str(count)),
    )


@check(
    points=1,
    task=1,
    why="The Embedding turns word indices into vectors, the SimpleRNN reads them one after the other.",
    hint="Add two layers: an Embedding, then a SimpleRNN.",
)
def test_many_to_one_layers(submission: LiveSubmission) -> None:
    """build_many_to_one stacks an Embedding and a SimpleRNN."""
    expect_layers(many_to_one(submission), EMBEDDING, LAST, inputs=WORDS)


@check(
    points=1,
    task=1,
    needs=["test_many_to_one_layers"],
    why="Many words in, one vector out: return_sequences is False unless you say otherwise.",
    hint="Use num_words, embedding_len and units, not numbers; leave return_sequences out.",
)
def test_many_to_one_settings(submission: LiveSubmission) -> None:
    """Its sizes are the arguments, and it returns the last state only."""
    expect_settings(many_to_one(submission), EMBEDDING, LAST, inputs=WORDS)


@check(
    points=1,
    task=1,
    needs=["test_many_to_one_settings"],
    why="At 10,000 words, vectors of length 32 and 32 units that makes 322,080 parameters.",
    hint="Look for anything besides the two layers: model.summary() lists them.",
)
def test_many_to_one_computes(submission: LiveSubmission) -> None:
    """It computes one vector for each sequence."""
    expect_model(many_to_one(submission), EMBEDDING, LAST, inputs=WORDS)


@check(
    points=1,
    task=2,
    why="The two models differ in one argument, not in their layers.",
    hint="Start from build_many_to_one.",
)
def test_many_to_many_layers(submission: LiveSubmission) -> None:
    """build_many_to_many stacks an Embedding and a SimpleRNN."""
    expect_layers(many_to_many(submission), EMBEDDING, ALL, inputs=WORDS)


@check(
    points=2,
    task=2,
    needs=["test_many_to_many_layers"],
    why="The states are computed in any case; return_sequences=True hands all of them on.",
    hint="SimpleRNN takes return_sequences=True.",
)
def test_many_to_many_settings(submission: LiveSubmission) -> None:
    """Its sizes are the arguments, and it returns its state at every step."""
    expect_settings(many_to_many(submission), EMBEDDING, ALL, inputs=WORDS)


@check(
    points=1,
    task=2,
    needs=["test_many_to_many_settings"],
    why="Returning more needs no more parameters: 322,080 again.",
    hint="Look for anything besides the two layers: model.summary() lists them.",
)
def test_many_to_many_computes(submission: LiveSubmission) -> None:
    """It computes one vector for each step of each sequence."""
    expect_model(many_to_many(submission), EMBEDDING, ALL, inputs=WORDS)


@check(
    points=1,
    task=3,
    why="Each layer reads what the one below it has made of the words.",
    hint="Add SimpleRNN layers in a loop; depth says how many there are in all.",
)
def test_stack_layers(submission: LiveSubmission) -> None:
    """build_stack with a depth of 4 stacks an Embedding and four SimpleRNNs."""
    expect_layers(stack_of_four(submission), *FOUR, inputs=WORDS)


@check(
    points=2,
    task=3,
    needs=["test_stack_layers"],
    why="A SimpleRNN reads a sequence, so every layer with another above it has to return one.",
    hint="return_sequences=True on every SimpleRNN but the last.",
)
def test_stack_settings(submission: LiveSubmission) -> None:
    """All but the last return their state at every step; the sizes are the arguments."""
    expect_settings(stack_of_four(submission), *FOUR, inputs=WORDS)


@check(
    points=1,
    task=3,
    needs=["test_stack_settings"],
    why="328,320 parameters: 320,000 in the Embedding and 2,080 in each of the four SimpleRNNs.",
    hint="Make a new layer for each place in the stack.",
)
def test_stack_computes(submission: LiveSubmission) -> None:
    """It computes one vector for each sequence, every layer with weights of its own."""
    expect_model(stack_of_four(submission), *FOUR, inputs=WORDS)


@check(
    points=1,
    task=3,
    needs=["test_stack_settings"],
    why="Whoever calls build_stack says how deep it is.",
    hint="depth - 1 layers that return sequences, and one that does not.",
)
def test_stack_depth(submission: LiveSubmission) -> None:
    """A depth of 2 gives two SimpleRNNs."""
    expect_settings(submission.call("build_stack", **SIZES, depth=2), *TWO, inputs=WORDS)


@check(
    points=1,
    task=4,
    why="The last state of each sequence: two axes, and nothing is left of the steps.",
    hint="Return a tuple of two numbers: how many sequences, how many units.",
)
def test_shape_of_last_state(submission: LiveSubmission) -> None:
    """returned_shape is right for return_sequences=False."""
    expect_shape(submission.call("returned_shape", batch=3, steps=5, units=4, return_sequences=False), 3, 4)


@check(
    points=1,
    task=4,
    why="A state for each step of each sequence: three axes.",
    hint="Return a tuple of three numbers: sequences, steps, units.",
)
def test_shape_of_sequences(submission: LiveSubmission) -> None:
    """returned_shape is right for return_sequences=True."""
    expect_shape(submission.call("returned_shape", batch=3, steps=5, units=4, return_sequences=True), 3, 5, 4)


@check(
    points=2,
    task=5,
    why="What return_sequences=False gives is the last of what return_sequences=True gives.",
    hint="The steps are the second axis; index -1 is the last one.",
)
def test_last_step(submission: LiveSubmission) -> None:
    """last_step takes the last step of each sequence."""
    states = submission.random.normal(size=(4, 6, 3)).astype("float32")
    called = submission.call("last_step", sequences=states)
    expect_array(called.result(), np.asarray(states[:, -1], "float64"), text("What last_step returns"))


@check(
    points=2,
    task=6,
    why="Weights from each feature and from each old state to each new state, and a bias each: 2,080 at 32 and 32.",
    hint="features × units + units × units + units.",
)
def test_count_parameters(submission: LiveSubmission) -> None:
    """count_parameters says how many parameters a SimpleRNN has."""
    expect_count(submission.call("count_parameters", features=32, units=32), 2080)
    expect_count(submission.call("count_parameters", features=5, units=3), 27)
