"""Lesson 7-4: the RNN in NumPy"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeGuard

import numpy as np
import pytest

from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed
from grader.evidence import Mapping, Value, array_of
from grader.expect import agrees, expect_array, expect_entries, expect_items, expect_own, expect_shape, expect_true
from grader.session import LiveSubmission
from grader.text import Text, literal, text

PRINTS = ["Largest difference from the numerical gradients", "truncated after 3 steps", "W_hh times"]
DRAWS = ["vanishing_gradient.png"]

HINTS = {
    1: (
        "Both formulas stand on the page. For each product in them, ask which shapes meet and which shape comes out.",
        (
            "A row times a matrix is a row again: that is what the operator @ does. Softmax makes every score "
            "positive first, and then divides so that all add up to 1."
        ),
        (
            "For rnn_step two products with @, a bias, and np.tanh around the sum. For output the scores, made in "
            "the same way, and then max, np.exp and sum, in this order."
        ),
    ),
    2: (
        "From one step to the next, what changes and what stays the same?",
        (
            "The state that a step has made is the one that the next step starts from. Each step leaves two things "
            "behind that you want to keep: its state, and the output made from it."
        ),
        (
            "A loop over the rows of X calls your rnn_step and your output; their weights are in the dictionary "
            "under their names. Append to two lists, and let np.array make arrays of them in the end."
        ),
    ),
    3: (
        "Y_hat has an axis for the steps and one for the classes. Which of the two is gone in the result?",
        (
            "A step's error is made from the differences of one row: squared, then averaged. NumPy does that for all "
            "rows at once, if you say along which axis to average."
        ),
        "Subtract, square, then np.mean with its argument axis. No loop is needed, and no sum over the steps.",
    ),
    4: (
        (
            "Draw two steps with arrows for the way forwards, then follow the arrows back. At which places do two of "
            "them come back together?"
        ),
        (
            "Each operation on the way forwards has its counterpart on the way back, in reverse order. What leaves a "
            "step through W_hh is carried on to the step before and added there to that step's own error."
        ),
        (
            "After forward, zeros from np.zeros_like and a loop with reversed. np.outer of what went into a product "
            "and of the gradient that comes back is what you add (+=) to the gradient of a weight; the transpose of "
            "the weight (.T) leads further back."
        ),
    ),
    5: (
        "In bptt the errors of all steps travel back as one sum. Can you still stop one of them early?",
        (
            "Here each error travels alone, so there is a loop inside a loop: outside the step that made the error, "
            "inside the steps that it visits on its way back."
        ),
        (
            "In the outer loop W_hy and b_y as in bptt; in the inner one W_xh, W_hh and b_h as in bptt, but no later "
            "error joins in. range with a negative step counts backwards, and max keeps it from passing the first "
            "step."
        ),
    ),
    6: (
        "Only one error is sent back here. Where does it start, and which state does it come to first?",
        (
            "It is the way back of bptt with the parameters left out: you only follow the gradient of the state. At "
            "each step you measure how long it is before you go on."
        ),
        (
            "The last row of the scores' gradients goes back through W_hy. Then a loop with reversed: np.linalg.norm "
            "first, and only after it the slope of tanh and the transpose of W_hh."
        ),
    ),
}

STEPS, FEATURES, UNITS, CLASSES = 6, 3, 5, 4
TRUNCATED = 2
HIDDEN = ("W_xh", "W_hh", "b_h")
OUTPUT = ("W_hy", "b_y")
JUDGED = ("rnn_step", "output", "forward", "losses", "bptt")
"""Functions with checks of their own, which a later mistake is not sought in."""
FINE = 1e-5
SMALL = 1e-5

Parameters = dict[str, np.ndarray]
Suspect = tuple[Text, np.ndarray]

NOT_HANDED_ON = text("That is what comes out when each step starts from h0: hand h on from step to step.")
ONLY_THE_LAST = text("Only the error of the last step is in it; each step has an error, and all of them count.")
AVERAGED = text("It is averaged over the steps; the loss is the sum of the steps' errors, so the gradients are added.")


@dataclass(frozen=True)
class Problem:
    """A sequence with its targets, and an RNN."""

    x: np.ndarray
    y: np.ndarray
    h0: np.ndarray
    parameters: Parameters
    direction: Parameters
    """The parameters are moved this way to see how the loss changes."""

    @property
    def arguments(self) -> dict[str, object]:
        return {"X": self.x, "Y": self.y, "h0": self.h0, "parameters": self.parameters}


def drawn(random: np.random.Generator) -> Problem:
    shapes: dict[str, int | tuple[int, int]] = {
        "W_xh": (FEATURES, UNITS),
        "W_hh": (UNITS, UNITS),
        "W_hy": (UNITS, CLASSES),
        "b_h": UNITS,
        "b_y": CLASSES,
    }
    return Problem(
        random.normal(size=(STEPS, FEATURES)),
        np.eye(CLASSES)[random.integers(CLASSES, size=STEPS)],
        random.normal(size=UNITS),
        {name: random.normal(size=shape) * 0.5 for name, shape in shapes.items()},
        {name: random.normal(size=shape) for name, shape in shapes.items()},
    )


@pytest.fixture(scope="module", name="problem")
def problem_fixture(submission: LiveSubmission) -> Problem:
    return drawn(submission.random)


# The RNN, forwards.


@dataclass(frozen=True)
class Forwards:
    """What a sequence makes on its way forwards."""

    h: np.ndarray
    """The hidden states, h0 first: one more than there are steps."""
    y_hat: np.ndarray


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def sums(x: np.ndarray, h: np.ndarray, p: Parameters) -> np.ndarray:
    return np.asarray(x @ p["W_xh"] + h @ p["W_hh"] + p["b_h"])


def scores(h: np.ndarray, p: Parameters) -> np.ndarray:
    return np.asarray(h @ p["W_hy"] + p["b_y"])


def states(problem: Problem, one_step: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None) -> np.ndarray:
    """The hidden states, h0 first; ``one_step`` makes a state from x and h."""
    found = [problem.h0]
    for x in problem.x:
        found.append(one_step(x, found[-1]) if one_step else np.tanh(sums(x, found[-1], problem.parameters)))
    return np.array(found)


def right_forwards(problem: Problem) -> Forwards:
    h = states(problem)
    return Forwards(h, softmax(scores(h[1:], problem.parameters)))


# The way back.


@dataclass(frozen=True)
class Backwards:
    """What errors go back from, and how."""

    forwards: Forwards
    by_scores: np.ndarray
    """The gradients of the errors with respect to the scores of their steps."""
    mistake: str = ""
    """``slope``, ``transposed``, ``state`` or ``pieces``: see the sentences below."""
    steps: int = STEPS
    """How many steps an error goes back through."""


def score_gradients(problem: Problem, forwards: Forwards) -> list[tuple[Text | None, np.ndarray]]:
    """What students take for the gradients of the errors with respect to the scores; the right one first."""
    y_hat = forwards.y_hat
    by_output = 2 * (y_hat - problem.y) / CLASSES
    right = y_hat * (by_output - np.sum(by_output * y_hat, axis=1, keepdims=True))
    diagonal = text(
        "Each class gets only its own slope y(1 - y), as with a sigmoid. "
        "With softmax every probability depends on every score."
    )
    return [
        (None, right),
        (
            text("The derivative of softmax is missing: the error goes to the scores as if they were the outputs."),
            by_output,
        ),
        (diagonal, by_output * y_hat * (1 - y_hat)),
        (text("Y_hat - Y belongs to cross-entropy. The error here is the mean squared error."), y_hat - problem.y),
        (ONLY_THE_LAST, of_the_last(right, 1)),
    ]


def of_the_last(by_scores: np.ndarray, steps: int) -> np.ndarray:
    return np.where(np.arange(STEPS)[:, None] >= STEPS - steps, by_scores, 0)


def right_way(problem: Problem, forwards: Forwards | None = None) -> Backwards:
    forwards = forwards or right_forwards(problem)
    return Backwards(forwards, score_gradients(problem, forwards)[0][1])


def one_back(problem: Problem, way: Backwards, t: int, by_state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From the state of step t to the sum inside tanh, and to the state before."""
    by_sum = by_state * (1 if way.mistake == "slope" else 1 - way.forwards.h[t + 1] ** 2)
    w_hh = problem.parameters["W_hh"]
    return by_sum, by_sum @ (w_hh if way.mistake == "transposed" else w_hh.T)


def gradients(problem: Problem, way: Backwards) -> Parameters:
    p, h = problem.parameters, way.forwards.h
    found = {name: np.zeros_like(value) for name, value in p.items()}
    found["W_hy"] += h[1:].T @ way.by_scores
    found["b_y"] += way.by_scores.sum(0)
    for t in range(STEPS):
        by_state = way.by_scores[t] @ p["W_hy"].T
        first = t - t % way.steps if way.mistake == "pieces" else max(t + 1 - way.steps, 0)
        for s in range(t, first - 1, -1):
            by_sum, by_state = one_back(problem, way, s, by_state)
            found["W_xh"] += np.outer(problem.x[s], by_sum)
            found["W_hh"] += np.outer(h[s + 1] if way.mistake == "state" else h[s], by_sum)
            found["b_h"] += by_sum
    return found


def norms(problem: Problem, way: Backwards) -> np.ndarray:
    """The lengths of the errors' gradients with respect to the states."""
    found, before = np.zeros(STEPS), np.zeros(UNITS)
    for t in reversed(range(STEPS)):
        by_state = way.by_scores[t] @ problem.parameters["W_hy"].T + before
        found[t] = np.linalg.norm(by_state)
        _, before = one_back(problem, way, t, by_state)
    return found


def last_error(way: Backwards) -> Backwards:
    return replace(way, by_scores=of_the_last(way.by_scores, 1))


# Usual mistakes.


def output_suspects(problem: Problem, forwards: Forwards, name: str) -> Iterator[Suspect]:
    (_, right), *wrong = score_gradients(problem, forwards)
    early = text("It is made with the states before each step; the output of a step is made from its new state.")
    for said, by_scores in wrong:
        yield said or literal(""), gradients(problem, Backwards(forwards, by_scores))[name]
    yield AVERAGED, gradients(problem, Backwards(forwards, right))[name] / STEPS
    yield early, forwards.h[:-1].T @ right


BACK = {
    "slope": text("The derivative of tanh, 1 - h², is missing."),
    "transposed": text("On its way to the step before, the error is multiplied by W_hh and not by its transpose."),
    "state": text("It is made with the state after each step; W_hh multiplies the state before it."),
}


def hidden_suspects(problem: Problem, way: Backwards, name: str) -> Iterator[Suspect]:
    short = text("The error of each step stays in its own step. It has to go on to the steps before, through W_hh.")
    for mistake, said in BACK.items():
        yield said, gradients(problem, replace(way, mistake=mistake))[name]
    yield short, gradients(problem, replace(way, steps=1))[name]
    yield ONLY_THE_LAST, gradients(problem, last_error(way))[name]
    yield AVERAGED, gradients(problem, way)[name] / STEPS


def truncated_suspects(problem: Problem, way: Backwards, name: str) -> Iterator[Suspect]:
    pieces = text(
        "The sequence is cut into pieces, so that an error at the start of a piece goes back less far than "
        "one at its end. Here each error goes back through as many steps, wherever it is."
    )
    few = text("Only the last steps' errors are in it; every step has an error.")
    full = text("These are the gradients of the full BPTT.")
    yield full, gradients(problem, replace(way, steps=STEPS))[name]
    yield text("The errors go back one step too far."), gradients(problem, replace(way, steps=way.steps + 1))[name]
    yield text("The errors go back one step too few."), gradients(problem, replace(way, steps=way.steps - 1))[name]
    yield pieces, gradients(problem, replace(way, mistake="pieces"))[name]
    yield few, gradients(problem, replace(way, by_scores=of_the_last(way.by_scores, way.steps)))[name]


# What is asked of a submission.


def step(submission: LiveSubmission, problem: Problem, x: np.ndarray, h: np.ndarray) -> Called:
    p = problem.parameters
    return submission.call("rnn_step", x=x, h=h, W_xh=p["W_xh"], W_hh=p["W_hh"], b_h=p["b_h"])


def output(submission: LiveSubmission, problem: Problem, h: np.ndarray) -> Called:
    return submission.call("output", h=h, W_hy=problem.parameters["W_hy"], b_y=problem.parameters["b_y"])


def forward(submission: LiveSubmission, x: np.ndarray, h0: np.ndarray, parameters: Parameters) -> tuple[Value, ...]:
    called = submission.call("forward", X=x, h0=h0, parameters=parameters)
    return expect_items(called.result(), "H", "Y_hat", what=text("What forward returns"))


def part_of_forward(name: str) -> Text:
    return text("{name} of forward", name=literal(name))


def key_of(name: str, keys: Iterable[str]) -> str:
    """The key of a parameter's gradient: its name, or the one key with the name in it, as in dW_xh."""
    alike = [key for key in keys if name.replace("_", "").lower() in key.replace("_", "").lower()]
    return alike[0] if name not in alike and len(alike) == 1 else name


def keys_of(value: Value) -> dict[str, str]:
    """The keys of the gradients, by the parameters' names."""
    keys = [key for key, _ in value.items] if isinstance(value, Mapping) else []
    return {name: key_of(name, keys) for name in (*HIDDEN, *OUTPUT)}


def by_parameter(called: Called) -> dict[str, Value]:
    """The gradients, by the parameters' names."""
    with called.made_by(*JUDGED):
        keys = keys_of(called.result())
        found = expect_entries(called.result(), *keys.values(), what=text("What {name} returns", name=called.name))
    return {name: found[key] for name, key in keys.items()}


def gradient_of(called: Called, name: str) -> Text:
    return literal(f'{called.name}(…)["{name}"]')


def bptt(submission: LiveSubmission, problem: Problem) -> Called:
    return submission.call("bptt", **problem.arguments)


def truncated(submission: LiveSubmission, problem: Problem, steps: int) -> Called:
    return submission.call("truncated_bptt", **problem.arguments, steps=steps)


# What follows from a mistake is no mistake: followers are held against the submission's own functions, too.


def own_step(submission: LiveSubmission, problem: Problem) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda x, h: expect_own(step(submission, problem, x, h).result(), (UNITS,), "rnn_step", h)


def own_states(submission: LiveSubmission, problem: Problem) -> np.ndarray:
    """The hidden states that the submission's rnn_step makes, one after the other, h0 first."""
    h = states(problem, own_step(submission, problem))
    expect_own(h[1:], (STEPS, UNITS), "rnn_step")
    return h


def own_outputs(submission: LiveSubmission, problem: Problem, h: np.ndarray) -> np.ndarray:
    """What the submission's output makes of states."""
    return np.array([expect_own(output(submission, problem, each).result(), (CLASSES,), "output") for each in h])


def both_forwards(submission: LiveSubmission, problem: Problem) -> list[Forwards]:
    """What should come out forwards, and what does if that is another thing; a way back needs a step and an output."""
    expect_own(own_outputs(submission, problem, own_states(submission, problem)[1:]), (STEPS, CLASSES), "output")
    h, y_hat = (array_of(each) for each in forward(submission, problem.x, problem.h0, problem.parameters))
    right = right_forwards(problem)
    h = h[:STEPS] if h is not None and h.ndim else h  # a longer H is read from its start
    if not usable(h, UNITS) or not usable(y_hat, CLASSES) or not np.ptp(y_hat, axis=0).any():
        return [right]
    own = Forwards(np.vstack([problem.h0, h]), y_hat)
    near = np.allclose(own.h, right.h, atol=FINE) and np.allclose(own.y_hat, right.y_hat, atol=FINE)
    return [right] if near else [right, own]


def usable(rows: np.ndarray | None, size: int) -> TypeGuard[np.ndarray]:
    return rows is not None and rows.shape == (STEPS, size) and bool(np.isfinite(rows).all())


def own_way(submission: LiveSubmission, problem: Problem) -> Backwards:
    """The way back that the submission's bptt takes, as far as its gradients tell."""
    candidates = both_forwards(submission, problem)
    try:
        found = by_parameter(bptt(submission, problem))
    except CheckFailed:
        return right_way(problem, candidates[-1])
    for forwards in candidates:
        for _, by_scores in score_gradients(problem, forwards):
            factor = factor_of(array_of(found["b_y"]), by_scores.sum(0))
            way = Backwards(forwards, factor * by_scores)
            if factor and agrees(found["W_hy"], gradients(problem, way)["W_hy"], FINE):
                others = (replace(way, mistake=mistake) for mistake in BACK)
                return next((each for each in others if alike(found, gradients(problem, each), HIDDEN)), way)
    return right_way(problem, candidates[-1])


def right_ways(submission: LiveSubmission, problem: Problem) -> list[Backwards]:
    """The ways back that are right, from what should come out forwards and at the output, and from what does."""
    found = [right_way(problem, each) for each in both_forwards(submission, problem)]
    return [*found, replace(own_way(submission, problem), mistake="")]


def factor_of(actual: np.ndarray | None, expected: np.ndarray) -> float:
    """The factor between two arrays; 0 if there is none, or none that a mistake would bring."""
    if actual is None or actual.shape != expected.shape or not np.isfinite(actual).all():
        return 0.0
    factor = float(np.sum(actual * expected) / np.sum(expected**2))
    near = np.allclose(actual, factor * expected, rtol=FINE, atol=FINE * abs(factor))
    return factor if near and 0.01 < abs(factor) < 100 else 0.0


def own_loss(submission: LiveSubmission, problem: Problem) -> float:
    """The factor between the submission's losses and the right ones: it comes back in the gradients."""
    y_hat = right_forwards(problem).y_hat
    try:
        called = submission.call("losses", Y_hat=y_hat, Y=problem.y)
        return factor_of(array_of(called.result()), np.mean((y_hat - problem.y) ** 2, axis=1)) or 1.0
    except CheckFailed:
        return 1.0


# The submission's own forward has gradients of its own: by small differences.

Error = Callable[[int, np.ndarray, np.ndarray, Parameters], float]
"""The error of step t, from its state, its output and the parameters."""


def squared(problem: Problem, factor: float) -> Error:
    return lambda t, h, y_hat, p: factor * float(np.mean((y_hat - problem.y[t]) ** 2))


def linear(way: Backwards) -> Error:
    return lambda t, h, y_hat, p: float(way.by_scores[t] @ scores(h, p))


def last_step(
    submission: LiveSubmission, x: np.ndarray, h0: np.ndarray, p: Parameters
) -> tuple[np.ndarray, np.ndarray]:
    """The last state and the last output that the submission's forward makes."""
    h, y_hat = forward(submission, x, h0, p)
    expect_shape(h, (len(x), UNITS), part_of_forward("H"))
    expect_shape(y_hat, (len(x), CLASSES), part_of_forward("Y_hat"))
    return np.asarray(array_of(h))[-1], np.asarray(array_of(y_hat))[-1]


def own_slope(
    submission: LiveSubmission, problem: Problem, error: Error, names: tuple[str, ...], steps: int = STEPS
) -> float:
    """How fast the errors grow when the named parameters are moved; each goes back through so many steps."""
    h, found = both_forwards(submission, problem)[-1].h, 0.0
    for change in (SMALL, -SMALL):
        p = {
            name: value + change * problem.direction[name] * (name in names)
            for name, value in problem.parameters.items()
        }
        for t in range(STEPS):
            first = max(t + 1 - steps, 0)
            found += error(t, *last_step(submission, problem.x[first : t + 1], h[first], p), p) / (2 * change)
    return found


def own_norms(submission: LiveSubmission, problem: Problem, way: Backwards) -> np.ndarray:
    """The lengths of the last error's gradients with respect to the states."""
    p, error = problem.parameters, linear(way)
    found = [np.linalg.norm(way.by_scores[-1] @ p["W_hy"].T)]
    for t in reversed(range(STEPS - 1)):
        states_near = way.forwards.h[t + 1] + SMALL * np.vstack([np.eye(UNITS), -np.eye(UNITS)])
        errors = [error(-1, *last_step(submission, problem.x[t + 1 :], h, p), p) for h in states_near]
        found.append(np.linalg.norm(np.subtract(errors[:UNITS], errors[UNITS:]) / (2 * SMALL)))
    return np.array(found[::-1])


def follow_forward(
    submission: LiveSubmission,
    problem: Problem,
    found: dict[str, Value],
    names: tuple[str, ...],
    error: Error,
    steps: int = STEPS,
) -> bool:
    """Tell whether gradients are those of the submission's own forward, where it is not as it should be."""
    made = {name: np.asarray(array_of(found[name])) for name in names}
    fitting = {name: value for name, value in made.items() if value.shape == problem.parameters[name].shape}
    if len(fitting) < len(names) or len(both_forwards(submission, problem)) == 1:
        return False
    try:
        slope = own_slope(submission, problem, error, names, steps)
    except CheckFailed:
        return False
    along = [np.sum(value * problem.direction[name]) for name, value in fitting.items()]
    return bool(np.isclose(sum(along), slope, rtol=FINE, atol=FINE))


def alike(found: dict[str, Value], expected: Parameters, names: tuple[str, ...]) -> bool:
    return all(agrees(found[name], expected[name], FINE) for name in names)


def expect_gradients(
    called: Called,
    names: tuple[str, ...],
    accepted: list[Parameters],
    suspects: Callable[[str], Iterable[Suspect]] = lambda name: (),
) -> None:
    """Expect the named gradients to be all of one kind; of those accepted, the last is held up when none is met."""
    found = by_parameter(called)
    if any(alike(found, each, names) for each in accepted):
        return
    with called.made_by(*JUDGED):
        for name in names:
            right, what = accepted[-1][name], gradient_of(called, name)
            expect_array(found[name], right, what, tolerance=FINE, suspects=suspects(name))


# The checks.


@check(
    points=2,
    task=1,
    why="Everything an RNN remembers goes through this line.",
    hint="tanh of three things added up: x times W_xh, h times W_hh, and the bias.",
)
def test_step(submission: LiveSubmission, problem: Problem) -> None:
    """rnn_step computes tanh(x W_xh + h W_hh + b_h)."""
    p, x, h = problem.parameters, problem.x[0], problem.h0
    called = step(submission, problem, x, h)
    total = sums(x, h, p)
    suspects = [
        (text("The bias b_h is missing."), np.tanh(total - p["b_h"])),
        (text("The input x is missing."), np.tanh(total - x @ p["W_xh"])),
        (text("The old state h is missing."), np.tanh(total - h @ p["W_hh"])),
        (
            text("W_hh is transposed: h is a row, so it stands on the left, h W_hh."),
            np.tanh(sums(x, h, p | {"W_hh": p["W_hh"].T})),
        ),
        (text("The sum is right; the tanh is missing."), total),
        (text("That is a sigmoid in place of tanh."), 1 / (1 + np.exp(-total))),
    ]
    expect_array(called.result(), np.tanh(total), literal("rnn_step(x, h, W_xh, W_hh, b_h)"), suspects=suspects)


@check(
    points=1,
    task=1,
    why="Softmax turns scores into probabilities that add up to 1.",
    hint="First the scores, by the second equation of the page; softmax takes np.exp of each and makes them add up to "
    "1.",
)
def test_output(submission: LiveSubmission, problem: Problem) -> None:
    """output computes softmax(h W_hy + b_y)."""
    p, h = problem.parameters, problem.h0
    called = output(submission, problem, h)
    z = scores(h, p)
    suspects = [
        (text("These are the scores; softmax is missing."), z),
        (text("The bias b_y is missing."), softmax(z - p["b_y"])),
        (text("That is a sigmoid for each class; softmax divides by the sum over the classes."), 1 / (1 + np.exp(-z))),
        (text("The powers are not divided by their sum."), np.exp(z)),
        (text("The powers are not divided by their sum."), np.exp(z - z.max())),
        (text("The numbers are divided by the largest power, not by the sum of all."), np.exp(z) / np.exp(z).max()),
    ]
    expect_array(called.result(), softmax(z), literal("output(h, W_hy, b_y)"), suspects=suspects)


@check(
    points=1,
    task=1,
    needs=["test_output"],
    why="exp(1000) is infinite for a computer, and infinity divided by infinity is no number.",
    hint="Subtract the largest score from all of them first: the probabilities stay the same.",
)
def test_output_large_scores(submission: LiveSubmission, problem: Problem) -> None:
    """Scores of a thousand do no harm to it."""
    p, h = problem.parameters, problem.h0
    called = submission.call("output", h=h, W_hy=p["W_hy"], b_y=1000 + p["b_y"])
    expect_array(called.result(), softmax(scores(h, p)), literal("output(h, W_hy, b_y)"))


@check(
    points=2,
    task=2,
    why="The same weights at every step; what differs is the input and the state that is handed on.",
    hint="Begin with h0, replace h at every step, and keep each new one.",
)
def test_forward_states(submission: LiveSubmission, problem: Problem) -> None:
    """forward hands the state on from step to step and returns all hidden states."""
    h, one_step = own_states(submission, problem), own_step(submission, problem)

    def suspects() -> Iterator[Suspect]:
        same = text("Every row is the last state: a step writes into the very array that you kept. Make a new one.")
        zeros = np.zeros(UNITS)
        yield NOT_HANDED_ON, np.array([one_step(x, problem.h0) for x in problem.x])
        yield text("It starts from zeros and not from h0."), states(replace(problem, h0=zeros), one_step)[1:]
        yield text("h0 stands in front; H has one row for each step of X."), h
        yield text("It begins with h0 and lacks the last state."), h[:-1]
        yield same, np.repeat(h[-1:], STEPS, axis=0)
        yield text("That is the last state alone; all of them are asked for."), h[-1]

    found = forward(submission, problem.x, problem.h0, problem.parameters)[0]
    expect_array(found, h[1:], part_of_forward("H"), also=[states(problem)[1:]], suspects=suspects())


@check(
    points=1,
    task=2,
    why="Each step has an output of its own, made from its new state.",
    hint="Call output with the state that this very step has made, and keep each result.",
)
def test_forward_outputs(submission: LiveSubmission, problem: Problem) -> None:
    """It returns the output of every step."""
    made = own_states(submission, problem)
    expect_own(own_outputs(submission, problem, made[1:]), (STEPS, CLASSES), "output")
    kept, found = forward(submission, problem.x, problem.h0, problem.parameters)
    h = array_of(kept)
    h = h if usable(h, UNITS) and np.ptp(h, axis=0).any() else made[1:]
    z = scores(h, problem.parameters)
    suspects = [
        (text("Each output is made from the state before the step."), softmax(scores(made[:-1], problem.parameters))),
        (text("Softmax runs over the steps; it has to run over the classes."), softmax(z.T).T),
        (
            text("Softmax runs over all steps and classes at once; each step has its own."),
            softmax(z.ravel()).reshape(STEPS, CLASSES),
        ),
        (text("That is the last output alone; all of them are asked for."), softmax(z[-1])),
    ]
    also = [right_forwards(problem).y_hat, softmax(z)]
    what = part_of_forward("Y_hat")
    expect_array(found, own_outputs(submission, problem, h), what, also=also, suspects=suspects)


@check(
    points=2,
    task=3,
    why="An RNN with an output at every step makes an error at every step.",
    hint="The mean over the classes, not over the steps: one number a step.",
)
def test_losses(submission: LiveSubmission, problem: Problem) -> None:
    """losses returns the mean squared error of each step."""
    y_hat, y = right_forwards(problem).y_hat, problem.y
    square = (y_hat - y) ** 2
    suspects = [
        (text("The squares are added over the classes, not averaged."), square.sum(1)),
        (text("The squares are added over the classes and halved; the mean is asked for."), square.sum(1) / 2),
        (text("That is half of the mean."), square.mean(1) / 2),
        (text("That is the root of the mean squared error."), np.sqrt(square.mean(1))),
        (text("That is the cross-entropy."), -np.log(np.sum(y * y_hat, axis=1))),
        (text("That is one mean over all steps; each step has its own error."), square.mean()),
        (text("That is the sum over the steps; each step has its own error."), square.mean(1).sum()),
        (text("The mean runs over the steps; it has to run over the classes."), square.mean(0)),
    ]
    called = submission.call("losses", Y_hat=y_hat, Y=y)
    expect_array(called.result(), square.mean(1), literal("losses(Y_hat, Y)"), suspects=suspects)


@check(
    points=1,
    task=4,
    why="A parameter and its gradient have the same shape, or the one could not be taken from the other.",
    hint="A dictionary with the keys of parameters; np.zeros_like makes an array of the same shape.",
)
def test_gradient_shapes(submission: LiveSubmission, problem: Problem) -> None:
    """bptt returns a gradient for each parameter, in its shape."""
    both_forwards(submission, problem)
    called = bptt(submission, problem)
    found = by_parameter(called)
    with called.made_by(*JUDGED):
        for name, value in problem.parameters.items():
            expect_shape(found[name], value.shape, gradient_of(called, name))


@check(
    points=2,
    task=4,
    needs=["test_gradient_shapes"],
    why="The error enters through the output: mean squared error first, then softmax.",
    hint="First back through the mean of the squares, which has one term for each class, then through softmax as the "
    "page says; add up over the steps.",
)
def test_output_gradients(submission: LiveSubmission, problem: Problem) -> None:
    """The gradients of W_hy and b_y are those of the summed errors."""
    called, factor = bptt(submission, problem), own_loss(submission, problem)
    candidates = both_forwards(submission, problem)
    right = [gradients(problem, right_way(problem, each)) for each in candidates]
    of_own_loss = [{name: factor * value for name, value in each.items()} for each in right]
    if not follow_forward(submission, problem, by_parameter(called), OUTPUT, squared(problem, factor)):
        expect_gradients(
            called, OUTPUT, [*of_own_loss, *right], lambda name: output_suspects(problem, candidates[-1], name)
        )


@check(
    points=3,
    task=4,
    needs=["test_gradient_shapes"],
    why="The state of a step is used twice, by its own output and by the next step; both send an error back.",
    hint="Go from the last step to the first: does each state get what comes from its output and what comes from the "
    "step after, and does the gradient of W_hh use the state of the step before?",
)
def test_hidden_gradients(submission: LiveSubmission, problem: Problem) -> None:
    """The gradients of W_xh, W_hh and b_h come back through all steps."""
    called, accepted = bptt(submission, problem), right_ways(submission, problem)
    if not follow_forward(submission, problem, by_parameter(called), HIDDEN, linear(accepted[-1])):
        expect_gradients(
            called,
            HIDDEN,
            [gradients(problem, way) for way in accepted],
            lambda name: hidden_suspects(problem, accepted[-1], name),
        )


@check(
    points=1,
    task=4,
    needs=["test_gradient_shapes"],
    why="Whoever asks for gradients decides what to do with them, and may ask again.",
    hint="Return the gradients and leave the parameters alone: no update, no -= on what was given.",
)
def test_parameters_stay(submission: LiveSubmission, problem: Problem) -> None:
    """bptt leaves the parameters as they are."""
    made = bptt(submission, problem)
    keys = keys_of(made.result())
    # The gradients have the parameters' shapes: the submission's own arrays serve as parameters, twice.
    own: object = (
        made.ref() if all(name == key for name, key in keys.items()) else {n: made.ref(k) for n, k in keys.items()}
    )
    copies = {name: array_of(value) for name, value in by_parameter(made).items()}
    other = drawn(submission.random)
    once: dict[str, object] = {"X": other.x, "Y": other.y, "h0": other.h0}
    twice: dict[str, object] = {"X": problem.x, "Y": problem.y, "h0": other.h0}
    submission.call("bptt", **once, parameters=own)
    again = by_parameter(submission.call("bptt", **twice, parameters=own))
    fresh = by_parameter(submission.call("bptt", **twice, parameters=copies))
    changed = [name for name, value in fresh.items() if not same(again[name], value)]
    found = text("A second call with the same parameters gives other gradients: the first call has changed them.")
    expect_true(not changed, found)


def same(value: Value, other: Value) -> bool:
    expected = array_of(other)
    return expected is not None and agrees(value, expected, 1e-7)


@check(
    points=2,
    task=5,
    why="Short ways back cost less; that far back little arrives anyway.",
    hint="For each step t go back over t, t-1, … as bptt does; stop after so many steps, or at the start.",
)
def test_truncated(submission: LiveSubmission, problem: Problem) -> None:
    """truncated_bptt sends the error of each step back through at most the given number of steps."""
    accepted = [*right_ways(submission, problem), own_way(submission, problem)]
    accepted = [replace(way, steps=TRUNCATED) for way in accepted]
    called, error = truncated(submission, problem, TRUNCATED), linear(accepted[-1])
    if not follow_forward(submission, problem, by_parameter(called), (*OUTPUT, *HIDDEN), error, TRUNCATED):
        expect_gradients(
            called,
            (*OUTPUT, *HIDDEN),
            [gradients(problem, way) for way in accepted],
            lambda name: truncated_suspects(problem, accepted[-1], name) if name in HIDDEN else (),
        )


@check(
    points=1,
    task=5,
    why="Nothing is cut off when every error may go back to the start.",
    hint="The way back ends at the first step, also when more steps are allowed.",
)
def test_truncated_long(submission: LiveSubmission, problem: Problem) -> None:
    """With more steps than the sequence has, it gives the gradients of bptt."""
    full = {name: np.asarray(array_of(value)) for name, value in by_parameter(bptt(submission, problem)).items()}
    called = truncated(submission, problem, STEPS + 3)
    short, long = by_parameter(truncated(submission, problem, TRUNCATED)), by_parameter(called)
    for name in HIDDEN:
        expect_own(short[name], problem.parameters[name].shape, "truncated_bptt", np.asarray(array_of(long[name])))
    accepted = [gradients(problem, way) for way in right_ways(submission, problem)]
    expect_gradients(called, (*OUTPUT, *HIDDEN), [*accepted, full])


@check(
    points=1,
    task=6,
    why="Each step back multiplies by 1 - h² and by W_hh: where that shrinks, early words are not learned from.",
    hint="Begin with the last step's error alone; note the length at each step, then go one step back.",
)
def test_gradient_norms(submission: LiveSubmission, problem: Problem) -> None:
    """gradient_norms tells how much of the last error arrives at each hidden state."""
    *accepted, own = [*right_ways(submission, problem), own_way(submission, problem)]
    expected = norms(problem, last_error(own))

    def also() -> Iterator[np.ndarray]:
        for way in accepted:
            yield norms(problem, last_error(way))
        if len(both_forwards(submission, problem)) > 1:
            yield own_norms(submission, problem, own)

    suspects = [
        (text("The order is turned round: the first number belongs to the first step."), expected[::-1]),
        (text("These are the squares of the lengths."), expected**2),
        (
            text("The errors of all steps are in it; only that of the last step is asked for."),
            norms(problem, own),
        ),
    ]
    called = submission.call("gradient_norms", **problem.arguments)
    what = literal("gradient_norms(X, Y, h0, parameters)")
    with called.made_by(*JUDGED):
        expect_array(called.result(), expected, what, also=also(), tolerance=FINE, suspects=suspects)
