"""Lesson 7-3: the shapes of recurrent networks"""

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed
from grader.evidence import Ref
from grader.expect import expect_layers, expect_model, expect_settings, expect_true, sequences
from grader.session import LiveSubmission
from grader.spec import Dense, Layer, SimpleRNN, TimeDistributed
from grader.text import literal, text

PRINTS = ["shape (None, 3, 1), rank 3, 10,301 parameters", "30,401 parameters"]

HINTS = {
    1: (
        "Find this model among the drawings on the page. Through which layers do its arrows go on the way from x to y?",
        (
            "In the functional API a layer is made by one pair of brackets and called on its input by a second. What "
            "the first layer gives back is what the next one is called on."
        ),
        (
            "layers.SimpleRNN, of size units, called on inputs; layers.Dense called on what comes out of it. The "
            "last result has to bear the name outputs; the line with Model is there already."
        ),
    ),
    2: (
        "The upper SimpleRNN wants to read a sequence too. What does the lower one give it, if you say nothing?",
        (
            "A SimpleRNN can return its last state, or the states of all steps. Which of the two a layer should "
            "return depends on who reads it: another SimpleRNN, or a Dense layer."
        ),
        (
            "Two layers.SimpleRNN of size units, then layers.Dense, each called on the result of the one before. One "
            "argument makes the difference between the two SimpleRNNs: return_sequences."
        ),
    ),
    3: (
        "How many answers does this model give to a sequence of three steps, and what is each of them made from?",
        (
            "Each step's state goes through a Dense layer, and it is the same layer at each step: one layer, used as "
            "often as there are steps. So all the states have to be there."
        ),
        (
            "layers.SimpleRNN with return_sequences, then layers.TimeDistributed. The layer that is to be repeated, "
            "a layers.Dense, stands inside its first pair of brackets; the states stand in the second."
        ),
    ),
    4: (
        "Call summary() on one of your models: where does it show the shape that is asked for?",
        (
            "A model knows its shapes without any data; an axis that is still open is None. The rank is no new "
            "question: it can be read off the shape."
        ),
        (
            "The model has an attribute with the same name as the first of the two functions. For the second, "
            "Python's len counts the entries of a tuple."
        ),
    ),
}
SIZES = {"timesteps": 5, "features": 2, "units": 7}
SEQUENCES = sequences(length=5, features=2)
LAST, ALL, ANSWER = SimpleRNN(7), SimpleRNN(7, return_sequences=True), Dense(1)
EVERY_STEP = TimeDistributed(ANSWER)


def built(submission: LiveSubmission, name: str) -> Called:
    """A model of unusual sizes, so that numbers written into the code show."""
    return submission.call(name, **SIZES)


def own_or_ours(submission: LiveSubmission, name: str, *layers: Layer) -> Ref:
    """The student's own model if it is right, else one of plain layers that gives the same shape."""
    try:
        expect_settings(built(submission, name), *layers, inputs=SEQUENCES)
    except CheckFailed:
        ours = submission.build(*layers)
        submission.trace(ours, (np.zeros((3, 5, 2), "float32"),))
        return ours
    return built(submission, name).ref()


def one_answer(submission: LiveSubmission) -> Ref:
    return own_or_ours(submission, "build_many_to_one", LAST, ANSWER)


def answer_at_every_step(submission: LiveSubmission) -> Ref:
    return own_or_ours(submission, "build_many_to_many", ALL, ANSWER)


def steps_of(submission: LiveSubmission, model: Ref) -> int | None:
    """How many steps a model is declared for; None: any number."""
    declared = submission.declared(model)
    return declared[0][1] if declared else 5


def expect_shape(called: Called, *shape: int | None) -> None:
    """Expect a shape; its first number, for the batch, is None or the size of the batch."""
    shown = evidence.plain(called.result())
    sizes = shown if isinstance(shown, list) else []
    expect_true(
        sizes[1:] == list(shape) and sizes[0] in (None, 3),
        text("output_shape returns {actual}.", actual=repr(tuple(sizes) if sizes else shown)),
        literal(str((None, *shape))),
    )


def expect_rank(called: Called, rank: int, shape: str) -> None:
    actual = evidence.array_of(called.result())
    expect_true(
        actual is not None and actual.size == 1 and float(actual.ravel()[0]) == rank,
        text(
            "output_rank returns {actual} for a model whose output has the shape {shape}.",
            actual=repr(evidence.plain(called.result())),
            shape=shape,
        ),
        literal(str(rank)),
    )


@check(
    points=1,
    task=1,
    why="The SimpleRNN reads the sequence, the Dense layer turns its last state into an answer.",
    hint="Call a SimpleRNN on the input and a Dense layer on its output; Model(inputs, outputs) makes the model.",
)
def test_many_to_one_layers(submission: LiveSubmission) -> None:
    """build_many_to_one calls a SimpleRNN and a Dense layer."""
    expect_layers(built(submission, "build_many_to_one"), LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=1,
    task=1,
    needs=["test_many_to_one_layers"],
    why="One answer for each sequence, and it may be any number: one node without an activation.",
    hint="The input has the shape (timesteps, features), the SimpleRNN has units units.",
)
def test_many_to_one_settings(submission: LiveSubmission) -> None:
    """Its sizes are the arguments, and one node without an activation answers once."""
    expect_settings(built(submission, "build_many_to_one"), LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=1,
    task=1,
    needs=["test_many_to_one_settings"],
    why="At 3 steps of 1 feature and 100 units: 10,200 in the SimpleRNN and 101 in the Dense layer, 10,301 parameters.",
    hint="Each layer works on the output of the one before it.",
)
def test_many_to_one_computes(submission: LiveSubmission) -> None:
    """It computes one number for each sequence."""
    expect_model(built(submission, "build_many_to_one"), LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=1,
    task=2,
    why="The second layer reads what the first has made of the sequence.",
    hint="Call the second SimpleRNN on the output of the first.",
)
def test_stacked_layers(submission: LiveSubmission) -> None:
    """build_stacked calls two SimpleRNNs and a Dense layer."""
    expect_layers(built(submission, "build_stacked"), ALL, LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=2,
    task=2,
    needs=["test_stacked_layers"],
    why="A SimpleRNN reads a sequence: the layer below it has to return its state at every step.",
    hint="return_sequences belongs to the first SimpleRNN, and only there.",
)
def test_stacked_settings(submission: LiveSubmission) -> None:
    """The first SimpleRNN returns its state at every step, the second its last one."""
    expect_settings(built(submission, "build_stacked"), ALL, LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=1,
    task=2,
    needs=["test_stacked_settings"],
    why="The second SimpleRNN reads 100 numbers at each step: 20,100 parameters more, 30,401 in all.",
    hint="Each layer works on the output of the one before it.",
)
def test_stacked_computes(submission: LiveSubmission) -> None:
    """It computes one number for each sequence, through both layers."""
    expect_model(built(submission, "build_stacked"), ALL, LAST, ANSWER, inputs=SEQUENCES)


@check(
    points=1,
    task=3,
    why="One and the same Dense layer answers at every step.",
    hint="TimeDistributed takes a Dense layer and is then called itself, on the output of the SimpleRNN.",
)
def test_many_to_many_layers(submission: LiveSubmission) -> None:
    """build_many_to_many calls a SimpleRNN and a Dense layer at every step."""
    expect_layers(built(submission, "build_many_to_many"), ALL, EVERY_STEP, inputs=SEQUENCES)


@check(
    points=2,
    task=3,
    needs=["test_many_to_many_layers"],
    why="An answer at every step needs the state at every step.",
    hint="The SimpleRNN needs return_sequences; one node without an activation.",
)
def test_many_to_many_settings(submission: LiveSubmission) -> None:
    """Its SimpleRNN returns its state at every step, and one node answers."""
    expect_settings(built(submission, "build_many_to_many"), ALL, EVERY_STEP, inputs=SEQUENCES)


@check(
    points=1,
    task=3,
    needs=["test_many_to_many_settings"],
    why="All steps share the same weights, so more answers cost no more parameters: 10,301 as in task 1.",
    hint="Each layer works on the output of the one before it.",
)
def test_many_to_many_computes(submission: LiveSubmission) -> None:
    """It computes one number for each step of each sequence."""
    expect_model(built(submission, "build_many_to_many"), ALL, EVERY_STEP, inputs=SEQUENCES)


@check(
    points=2,
    task=4,
    why="The shape tells many-to-one from many-to-many: with or without an axis for the steps.",
    hint="A model knows its output_shape; the batch comes first, as None.",
)
def test_output_shape(submission: LiveSubmission) -> None:
    """output_shape says what shape a model's output has."""
    expect_shape(submission.call("output_shape", model=one_answer(submission)), 1)
    model = answer_at_every_step(submission)
    expect_shape(submission.call("output_shape", model=model), steps_of(submission, model), 1)


@check(
    points=1,
    task=4,
    why="One answer for each sequence has rank 2, an answer at every step has rank 3.",
    hint="The rank is the length of the shape, the batch included.",
)
def test_output_rank(submission: LiveSubmission) -> None:
    """output_rank says how many axes it has."""
    expect_rank(submission.call("output_rank", model=one_answer(submission)), 2, "(None, 1)")
    expect_rank(submission.call("output_rank", model=answer_at_every_step(submission)), 3, "(None, 5, 1)")
