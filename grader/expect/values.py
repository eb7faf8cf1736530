"""Expectations of plain values, of arrays, and of tuples and dictionaries that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec
import numpy as np

from grader import evidence
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import Array, Mapping, Value
from grader.report import Feedback
from grader.text import Text, literal, text

TOLERANCE = 1e-4

Suspect = tuple[Text, np.ndarray]
"""A mistake, in a sentence, and the array that comes of it."""


def expect_true(condition: bool, found: Text, expected: Text | None = None, *details: Text) -> None:
    """Expect a condition; ``found`` says what is wrong without it."""
    if not condition:
        raise CheckFailed(Feedback(found, expected, details))


def expect_equal(actual: object, expected: object, what: Text) -> None:
    """Expect a plain value."""
    if actual != expected or isinstance(actual, bool) is not isinstance(expected, bool):
        found = text("{what} is {actual}.", what=what, actual=repr(actual))
        raise CheckFailed(Feedback(found, literal(repr(expected))))


def expect_array(
    value: Value | None,
    expected: np.ndarray,
    what: Text,
    *,
    also: Iterable[np.ndarray] = (),
    tolerance: float = TOLERANCE,
    suspects: Iterable[Suspect] = (),
) -> None:
    """Expect an array: its shape and its values, NaN where NaN is expected.

    Args:
        value: an array, a number, or a list of numbers or arrays.
        expected: what it should be.
        what: its name, for messages.
        also: what is as good (a generator makes it when needed).
        tolerance: how far a number may be off, absolutely and relatively.
        suspects: usual mistakes; the first that explains the array is told (a generator makes them when needed).
    """
    actual = _numbers(value, what)
    if any(_same(actual, each, tolerance) for each in chain([expected], also)):
        return
    told = next((said for said, wrong in suspects if _same(actual, wrong, tolerance)), None)
    if actual.shape != expected.shape:
        raise CheckFailed(_other_shape(actual, expected.shape, what, told))
    raise CheckFailed(_difference(actual, expected, what, tolerance, told or _proportion(actual, expected, tolerance)))


def expect_shape(value: Value | None, shape: tuple[int, ...], what: Text) -> None:
    """Expect an array of a shape, whatever its values."""
    actual = _numbers(value, what)
    if actual.shape != shape:
        raise CheckFailed(_other_shape(actual, shape, what))


def agrees(value: Value | None, expected: np.ndarray, tolerance: float = TOLERANCE) -> bool:
    """Tell whether :func:`expect_array` would be content."""
    actual = evidence.array_of(value)
    return actual is not None and _same(actual, expected, tolerance)


def expect_own(value: Value | np.ndarray | None, shape: tuple[int, ...], name: str, *given: object) -> np.ndarray:
    """Return what a function of the submission made, right or wrong, for a check of what is built on it.

    A mistake in the function is charged where the function itself is checked, and only there.

    Args:
        value: what it made.
        shape: the shape that it has to have.
        name: the function's name, for messages.
        given: what the function was given.

    Raises:
        Unanswerable: it made nothing of what it was given: no numbers in this shape, the same in every row, or an
            argument as it was.
    """
    made = value if isinstance(value, np.ndarray) else evidence.array_of(value)
    unmade = text("First let {name} make an array of the right shape out of its arguments.", name=name)
    if made is None or made.shape != shape or not np.isfinite(made).all() or not np.ptp(made, axis=0).any():
        raise Unanswerable(unmade)
    if any(isinstance(each, np.ndarray) and _same(made, each, TOLERANCE) for each in given):
        raise Unanswerable(unmade)
    return made


def expect_items(value: Value | None, *names: str, what: Text) -> tuple[Value, ...]:
    """Expect a tuple, or anything that unpacks like one, and return its items.

    Args:
        value: what should be that tuple.
        names: what its items are, for messages; there are as many as names.
        what: the tuple's name, for messages.
    """
    expected = literal(f"({', '.join(names)})")
    items = _items(value, len(names))
    if items is None:
        raise CheckFailed(Feedback(text("{what} is not a tuple.", what=what), expected))
    if len(items) != len(names):
        found = text("{what} has a length of {count}.", what=what, count=len(items))
        raise CheckFailed(Feedback(found, expected))
    return items


def expect_entries(value: Value | None, *names: str, what: Text) -> dict[str, Value]:
    """Expect a dictionary that has at least these keys, and return its values by key."""
    expected = literal(", ".join(map(repr, names)))
    if not isinstance(value, Mapping):
        raise CheckFailed(Feedback(text("{what} is not a dictionary with these keys.", what=what), expected))
    entries = dict(value.items)
    missing = [repr(name) for name in names if name not in entries]
    if missing:
        found = text("{what} has no key {missing}.", what=what, missing=", ".join(missing))
        keys = text("Its keys: {keys}.", keys=", ".join(map(repr, entries)) or "–")
        raise CheckFailed(Feedback(found, expected, (keys,)))
    return entries


def _numbers(value: Value | None, what: Text) -> np.ndarray:
    actual = evidence.array_of(value)
    if actual is None:
        raise CheckFailed(Feedback(text("{what} is not an array of numbers.", what=what)))
    return actual


def _other_shape(actual: np.ndarray, shape: tuple[int, ...], what: Text, told: Text | None = None) -> Feedback:
    found = text("{what} has the shape {actual}.", what=what, actual=str(actual.shape))
    return Feedback(found, literal(str(shape)), (told,) if told else ())


def _close(actual: np.ndarray, expected: np.ndarray, tolerance: float) -> np.ndarray:
    """Tell which numbers agree, of two arrays of one shape."""
    with np.errstate(invalid="ignore"):
        near = np.abs(actual - expected) <= tolerance * (1 + np.abs(expected))
    finite = np.isfinite(actual) & np.isfinite(expected)
    return np.asarray((finite & near) | (actual == expected) | (np.isnan(actual) & np.isnan(expected)))


def _same(actual: np.ndarray, other: np.ndarray, tolerance: float) -> bool:
    return actual.shape == other.shape and bool(_close(actual, other, tolerance).all())


def _proportion(actual: np.ndarray, expected: np.ndarray, tolerance: float) -> Text | None:
    """Say so if all numbers are wrong by one and the same factor."""
    if actual.size < 3 or not np.isfinite(actual).all() or not np.isfinite(expected).all():
        return None
    square = float(np.sum(expected**2))
    factor = float(np.sum(actual * expected)) / square if square else 0.0
    if not factor or np.abs(actual - factor * expected).max() > tolerance * np.abs(factor * expected).max():
        return None
    return text("Every number is {factor} times the expected one.", factor=f"{factor:.4g}")


def _difference(
    actual: np.ndarray, expected: np.ndarray, what: Text, tolerance: float, explanation: Text | None
) -> Feedback:
    """Say how many numbers differ, and where the first one is."""
    if actual.ndim == 0:
        found = text("{what} is {actual}.", what=what, actual=_shown(actual))
        return Feedback(found, literal(_shown(expected)), (explanation,) if explanation else ())
    wrong = np.argwhere(~_close(actual, expected, tolerance))
    first = tuple(int(each) for each in wrong[0])
    found = text(
        "{what} has the right shape, but {wrong} of its {size} numbers are not as expected.",
        what=what,
        wrong=len(wrong),
        size=int(actual.size),
    )
    place = text(
        "The first that differs, at {index}: {actual}; expected {expected}.",
        index=str(list(first)),
        actual=_shown(actual[first]),
        expected=_shown(expected[first]),
    )
    return Feedback(found, None, (explanation, place) if explanation else (place,))


def _shown(number: np.ndarray) -> str:
    return f"{float(number):.6g}"


def _items(value: Value | None, count: int) -> tuple[Value, ...] | None:
    """Return what unpacking gives: the items of a tuple or list, the rows of an array of so many rows."""
    if isinstance(value, evidence.Sequence):
        return value.items
    if isinstance(value, Array) and value.shape[:1] == (count,):
        rows = [np.asarray(row) for row in value.values]
        return tuple(msgspec.structs.replace(value, shape=row.shape, values=row, handle="", digest="") for row in rows)
    return None
