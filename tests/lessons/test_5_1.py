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

HINTS = {
    1: (
        "The drawing on the page shows two things that the same layer may return. Which of them does this function "
        "want?",
        "One vector for a whole sentence is the last state: many to one. A SimpleRNN does that unless it is told "
        "otherwise.",
        "Call model.add with a layers.Embedding and then with a layers.SimpleRNN. The three parameters of the "
        "function are the three sizes, in the order in which they are needed.",
    ),
    2: (
        "Compare the docstrings of tasks 1 and 2. Which axis does the output have here that it did not have there?",
        "The states of all steps exist in both models; here they are handed on. Layers, sizes and weights stay the "
        "same.",
        "Take the layers of task 1 and give the SimpleRNN one argument more: the one that the page shows with both "
        "of its values.",
    ),
    3: (
        "How many of the layers have another SimpleRNN above them? And the one that has none: what may it leave out?",
        "A loop adds the layers that hand on all their states; the top one follows after the loop. One layer added "
        "twice would share its weights, so make a new one in every round.",
        "First an Embedding; then a for loop over a range that is one shorter than depth, and in it a model.add "
        "with return_sequences; behind the loop a SimpleRNN without that argument.",
    ),
    4: (
        "Imagine two sentences of seven words, and four units. How many numbers does the layer return for either "
        "value of return_sequences?",
        "A shape has one number for each axis. An axis that is gone leaves no number behind, not even a 1.",
        "An if on return_sequences, and two tuples made of nothing but parameters of the function. In one of them, "
        "one parameter is not used.",
    ),
    5: (
        "sequences has three axes. Which of them counts the steps, and which two must stay as they are?",
        "NumPy takes one index or one slice for each axis, in order. An index takes its axis away, a slice keeps it.",
        "Square brackets behind the array, with three places: a colon where an axis stays whole, and in the middle "
        "an index that counts from the end.",
    ),
    6: (
        "Lesson 4-1 writes the layer as h_t = tanh(x_t · W + h_(t-1) · U + b). How large is each of W, U and b?",
        "A matrix has as many numbers as what it reads times what it makes. All three make a vector of length "
        "units; only one of them reads the features.",
        "Return a sum of three: the numbers in W, those in U, those in b. Only W makes use of features, and no "
        "steps occur in it.",
    ),
}


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
    hint="Whether a SimpleRNN returns its last state or all of them is decided by one argument: return_sequences.",
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
    hint="Every SimpleRNN but the last needs return_sequences.",
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
    hint="depth counts all SimpleRNNs, also the last one, which returns no sequence.",
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
    hint="Add up three counts: the weights for the features, the weights for the old state, and the biases.",
)
def test_count_parameters(submission: LiveSubmission) -> None:
    """count_parameters says how many parameters a SimpleRNN has."""
    expect_count(submission.call("count_parameters", features=32, units=32), 2080)
    expect_count(submission.call("count_parameters", features=5, units=3), 27)
