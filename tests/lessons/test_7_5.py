"""Lesson 7-5: the LSTM in NumPy"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest

from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import Value, array_of
from grader.expect import agrees, expect_array, expect_entries, expect_items, expect_own, expect_shape, expect_true
from grader.session import LiveSubmission
from grader.text import Text, literal, text

PRINTS = [
    "Parameters       448",
    "Largest difference from Keras, hidden states",
    "Largest difference from Keras, cell state",
]

HINTS = {
    1: (
        "Put the four formulas of the page side by side. What is the same in all of them, and what differs in one?",
        (
            "A gate answers between 0 and 1, the candidate between -1 and 1: that is the function around the sum. "
            "The sum itself is one and the same, with other weights, and those come in as arguments."
        ),
        (
            "The operator @ for x with W and for h with U, and + for b, which NumPy adds to every row. sigmoid is in "
            "the stub, np.tanh in NumPy."
        ),
    ),
    2: (
        "What should become of the old cell state when f is 1 everywhere and i is 0? And the other way round?",
        (
            "A gate tells, number by number, what share of something passes. Find out for each gate what it is the "
            "gate of: old memory, new proposal, or what is shown."
        ),
        (
            "All arrays have the shape (batch, units), so * and + do it, and no @ is needed. In hidden_state np.tanh "
            "comes first and the gate after it."
        ),
    ),
    3: (
        "The page has a table of what lies in the three arrays. How many columns belong to one gate, and which ones?",
        (
            "Each array is cut into four equal parts. Then the parts change company: first they were sorted by "
            "array, now by gate, one of each array together."
        ),
        (
            "np.split cuts into equal parts along an axis; the last axis is -1, for a bias of one axis as well. Hand "
            "out the keys in Keras's order, which is not that of the docstring."
        ),
    ),
    4: (
        "The functions of tasks 1 and 2 are all that you need. Which of them needs the result of which other?",
        (
            "The three gates and the candidate look at x and the old h, and not at each other. Once you have them, "
            "the new cell state follows, and from that the new hidden state."
        ),
        (
            "Six calls: forget_gate, input_gate, output_gate, candidate, cell_state, hidden_state. weights has a "
            "tuple under each key; a star in front of it hands W, U and b over as three arguments."
        ),
    ),
    5: (
        "What does the first step get as its h and c, and what does the second one get?",
        (
            "A loop over the steps: what one step returns, the next one starts from. Of h every step is kept, of c "
            "only what is left in the end."
        ),
        (
            "split_weights once, before the loop, and np.zeros for h, c and all hidden states; the sizes are in "
            "X.shape and recurrent_kernel.shape. In the loop, call lstm_step and write its h to its place among the "
            "hidden states."
        ),
    ),
}

BATCH, STEPS, FEATURES, UNITS = 4, 3, 2, 5
KERAS_ORDER = "ifco"
GATES = {"f": "forget_gate", "i": "input_gate", "o": "output_gate", "c": "candidate"}

Weights = tuple[np.ndarray, ...]
"""W, U and b."""
Suspect = tuple[Text, np.ndarray]
Functions = Mapping[str, Callable[..., np.ndarray]]
"""The functions of tasks 1 and 2, by name: as they should be, or the submission's own."""

NOT_HANDED_ON = text("Each step starts from zeros: hand h and c on from step to step.")
CHANGED_PLACES = text("h and c have changed places: h comes first.")
OTHER_ACTIVATION = text(
    "The sum is right, but the activation is the other one: gates are sigmoids, the candidate is a tanh."
)


@dataclass(frozen=True)
class Problem:
    """A batch of sequences, two states, and an LSTM."""

    x: np.ndarray
    h: np.ndarray
    c: np.ndarray
    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray

    @property
    def arguments(self) -> dict[str, np.ndarray]:
        """Of lstm and split_weights."""
        return {"kernel": self.kernel, "recurrent_kernel": self.recurrent_kernel, "bias": self.bias}

    @property
    def weights(self) -> dict[str, Weights]:
        """By gate, in Keras's order."""
        kernels, recurrent_kernels, biases = (np.split(each, 4, axis=-1) for each in self.arguments.values())
        return dict(zip(KERAS_ORDER, zip(kernels, recurrent_kernels, biases, strict=True), strict=True))


@pytest.fixture(scope="module", name="problem")
def problem_fixture(submission: LiveSubmission) -> Problem:
    def drawn(*shape: int) -> np.ndarray:
        return submission.random.normal(size=shape)

    return Problem(
        drawn(BATCH, STEPS, FEATURES),
        drawn(BATCH, UNITS),
        drawn(BATCH, UNITS) * 2,
        drawn(FEATURES, 4 * UNITS),
        drawn(UNITS, 4 * UNITS) * 0.5,
        drawn(4 * UNITS),
    )


# The LSTM.


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


def total(x: np.ndarray, h: np.ndarray, weights: Weights) -> np.ndarray:
    w, u, b = weights
    return np.asarray(x @ w + h @ u + b)


TAKES = {
    **dict.fromkeys(GATES.values(), ("x", "h", "W", "U", "b")),
    "cell_state": ("f", "i", "c_tilde", "c"),
    "hidden_state": ("o", "c"),
}
RIGHT: Functions = {
    **dict.fromkeys(GATES.values(), lambda x, h, *weights: sigmoid(total(x, h, weights))),
    "candidate": lambda x, h, *weights: np.tanh(total(x, h, weights)),
    "cell_state": lambda f, i, c_tilde, c: f * c + i * c_tilde,
    "hidden_state": lambda o, c: o * np.tanh(c),
}


def step(
    functions: Functions, x: np.ndarray, h: np.ndarray, c: np.ndarray, weights: dict[str, Weights]
) -> tuple[np.ndarray, np.ndarray]:
    f, i, c_tilde, o = (functions[GATES[gate]](x, h, *weights[gate]) for gate in "fico")
    c = functions["cell_state"](f, i, c_tilde, c)
    return functions["hidden_state"](o, c), c


def run(problem: Problem, one_step: Callable[..., tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """All hidden states and the last cell state; ``one_step`` gets x, h and c."""
    h, c = np.zeros((2, BATCH, UNITS))
    found = []
    for t in range(STEPS):
        h, c = one_step(problem.x[:, t], h, c)
        found.append(h)
    return np.stack(found, axis=1), c


# What is asked of a submission.


def gate_suspects(x: np.ndarray, h: np.ndarray, weights: Weights, gate: str) -> Iterator[Suspect]:
    w, u, b = weights
    right, other = (np.tanh, sigmoid) if gate == "c" else (sigmoid, np.tanh)
    z = total(x, h, weights)
    yield text("The bias b is missing."), right(z - b)
    yield text("The hidden state h is missing: the gate looks at the input alone."), right(z - h @ u)
    yield text("The input x is missing."), right(z - x @ w)
    yield OTHER_ACTIVATION, other(z)
    yield text("The sum is right; the activation is missing."), z
    yield text("U is transposed: h is a row, so it stands on the left, h U."), right(total(x, h, (w, u.T, b)))
    yield (
        text("The activation is applied to each product by itself; it belongs around their sum."),
        right(x @ w) + right(h @ u) + b,
    )


def expect_gate(submission: LiveSubmission, problem: Problem, gate: str) -> None:
    """Expect a gate, or the candidate, of the first step."""
    x, name, (w, u, b) = problem.x[:, 0], GATES[gate], problem.weights[gate]
    called = submission.call(name, x=x, h=problem.h, W=w, U=u, b=b)
    suspects = gate_suspects(x, problem.h, (w, u, b), gate)
    expected = RIGHT[name](x, problem.h, w, u, b)
    expect_array(called.result(), expected, literal(f"{name}(x, h, W, U, b)"), suspects=suspects)


def stepped(submission: LiveSubmission, problem: Problem) -> Called:
    return submission.call("lstm_step", x=problem.x[:, 0], h=problem.h, c=problem.c, weights=problem.weights)


def sequence(submission: LiveSubmission, problem: Problem) -> Value:
    return submission.call("lstm", X=problem.x, **problem.arguments).result()


def both(returned: Value) -> tuple[Value, ...]:
    return expect_items(returned, "H", "c", what=text("What lstm returns"))


def parts(submission: LiveSubmission, problem: Problem) -> dict[str, tuple[Value, ...]]:
    """What split_weights returns, by gate."""
    called = submission.call("split_weights", **problem.arguments)
    found = expect_entries(called.result(), *"fico", what=text("What split_weights returns"))
    return {gate: expect_items(found[gate], "W", "U", "b", what=entry(gate)) for gate in "fico"}


def entry(gate: str) -> Text:
    return literal(f'split_weights(…)["{gate}"]')


def part_of(name: str, function: str) -> Text:
    """One of the things that a function returns."""
    return text("{name} of {function}", name=literal(name), function=literal(function))


def same(value: Value, other: Value) -> bool:
    expected = array_of(other)
    return expected is not None and agrees(value, expected)


# What follows from a mistake is no mistake: followers are held against the submission's own functions, too.


def own(submission: LiveSubmission) -> Functions:
    def function(name: str, *given: np.ndarray) -> np.ndarray:
        called = submission.call(name, **dict(zip(TAKES[name], given, strict=True)))
        return expect_own(called.result(), (BATCH, UNITS), name, *given)

    return {name: partial(function, name) for name in RIGHT}


def own_run(submission: LiveSubmission, problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """All hidden states and the last cell state, by the submission's own split_weights and lstm_step."""
    step(own(submission), problem.x[:, 0], problem.h, problem.c, problem.weights)  # no step without its gates

    def one_step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        called = submission.call("lstm_step", x=x, h=h, c=c, weights=weights)
        items = expect_items(called.result(), "h", "c", what=text("What lstm_step returns"))
        for name, item in zip("hc", items, strict=True):
            expect_shape(item, (BATCH, UNITS), part_of(name, "lstm_step"))
        new_h, new_c = (np.asarray(array_of(item)) for item in items)
        return new_h, new_c

    try:
        weights = submission.call("split_weights", **problem.arguments).ref()
        hidden, c = run(problem, one_step)
    except CheckFailed as stopped:
        raise Unanswerable(text("First let lstm_step run on what split_weights returns.")) from stopped
    return expect_own(hidden, (BATCH, STEPS, UNITS), "lstm_step"), expect_own(c, (BATCH, UNITS), "lstm_step")


def right_run(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    return run(problem, lambda x, h, c: step(RIGHT, x, h, c, problem.weights))


def unconnected(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """All hidden states and the last cell state if each step starts from zeros."""
    zeros = np.zeros((BATCH, UNITS))
    return run(problem, lambda x, h, c: step(RIGHT, x, zeros, zeros, problem.weights))


# The checks.


@check(
    points=1,
    task=1,
    why="It decides, number by number, what of the old cell state is kept: 0 is nothing, 1 is all.",
    hint="A sigmoid of x W + h U + b.",
)
def test_forget_gate(submission: LiveSubmission, problem: Problem) -> None:
    """forget_gate computes sigmoid(x W + h U + b)."""
    expect_gate(submission, problem, "f")


@check(
    points=1,
    task=1,
    why="It decides what of the candidate is let in.",
    hint="The same equation as the forget gate's; only the weights are its own.",
)
def test_input_gate(submission: LiveSubmission, problem: Problem) -> None:
    """input_gate computes sigmoid(x W + h U + b)."""
    expect_gate(submission, problem, "i")


@check(
    points=1,
    task=1,
    why="It decides what of the cell state is shown outside.",
    hint="The same equation as the forget gate's; only the weights are its own.",
)
def test_output_gate(submission: LiveSubmission, problem: Problem) -> None:
    """output_gate computes sigmoid(x W + h U + b)."""
    expect_gate(submission, problem, "o")


@check(
    points=1,
    task=1,
    why="What is added to the cell state may be negative as well: its values lie between -1 and 1.",
    hint="The same sum as in the gates, but a tanh around it.",
)
def test_candidate(submission: LiveSubmission, problem: Problem) -> None:
    """candidate computes tanh(x W + h U + b)."""
    expect_gate(submission, problem, "c")


@check(
    points=2,
    task=2,
    why="Adding, not only multiplying, is what lets a gradient live long.",
    hint="The forget gate is for the old state, the input gate for the candidate; both products are added.",
)
def test_cell_state(submission: LiveSubmission, problem: Problem) -> None:
    """cell_state keeps a part of the old state and adds a part of the candidate."""
    x, c, w = problem.x[:, 0], problem.c, problem.weights
    f, i = (sigmoid(total(x, problem.h, w[gate])) for gate in "fi")
    new = np.tanh(total(x, problem.h, w["c"]))
    suspects = [
        (text("The forget gate is missing: the old state is kept whole."), c + i * new),
        (text("Only the kept part of the old state is there; nothing new is added."), f * c),
        (text("Only the new part is there; the old state is missing."), i * new),
        (text("The two gates have changed places."), i * c + f * new),
        (text("The input gate is missing: the candidate is added whole."), f * c + new),
        (text("The two parts are multiplied; they have to be added."), f * c * i * new),
        (text("The tanh around it belongs to the hidden state."), np.tanh(f * c + i * new)),
    ]
    called = submission.call("cell_state", f=f, i=i, c_tilde=new, c=c)
    expect_array(called.result(), f * c + i * new, literal("cell_state(f, i, c_tilde, c)"), suspects=suspects)


@check(
    points=2,
    task=2,
    why="The cell state may grow large; tanh brings it back between -1 and 1 before it is shown.",
    hint="The output gate times the tanh of the cell state.",
)
def test_hidden_state(submission: LiveSubmission, problem: Problem) -> None:
    """hidden_state computes o * tanh(c)."""
    c, o = problem.c, sigmoid(total(problem.x[:, 0], problem.h, problem.weights["o"]))
    suspects = [
        (text("The tanh is missing."), o * c),
        (text("The output gate is missing."), np.tanh(c)),
        (text("That is a sigmoid of the cell state; it has to be a tanh."), o * sigmoid(c)),
        (text("The tanh stands around the product; it belongs around the cell state alone."), np.tanh(o * c)),
        (text("Gate and tanh are added; they have to be multiplied."), o + np.tanh(c)),
    ]
    called = submission.call("hidden_state", o=o, c=c)
    expect_array(called.result(), o * np.tanh(c), literal("hidden_state(o, c)"), suspects=suspects)


@check(
    points=1,
    task=3,
    why="Keras keeps the weights of all four in one array, side by side.",
    hint="Each part has units columns; the number of units is the number of rows of recurrent_kernel.",
)
def test_split_shapes(submission: LiveSubmission, problem: Problem) -> None:
    """split_weights returns W, U and b for each of f, i, c and o."""
    shapes = ((FEATURES, UNITS), (UNITS, UNITS), (UNITS,))
    for gate, items in parts(submission, problem).items():
        for number, (item, shape) in enumerate(zip(items, shapes, strict=True)):
            expect_shape(item, shape, literal(f'split_weights(…)["{gate}"][{number}]'))


@check(
    points=2,
    task=3,
    needs=["test_split_shapes"],
    why="Weights in the wrong gate fit in shape and are still wrong.",
    hint="Keras's order is input gate, forget gate, candidate, output gate.",
)
def test_split_order(submission: LiveSubmission, problem: Problem) -> None:
    """It gives each gate its own columns, in Keras's order."""
    names = {gate: GATES[gate] for gate in KERAS_ORDER}
    for gate, items in parts(submission, problem).items():
        for item, expected, label in zip(items, problem.weights[gate], ("W", "U", "b"), strict=True):
            position = "WUb".index(label)
            suspects = (
                (text("These are the weights of {name}.", name=names[other]), problem.weights[other][position])
                for other in KERAS_ORDER
            )
            expect_array(item, expected, literal(f'split_weights(…)["{gate}"][{position}]'), suspects=suspects)


@check(
    points=1,
    task=4,
    why="The cell state is the LSTM's memory: it goes on to the next step.",
    hint="Call the gates with their own weights, which weights holds under their letters, and then cell_state.",
)
def test_step_cell_state(submission: LiveSubmission, problem: Problem) -> None:
    """lstm_step returns the new cell state."""
    given = problem.x[:, 0], problem.h, problem.c, problem.weights
    own_h, own_c = step(own(submission), *given)
    found = expect_items(stepped(submission, problem).result(), "h", "c", what=text("What lstm_step returns"))[1]
    suspects = [(CHANGED_PLACES, own_h), (text("That is the old cell state."), problem.c)]
    expect_array(found, own_c, part_of("c", "lstm_step"), also=[step(RIGHT, *given)[1]], suspects=suspects)


@check(
    points=2,
    task=4,
    why="What a step shows is made from the cell state that it has just made, not from the one before.",
    hint="Look at which c goes into hidden_state.",
)
def test_step_hidden_state(submission: LiveSubmission, problem: Problem) -> None:
    """lstm_step returns the hidden state that belongs to the new cell state."""
    x, h, c, weights = problem.x[:, 0], problem.h, problem.c, problem.weights
    functions = own(submission)
    own_h, own_c = step(functions, x, h, c, weights)
    items = expect_items(stepped(submission, problem).result(), "h", "c", what=text("What lstm_step returns"))
    new_c = expect_own(items[1], (BATCH, UNITS), "lstm_step")
    o = functions["output_gate"](x, h, *weights["o"])

    def suspects() -> Iterator[Suspect]:
        old = text("It is made from the old cell state, as one textbook prints it: tanh(c) needs the new one.")
        yield CHANGED_PLACES, own_c
        yield old, functions["hidden_state"](o, c)
        yield text("That is the old hidden state."), h
        late = text("The output gate looks at the new hidden state; all gates look at the old one.")
        yield late, functions["hidden_state"](functions["output_gate"](x, own_h, *weights["o"]), own_c)

    expected, right = functions["hidden_state"](o, new_c), step(RIGHT, x, h, c, weights)[0]
    expect_array(items[0], expected, part_of("h", "lstm_step"), also=[right], suspects=suspects())


@check(
    points=1,
    task=4,
    why="Whoever calls a function does not expect that it changes what it was given.",
    hint="c *= f and h[:] = … write into the caller's arrays; a product written out in full makes a new one.",
)
def test_step_leaves_states(submission: LiveSubmission, problem: Problem) -> None:
    """lstm_step leaves the states that it is given as they were."""
    made = stepped(submission, problem)
    what = text("What lstm_step returns")
    given = problem.h, problem.c
    new = expect_items(made.result(), "h", "c", what=what)
    kept = [expect_own(item, (BATCH, UNITS), "lstm_step", *given) for item in new]
    used = {"h": made.ref(0), "c": made.ref(1), "weights": problem.weights}
    fresh = {"h": kept[0], "c": kept[1], "weights": problem.weights}
    submission.call("lstm_step", x=problem.x[:, 1], **used).result()
    again = submission.call("lstm_step", x=problem.x[:, 2], **used)
    first = submission.call("lstm_step", x=problem.x[:, 2], **fresh)
    pairs = zip(*(expect_items(each.result(), "h", "c", what=what) for each in (again, first)), strict=True)
    found = text(
        "Called twice with the same h and c, it starts from others the second time: the first call has changed them."
    )
    expect_true(all(same(value, other) for value, other in pairs), found)


@check(
    points=2,
    task=5,
    why="A layer is its step, again and again, with the states handed on.",
    hint="The steps are the second axis of X; h and c start as zeros of shape (batch, units).",
)
def test_hidden_states(submission: LiveSubmission, problem: Problem) -> None:
    """lstm returns the hidden states of all steps, as Keras does."""
    expected, right = own_run(submission, problem)[0], right_run(problem)[0]
    suspects = [
        (NOT_HANDED_ON, unconnected(problem)[0]),
        (text("That is the last hidden state alone; all of them are asked for."), expected[:, -1]),
        (text("Steps come before sequences; the shape is (batch, steps, units)."), expected.swapaxes(0, 1)),
        (
            text("Every step shows the last state: a step writes into the very array that you kept."),
            np.repeat(expected[:, -1:], STEPS, axis=1),
        ),
        (text("The steps are in the opposite order."), expected[:, ::-1]),
    ]
    returned = sequence(submission, problem)
    alone = agrees(returned, right) or agrees(returned, expected)  # H alone is no pair, but it is H
    found = returned if alone else both(returned)[0]
    expect_array(found, expected, part_of("H", "lstm"), also=[right], suspects=suspects)


@check(
    points=1,
    task=5,
    why="With h and c of the last step the LSTM could go on reading.",
    hint="lstm returns two things; the second is the cell state of the last step, not of all steps.",
)
def test_last_cell_state(submission: LiveSubmission, problem: Problem) -> None:
    """It also returns the last cell state."""
    hidden, expected = own_run(submission, problem)
    suspects = [(text("That is the last hidden state."), hidden[:, -1]), (NOT_HANDED_ON, unconnected(problem)[1])]
    found = both(sequence(submission, problem))[1]
    expect_array(found, expected, part_of("c", "lstm"), also=[right_run(problem)[1]], suspects=suspects)
