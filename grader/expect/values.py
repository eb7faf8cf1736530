"""Expectations of plain values and arrays."""

from __future__ import annotations

import numpy as np

from grader import evidence
from grader.errors import CheckFailed
from grader.evidence import Value
from grader.report import Feedback
from grader.text import Text, literal, text

TOLERANCE = 1e-4


def expect_true(condition: bool, found: Text, expected: Text | None = None, *details: Text) -> None:
    """Expect a condition; ``found`` says what is wrong without it."""
    if not condition:
        raise CheckFailed(Feedback(found, expected, details))


def expect_equal(actual: object, expected: object, what: Text) -> None:
    """Expect a plain value."""
    if actual != expected or isinstance(actual, bool) is not isinstance(expected, bool):
        found = text("{what} is {actual}.", what=what, actual=repr(actual))
        raise CheckFailed(Feedback(found, literal(repr(expected))))


def expect_array(value: Value | None, expected: np.ndarray, what: Text, *, tolerance: float = TOLERANCE) -> None:
    """Expect an array: its shape and its values (NaN never agrees)."""
    actual = evidence.array_of(value)
    if actual is None:
        raise CheckFailed(Feedback(text("{what} is not an array of numbers.", what=what)))
    if actual.shape != expected.shape:
        found = text("{what} has the shape {actual}.", what=what, actual=str(actual.shape))
        raise CheckFailed(Feedback(found, literal(str(expected.shape))))
    with np.errstate(invalid="ignore"):
        agree = np.isfinite(actual) & (np.abs(actual - expected) <= tolerance * (1 + np.abs(expected)))
    if not agree.all():
        found = text(
            "{what} has the right shape, but {wrong} of its {size} numbers are not as expected.",
            what=what,
            wrong=int((~agree).sum()),
            size=int(agree.size),
        )
        raise CheckFailed(Feedback(found))
