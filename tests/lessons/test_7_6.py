"""Lesson 7-6: the GRU in NumPy"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import Value, array_of
from grader.expect import agrees, expect_array, expect_entries, expect_items, expect_own, expect_shape, expect_true
from grader.session import LiveSubmission
from grader.text import Text, literal, text

PRINTS = ["reset_after=True: 360 parameters", "reset_after=False: 336 parameters", "Largest difference from Keras"]

HINTS = {
    1: (
        "Leave the biases aside for a moment: what do the formulas of r and z have in common?",
        (
            "In a gate both biases end up in the same sum, so it does not matter to which product you add them. What "
            "matters is that no bias is forgotten, whether b brings one or two."
        ),
        (
            "two_biases takes b and returns a pair; then @ twice, the pair added, and sigmoid around the whole. That "
            "works for both shapes of b, without any if."
        ),
    ),
    2: (
        "Read the two formulas of the candidate one below the other. What does r multiply in each?",
        (
            "The reset gate weakens what the candidate sees of the past: either the old state before it meets U, or "
            "what has come out of that product. The part with x is never touched by it."
        ),
        (
            "two_biases, an if on reset_after, and np.tanh in both cases; @ for W and U, * for r. Brackets decide "
            "what r reaches: is the second bias inside?"
        ),
    ),
    3: (
        "What should come out where z is 1, and what where z is 0?",
        (
            "The new state is a mixture, number by number: z is the share of the one, and what z lacks to 1 is the "
            "share of the other. Which is which is a convention, and the page has that of Keras."
        ),
        (
            "Only *, + and -, on arrays of the shape (batch, units). It is the last line of the first block of "
            "formulas, with the names of the three arguments."
        ),
    ),
    4: (
        (
            "Look at the table on the page, also at the two shapes of bias. Along which axis do the parts lie side "
            "by side?"
        ),
        (
            "The parts always lie along the last axis, whether bias has one row or two. So one way of cutting serves "
            "all arrays; afterwards put together what belongs to one gate."
        ),
        (
            "np.split with the number of parts and axis; -1 is the last axis of any array. Then a dictionary with "
            "the keys z, r and h, each with a tuple of W, U and b."
        ),
    ),
    5: (
        "Gates, candidate, new state: which of them needs the result of which? That tells you the order.",
        "All of them look at the same old h. The candidate waits for r, the new state waits for z and the candidate.",
        (
            "Four calls: update_gate, reset_gate, candidate, new_state; a star in front of a tuple of weights hands "
            "over W, U and b. One of the four must also know which of the two kinds of GRU this is."
        ),
    ),
    6: (
        "Have you written lstm in lesson 7-5? Ask what can go, now that there is one state only.",
        (
            "A loop over the steps in which each step starts from what the one before returned, the first one from "
            "zeros. What each step returns is also what you collect."
        ),
        (
            "split_weights before the loop, and np.zeros for the state and for all states together; the number of "
            "units is in recurrent_kernel.shape. In the loop, call gru_step, which needs reset_after as well."
        ),
    ),
}

BATCH, STEPS, FEATURES, UNITS = 4, 3, 2, 5
KERAS_ORDER = "zrh"
GATES = {"z": "update_gate", "r": "reset_gate", "h": "candidate"}

Weights = tuple[np.ndarray, ...]
"""W, U and b."""
Suspect = tuple[Text, np.ndarray]
Functions = Mapping[str, Callable[..., np.ndarray]]
"""The functions of tasks 1 to 3, by name: as they should be, or the submission's own."""

OPPOSITE = text(
    "That is the opposite convention, (1 - z) · h + z · candidate, as some textbooks have it. "
    "In Keras z says how much of the old state stays."
)


@dataclass(frozen=True)
class Problem:
    """A batch of sequences, a state, and a GRU of both kinds."""

    x: np.ndarray
    h: np.ndarray
    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    biases: np.ndarray
    """Two rows; the first alone serves without reset_after."""

    def arguments(self, reset_after: bool) -> dict[str, np.ndarray]:
        """Of gru and split_weights."""
        bias = self.biases if reset_after else self.biases[0]
        return {"kernel": self.kernel, "recurrent_kernel": self.recurrent_kernel, "bias": bias}

    def weights(self, reset_after: bool) -> dict[str, Weights]:
        """By gate, in Keras's order."""
        kernels, recurrent_kernels, biases = (
            np.split(each, 3, axis=-1) for each in self.arguments(reset_after).values()
        )
        return dict(zip(KERAS_ORDER, zip(kernels, recurrent_kernels, biases, strict=True), strict=True))


@pytest.fixture(scope="module", name="problem")
def problem_fixture(submission: LiveSubmission) -> Problem:
    def drawn(*shape: int) -> np.ndarray:
        return submission.random.normal(size=shape)

    return Problem(
        drawn(BATCH, STEPS, FEATURES),
        drawn(BATCH, UNITS),
        drawn(FEATURES, 3 * UNITS),
        drawn(UNITS, 3 * UNITS) * 0.5,
        drawn(2, 3 * UNITS),
    )


# The GRU.


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


def total(x: np.ndarray, h: np.ndarray, weights: Weights) -> np.ndarray:
    w, u, b = weights
    return np.asarray(x @ w + h @ u + (b.sum(0) if b.ndim == 2 else b))


def inside(x: np.ndarray, h: np.ndarray, r: np.ndarray, weights: Weights) -> np.ndarray:
    """What the candidate is the tanh of; two biases mean that the reset comes after the product."""
    w, u, b = weights
    if b.ndim == 2:
        return np.asarray(x @ w + b[0] + r * (h @ u + b[1]))
    return np.asarray(x @ w + b + (r * h) @ u)


def proposed(x: np.ndarray, h: np.ndarray, r: np.ndarray, weights: Weights) -> np.ndarray:
    return np.asarray(np.tanh(inside(x, h, r, weights)))


TAKES = {
    "reset_gate": ("x", "h", "W", "U", "b"),
    "update_gate": ("x", "h", "W", "U", "b"),
    "candidate": ("x", "h", "r", "W", "U", "b", "reset_after"),
    "new_state": ("z", "h", "candidate"),
}
RIGHT: Functions = {
    "reset_gate": lambda x, h, *weights: sigmoid(total(x, h, weights)),
    "update_gate": lambda x, h, *weights: sigmoid(total(x, h, weights)),
    "candidate": lambda x, h, r, w, u, b, reset_after: proposed(x, h, r, (w, u, b)),
    "new_state": lambda z, h, candidate: z * h + (1 - z) * candidate,
}


def step(
    functions: Functions, x: np.ndarray, h: np.ndarray, weights: dict[str, Weights], reset_after: bool
) -> np.ndarray:
    r, z = (functions[GATES[gate]](x, h, *weights[gate]) for gate in "rz")
    return functions["new_state"](z, h, functions["candidate"](x, h, r, *weights["h"], reset_after))


def run(problem: Problem, one_step: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    """All hidden states; ``one_step`` gets x and h."""
    h, found = np.zeros((BATCH, UNITS)), []
    for t in range(STEPS):
        h = one_step(problem.x[:, t], h)
        found.append(h)
    return np.stack(found, axis=1)


# What is asked of a submission.


def gate_suspects(x: np.ndarray, h: np.ndarray, weights: Weights) -> Iterator[Suspect]:
    w, u, b = weights
    z = total(x, h, weights)
    yield text("The bias b is missing."), sigmoid(z - b)
    yield text("The hidden state h is missing: the gate looks at the input alone."), sigmoid(z - h @ u)
    yield text("The input x is missing."), sigmoid(z - x @ w)
    yield text("That is a tanh; gates are sigmoids."), np.tanh(z)
    yield text("The sum is right; the activation is missing."), z
    transposed = sigmoid(total(x, h, (w, u.T, b)))
    yield text("U is transposed: h is a row, so it stands on the left, h U."), transposed


def expect_gate(submission: LiveSubmission, problem: Problem, gate: str) -> None:
    x, name, (w, u, b) = problem.x[:, 0], GATES[gate], problem.weights(reset_after=False)[gate]
    called = submission.call(name, x=x, h=problem.h, W=w, U=u, b=b)
    expected = sigmoid(total(x, problem.h, (w, u, b)))
    suspects = gate_suspects(x, problem.h, (w, u, b))
    expect_array(called.result(), expected, literal(f"{name}(x, h, W, U, b)"), suspects=suspects)


def expect_both_biases(submission: LiveSubmission, problem: Problem, gate: str) -> None:
    """Expect what the gate makes of the two biases' sum, given as one."""
    x, name, (w, u, b) = problem.x[:, 0], GATES[gate], problem.weights(reset_after=True)[gate]

    def with_bias(bias: np.ndarray, *given: np.ndarray) -> np.ndarray:
        called = submission.call(name, x=x, h=problem.h, W=w, U=u, b=bias)
        return expect_own(called.result(), (BATCH, UNITS), name, *given)

    def suspects() -> Iterator[Suspect]:
        yield text("Only the first of the two biases is in it."), with_bias(b[0])
        yield text("Only the second of the two biases is in it."), with_bias(b[1])
        yield text("The two biases are averaged; they have to be added."), with_bias(b.mean(0))
        yield text("The biases are missing."), bare

    bare = with_bias(np.zeros(UNITS))
    expected, right = with_bias(b.sum(0), bare), sigmoid(total(x, problem.h, (w, u, b)))
    returned = submission.call(name, x=x, h=problem.h, W=w, U=u, b=b).result()
    expect_array(returned, expected, literal(f"{name}(x, h, W, U, b)"), also=[right], suspects=suspects())


def candidate_suspects(
    x: np.ndarray, h: np.ndarray, r: np.ndarray, weights: Weights, reset_after: bool
) -> Iterator[Suspect]:
    w, u, b = weights
    b_x, b_h = b if reset_after else (b, np.zeros_like(b))
    into = x @ w + b_x
    if reset_after:
        yield (
            text("The reset gate scales h before the product: that is reset_after=False."),
            np.tanh(into + (r * h) @ u + b_h),
        )
        yield (
            text("The second bias stands outside: the reset gate scales h U and its bias."),
            np.tanh(into + r * (h @ u) + b_h),
        )
        yield text("The second bias is missing."), np.tanh(into + r * (h @ u))
        yield text("The first bias is missing."), np.tanh(into - b_x + r * (h @ u + b_h))
    else:
        yield (
            text("The reset gate scales h U after the product: that is reset_after=True."),
            np.tanh(into + r * (h @ u)),
        )
    right = inside(x, h, r, weights)
    yield text("The bias b is missing."), np.tanh(right - b_x)
    yield text("The reset gate r is not used."), np.tanh(into + h @ u + b_h)
    yield text("The reset gate scales everything; it belongs to the old state only."), np.tanh(r * (into + h @ u + b_h))
    yield text("That is a sigmoid; the candidate is a tanh."), sigmoid(right)
    yield text("The sum is right; the activation is missing."), right


def expect_candidate(submission: LiveSubmission, problem: Problem, reset_after: bool) -> None:
    x, h, weights = problem.x[:, 0], problem.h, problem.weights(reset_after)
    r, (w, u, b) = sigmoid(total(x, h, weights["r"])), weights["h"]
    called = submission.call("candidate", x=x, h=h, r=r, W=w, U=u, b=b, reset_after=reset_after)
    what = literal(f"candidate(x, h, r, W, U, b, reset_after={reset_after})")
    suspects = candidate_suspects(x, h, r, weights["h"], reset_after)
    expect_array(called.result(), proposed(x, h, r, weights["h"]), what, suspects=suspects)


def parts(submission: LiveSubmission, problem: Problem, reset_after: bool) -> dict[str, tuple[Value, ...]]:
    """What split_weights returns, by gate."""
    called = submission.call("split_weights", **problem.arguments(reset_after))
    found = expect_entries(called.result(), *KERAS_ORDER, what=text("What split_weights returns"))
    return {
        gate: expect_items(found[gate], "W", "U", "b", what=literal(f'split_weights(…)["{gate}"]'))
        for gate in KERAS_ORDER
    }


def stepped(submission: LiveSubmission, problem: Problem, reset_after: bool) -> Called:
    weights = problem.weights(reset_after)
    return submission.call("gru_step", x=problem.x[:, 0], h=problem.h, weights=weights, reset_after=reset_after)


def expect_step(submission: LiveSubmission, problem: Problem, reset_after: bool) -> None:
    x, h, weights = problem.x[:, 0], problem.h, problem.weights(reset_after)
    functions = own(submission)
    expected, right = (step(each, x, h, weights, reset_after) for each in (functions, RIGHT))

    def suspects() -> Iterator[Suspect]:
        r, z = (functions[GATES[gate]](x, h, *weights[gate]) for gate in "rz")
        new, other = (functions["candidate"](x, h, r, *weights["h"], kind) for kind in (reset_after, not reset_after))
        swapped = functions["candidate"](x, h, z, *weights["h"], reset_after)
        yield text("The two gates have changed places."), functions["new_state"](r, h, swapped)
        yield text("reset_after is not handed on to candidate."), functions["new_state"](z, h, other)
        yield OPPOSITE, (1 - z) * h + z * new
        yield text("That is the candidate; update gate and old state are missing."), new

    what = literal(f"gru_step(x, h, weights, reset_after={reset_after})")
    returned = stepped(submission, problem, reset_after).result()
    expect_array(returned, expected, what, also=[right], suspects=suspects())


def expect_sequence(submission: LiveSubmission, problem: Problem, reset_after: bool) -> None:
    expected, weights = own_run(submission, problem, reset_after), problem.weights(reset_after)
    zeros = np.zeros((BATCH, UNITS))
    suspects = [
        (
            text("Each step starts from zeros: hand h on from step to step."),
            run(problem, lambda x, h: step(RIGHT, x, zeros, weights, reset_after)),
        ),
        (text("That is the last hidden state alone; all of them are asked for."), expected[:, -1]),
        (text("Steps come before sequences; the shape is (batch, steps, units)."), expected.swapaxes(0, 1)),
        (
            text("Every step shows the last state: a step writes into the very array that you kept."),
            np.repeat(expected[:, -1:], STEPS, axis=1),
        ),
        (text("The steps are in the opposite order."), expected[:, ::-1]),
    ]
    called = submission.call("gru", X=problem.x, **problem.arguments(reset_after), reset_after=reset_after)
    what = literal(f"gru(X, kernel, recurrent_kernel, bias, reset_after={reset_after})")
    right = run(problem, lambda x, h: step(RIGHT, x, h, weights, reset_after))
    expect_array(called.result(), expected, what, also=[right], suspects=suspects)


# What follows from a mistake is no mistake: followers are held against the submission's own functions, too.


def own(submission: LiveSubmission) -> Functions:
    def function(name: str, *given: Any) -> np.ndarray:
        called = submission.call(name, **dict(zip(TAKES[name], given, strict=True)))
        return expect_own(called.result(), (BATCH, UNITS), name, *given)

    return {name: partial(function, name) for name in RIGHT}


def own_run(submission: LiveSubmission, problem: Problem, reset_after: bool) -> np.ndarray:
    """All hidden states, by the submission's own split_weights and gru_step."""
    step(
        own(submission), problem.x[:, 0], problem.h, problem.weights(reset_after), reset_after
    )  # no step without its gates

    def one_step(x: np.ndarray, h: np.ndarray) -> np.ndarray:
        new = submission.call("gru_step", x=x, h=h, weights=weights, reset_after=reset_after).result()
        expect_shape(new, (BATCH, UNITS), literal("h"))
        return np.asarray(array_of(new))

    try:
        weights = submission.call("split_weights", **problem.arguments(reset_after)).ref()
        hidden = run(problem, one_step)
    except CheckFailed as stopped:
        raise Unanswerable(text("First let gru_step run on what split_weights returns.")) from stopped
    return expect_own(hidden, (BATCH, STEPS, UNITS), "gru_step")


# The checks.


@check(
    points=1,
    task=1,
    why="It decides how much of the old state the candidate gets to see.",
    hint="A sigmoid of x W + h U + b.",
)
def test_reset_gate(submission: LiveSubmission, problem: Problem) -> None:
    """reset_gate computes sigmoid(x W + h U + b)."""
    expect_gate(submission, problem, "r")


@check(
    points=1,
    task=1,
    why="It decides how much of the old state stays and how much of the candidate comes in its place.",
    hint="The same equation as the reset gate's; only the weights are its own.",
)
def test_update_gate(submission: LiveSubmission, problem: Problem) -> None:
    """update_gate computes sigmoid(x W + h U + b)."""
    expect_gate(submission, problem, "z")


@check(
    points=1,
    task=1,
    why="With reset_after Keras has a bias for the input and another for the state, in each gate.",
    hint="two_biases takes b apart: one row joins x W, the other h U.",
)
def test_gates_with_two_biases(submission: LiveSubmission, problem: Problem) -> None:
    """Where b has two rows, both gates add both."""
    expect_both_biases(submission, problem, "r")
    expect_both_biases(submission, problem, "z")


@check(
    points=2,
    task=2,
    why="This is Keras's GRU of today: first the product, then the reset, for the sake of speed.",
    hint="r stands in front of a bracket: what h U and its own bias give together.",
)
def test_candidate_reset_after(submission: LiveSubmission, problem: Problem) -> None:
    """candidate with reset_after=True computes tanh(x W + b_x + r * (h U + b_h))."""
    expect_candidate(submission, problem, reset_after=True)


@check(
    points=2,
    task=2,
    why="This is the GRU of the textbook: what the gate resets is the state itself.",
    hint="First r times h, number by number; then the product with U.",
)
def test_candidate_reset_before(submission: LiveSubmission, problem: Problem) -> None:
    """candidate with reset_after=False computes tanh(x W + b + (r * h) U)."""
    expect_candidate(submission, problem, reset_after=False)


@check(
    points=2,
    task=3,
    why="One gate does the work of two: what stays and what comes add up to 1.",
    hint="In Keras z = 1 keeps the old state whole, and z = 0 replaces it by the candidate.",
)
def test_new_state(submission: LiveSubmission, problem: Problem) -> None:
    """new_state computes z * h + (1 - z) * candidate."""
    x, h, w = problem.x[:, 0], problem.h, problem.weights(reset_after=True)
    z, r = (sigmoid(total(x, h, w[gate])) for gate in "zr")
    new = proposed(x, h, r, w["h"])
    suspects = [
        (OPPOSITE, (1 - z) * h + z * new),
        (text("The old state is missing."), (1 - z) * new),
        (text("The candidate is missing."), z * h),
        (text("Both parts get z; the candidate gets 1 - z."), z * h + z * new),
        (text("The candidate is added whole; it gets 1 - z."), z * h + new),
        (text("A tanh stands around it; the candidate has its tanh already."), np.tanh(z * h + (1 - z) * new)),
    ]
    called = submission.call("new_state", z=z, h=h, candidate=new)
    expect_array(called.result(), z * h + (1 - z) * new, literal("new_state(z, h, candidate)"), suspects=suspects)


@check(
    points=1,
    task=4,
    why="With reset_after the bias has two rows, and so has each gate's part of it.",
    hint="Cut along the last axis: it has 3 × units columns, whether there are two rows of biases or one.",
)
def test_split_shapes(submission: LiveSubmission, problem: Problem) -> None:
    """split_weights returns W, U and b for each of z, r and h, with one bias or with two."""
    for reset_after in (True, False):
        bias = (2, UNITS) if reset_after else (UNITS,)
        for gate, items in parts(submission, problem, reset_after).items():
            for number, (item, shape) in enumerate(zip(items, ((FEATURES, UNITS), (UNITS, UNITS), bias), strict=True)):
                expect_shape(item, shape, literal(f'split_weights(…)["{gate}"][{number}]'))


@check(
    points=2,
    task=4,
    needs=["test_split_shapes"],
    why="Weights in the wrong gate fit in shape and are still wrong.",
    hint="Keras's order is update gate, reset gate, candidate.",
)
def test_split_order(submission: LiveSubmission, problem: Problem) -> None:
    """It gives each gate its own columns, in Keras's order."""
    for reset_after in (True, False):
        weights = problem.weights(reset_after)
        for gate, items in parts(submission, problem, reset_after).items():
            for number, item in enumerate(items):
                suspects = (
                    (text("These are the weights of {name}.", name=GATES[other]), weights[other][number])
                    for other in KERAS_ORDER
                )
                what = literal(f'split_weights(…)["{gate}"][{number}]')
                expect_array(item, weights[gate][number], what, suspects=suspects)


@check(
    points=1,
    task=5,
    why="Three looks at the same old state, and one new state.",
    hint="Each function gets its own weights, which weights holds under z, r and h.",
)
def test_step_reset_after(submission: LiveSubmission, problem: Problem) -> None:
    """gru_step computes one step with reset_after=True."""
    expect_step(submission, problem, reset_after=True)


@check(
    points=1,
    task=5,
    why="The step itself is the same for both kinds; the candidate has to know which it is.",
    hint="Hand reset_after on to candidate.",
)
def test_step_reset_before(submission: LiveSubmission, problem: Problem) -> None:
    """gru_step computes one step with reset_after=False."""
    expect_step(submission, problem, reset_after=False)


@check(
    points=1,
    task=5,
    why="Whoever calls a function does not expect that it changes what it was given.",
    hint="h *= z and h[:] = … write into the caller's array; a product written out in full makes a new one.",
)
def test_step_leaves_state(submission: LiveSubmission, problem: Problem) -> None:
    """gru_step leaves the state that it is given as it was."""
    made = stepped(submission, problem, reset_after=False)
    weights = problem.weights(reset_after=False)
    kept = expect_own(made.result(), (BATCH, UNITS), "gru_step", problem.h)
    submission.call("gru_step", x=problem.x[:, 1], h=made.ref(), weights=weights, reset_after=False).result()
    again = submission.call("gru_step", x=problem.x[:, 2], h=made.ref(), weights=weights, reset_after=False)
    fresh = submission.call("gru_step", x=problem.x[:, 2], h=kept, weights=weights, reset_after=False)
    expected = array_of(fresh.result())
    found = text("Called twice with the same h, it starts from another the second time: the first call has changed it.")
    expect_true(expected is not None and agrees(again.result(), expected), found)


@check(
    points=2,
    task=6,
    why="A layer is its step, again and again, with the state handed on.",
    hint="The steps are the second axis of X; h starts as zeros of shape (batch, units).",
)
def test_sequence_reset_after(submission: LiveSubmission, problem: Problem) -> None:
    """gru returns the hidden states of all steps, as Keras does by default."""
    expect_sequence(submission, problem, reset_after=True)


@check(
    points=1,
    task=6,
    why="One bias, and the reset before the product: the textbook's GRU is this one.",
    hint="Hand reset_after on to gru_step.",
)
def test_sequence_reset_before(submission: LiveSubmission, problem: Problem) -> None:
    """It does so with reset_after=False too."""
    expect_sequence(submission, problem, reset_after=False)
