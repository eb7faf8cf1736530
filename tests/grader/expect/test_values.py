"""Words for arrays, tuples and dictionaries: what they accept and what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.errors import CheckFailed, Unanswerable
from grader.evidence import Array, Mapping, OddFloat, Plain, Sequence, Value
from grader.expect import agrees, expect_array, expect_entries, expect_items, expect_own, expect_shape
from grader.language import ENGLISH
from grader.text import literal

H = literal("H")


def an_array(values: Any, dtype: str = "float64") -> Array:
    array = np.asarray(values, dtype)
    return Array(dtype, array.shape, (0, array.nbytes), values=array)


def a_tuple(*items: Value) -> Sequence:
    return Sequence("tuple", items, "h1")


def said(problem: pytest.ExceptionInfo[CheckFailed]) -> list[str]:
    feedback = problem.value.feedback
    return [ENGLISH.say(each) for each in (feedback.found, feedback.expected, *feedback.details) if each is not None]


def refused(value: Value | None, expected: np.ndarray, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect_array(value, expected, H, **how)
    return said(problem)


# Arrays.


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(an_array([[1, 2], [3, 4]]), id="float64"),
        pytest.param(an_array([[1, 2], [3, 4]], "float32"), id="float32"),
        pytest.param(an_array([[1, 2], [3, 4]], "int64"), id="int64"),
        pytest.param(a_tuple(an_array([1, 2]), an_array([3, 4])), id="arrays in a tuple"),
        pytest.param(a_tuple(a_tuple(Plain(1), Plain(2.0)), an_array([3, 4])), id="numbers and arrays"),
    ],
)
def test_the_form_of_an_array_is_free(value: Value) -> None:
    expect_array(value, np.array([[1, 2], [3, 4]]), H)

    assert agrees(value, np.array([[1, 2], [3, 4]]))


def test_nan_agrees_with_nan_only() -> None:
    expected = np.array([np.nan, 2.0])

    expect_array(a_tuple(OddFloat("nan"), Plain(2)), expected, H)

    assert not agrees(an_array([0.0, 2.0]), expected)
    assert not agrees(an_array([np.nan, np.nan]), expected)


def test_infinity_agrees_with_itself_only() -> None:
    assert agrees(an_array([np.inf]), np.array([np.inf]))
    assert not agrees(an_array([1e300]), np.array([np.inf]))
    assert not agrees(an_array([np.inf]), np.array([1e300]))


def test_what_is_no_array_is_said_so() -> None:
    assert refused(Plain(None), np.zeros(2)) == ["H is not an array of numbers."]
    assert refused(a_tuple(an_array([1]), an_array([1, 2])), np.zeros(2)) == ["H is not an array of numbers."]


def test_a_shape_is_said_with_the_expected_one() -> None:
    assert refused(an_array(np.zeros((2, 3))), np.zeros((3, 2))) == ["H has the shape (2, 3).", "(3, 2)"]


def test_a_shape_alone_may_be_expected() -> None:
    expect_shape(a_tuple(an_array([1, 2]), an_array([3, 4])), (2, 2), H)

    with pytest.raises(CheckFailed) as problem:
        expect_shape(an_array([1, 2]), (2, 2), H)

    assert said(problem) == ["H has the shape (2,).", "(2, 2)"]


def test_the_first_difference_is_said() -> None:
    assert refused(an_array([[1, 2], [3.5, 5]]), np.array([[1, 2], [3, 4]])) == [
        "H has the right shape, but 2 of its 4 numbers are not as expected.",
        "The first that differs, at [1, 0]: 3.5; expected 3.",
    ]


def test_a_single_number_is_said_plainly() -> None:
    assert refused(Plain(3), np.array(4.0)) == ["H is 3.", "4"]


def test_a_common_factor_is_said() -> None:
    expected = np.array([1.0, 2.0, 4.0])

    assert "Every number is -0.5 times the expected one." in refused(an_array(expected * -0.5), expected)
    assert len(refused(an_array([1.0, 2.0, 4.5]), expected)) == 2
    assert len(refused(an_array(np.zeros(3)), expected)) == 2


def test_the_suspect_that_explains_an_array_is_told() -> None:
    suspects = [(literal("added"), np.array([3.0, 4.0])), (literal("doubled"), np.array([2.0, 4.0, 8.0]))]
    expected = np.array([1.0, 2.0, 4.0])

    assert "doubled" in refused(an_array([2, 4, 8]), expected, suspects=suspects)
    assert "added" in refused(an_array([3, 4]), expected, suspects=suspects)
    assert "added" not in refused(an_array([3, 5]), expected, suspects=suspects)


def test_another_array_may_be_as_good() -> None:
    expect_array(an_array([3, 4]), np.array([1, 2]), H, also=[np.array([3, 4])])

    assert refused(an_array([3, 5]), np.array([1, 2]), also=[np.array([3, 4])])[0].startswith("H has the right shape")


# What is built on a function of the submission.


def test_what_a_function_made_is_taken_as_it_is() -> None:
    made = expect_own(an_array([[1, 2], [3, 4]]), (2, 2), "gate", np.ones((2, 2)))

    assert made.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Plain(None), id="None"),
        pytest.param(an_array([[1, 2, 3], [4, 5, 6]]), id="another shape"),
        pytest.param(an_array([[1, 2], [np.nan, 4]]), id="not a number"),
        pytest.param(an_array([[1, 2], [1, 2]]), id="the same in every row"),
        pytest.param(an_array([[5, 6], [7, 8]]), id="an argument as it was"),
    ],
)
def test_what_is_made_of_nothing_serves_for_nothing(value: Value) -> None:
    with pytest.raises(Unanswerable):
        expect_own(value, (2, 2), "gate", np.array([[5, 6], [7, 8]]))


# Tuples.


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(a_tuple(an_array([1, 2]), an_array([3, 4])), id="tuple"),
        pytest.param(Sequence("list", (an_array([1, 2]), an_array([3, 4])), "h1"), id="list"),
        pytest.param(an_array([[1, 2], [3, 4]]), id="two rows"),
    ],
)
def test_what_unpacks_has_items(value: Value) -> None:
    first, second = expect_items(value, "h", "c", what=literal("step"))

    expect_array(first, np.array([1, 2]), H)
    expect_array(second, np.array([3, 4]), H)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(Plain(None), ["step is not a tuple.", "(h, c)"], id="None"),
        pytest.param(an_array([[1], [2], [3]]), ["step is not a tuple.", "(h, c)"], id="three rows"),
        pytest.param(a_tuple(Plain(1)), ["step has a length of 1.", "(h, c)"], id="too short"),
    ],
)
def test_another_number_of_items_is_refused(value: Value, words: list[str]) -> None:
    with pytest.raises(CheckFailed) as problem:
        expect_items(value, "h", "c", what=literal("step"))

    assert said(problem) == words


# Dictionaries.


def test_a_dictionary_may_hold_more_than_is_asked() -> None:
    value = Mapping((("a", Plain(1)), ("b", Plain(2)), ("c", Plain(3))), "h1")

    assert expect_entries(value, "a", "b", what=H)["b"] == Plain(2)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(Plain(3), ["H is not a dictionary with these keys.", "'a', 'b'"], id="a number"),
        pytest.param(
            Mapping((("a", Plain(1)), ("db", Plain(2))), "h1"),
            ["H has no key 'b'.", "'a', 'b'", "Its keys: 'a', 'db'."],
            id="another name",
        ),
    ],
)
def test_a_missing_key_is_said(value: Value, words: list[str]) -> None:
    with pytest.raises(CheckFailed) as problem:
        expect_entries(value, "a", "b", what=H)

    assert said(problem) == words
