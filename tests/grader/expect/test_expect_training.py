"""Words for training: settings, validation data, and which model was trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Array, Big, Callback, Evaluated, Fitted, Pipeline, Plain, Sequence, Value, digest_of
from grader.expect import (
    expect_evaluated,
    expect_evaluated_on,
    expect_fitted,
    expect_validation,
    is_on,
    last_fitted,
    same_data,
)
from grader.session import LiveSubmission
from grader.text import literal

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import said
else:
    from tests.grader.factories import said

X, Y = np.arange(20.0).reshape(10, 2), np.arange(10.0) % 2
X_VAL, Y_VAL = X + 100, 1 - Y


def an_array(values: np.ndarray) -> Array:
    return Array("float64", values.shape, (0, values.nbytes), values=values)


def too_large(values: np.ndarray) -> Big:
    return Big("float64", values.shape, digest_of(values))


def a_pair(x: np.ndarray, y: np.ndarray) -> Sequence:
    return Sequence("list", (an_array(x), an_array(y)), "h2")


def fit(
    x: Value | None = None,
    y: Value | None = None,
    *,
    validation: Value | None = None,
    callbacks: tuple[str, ...] = (),
    **settings: Any,
) -> Called:
    """A call that trains so."""
    event = Fitted(
        "h1",
        x or an_array(X),
        y or an_array(Y),
        validation or Plain(None),
        settings,
        tuple(Callback(name, f"h{number}") for number, name in enumerate(callbacks)),
    )
    return called(event)


def called(*events: Any) -> Called:
    return Called(cast(LiveSubmission, None), "train", "train()", Plain(None), events, None)


def refused(expect: Any, *what: Any, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect(*what, **how)
    return said(problem.value.feedback)


# Validation data.


def test_the_validation_data_are_accepted() -> None:
    call = fit(validation=a_pair(X_VAL, Y_VAL))

    expect_validation(last_fitted(call), X_VAL, Y_VAL)
    expect_fitted(call, x=X, y=Y, validation_data=(X_VAL, Y_VAL))


def test_labels_may_stand_in_a_column() -> None:
    call = fit(validation=a_pair(X_VAL, Y_VAL[:, None]))

    expect_validation(last_fitted(call), X_VAL, Y_VAL)


def test_any_of_several_data_will_do() -> None:
    call = fit(validation=a_pair(X_VAL, Y_VAL))

    expect_fitted(call, x=[X + 1, X], validation_data=([X, X_VAL], [Y, Y_VAL]))


def test_data_too_large_to_travel_are_compared_by_their_digest() -> None:
    validation = Sequence("list", (too_large(X_VAL), an_array(Y_VAL)), "h2")

    expect_fitted(fit(too_large(X), validation=validation), x=X, y=Y, validation_data=(X_VAL, Y_VAL))

    assert not same_data(too_large(X.ravel()), X)
    words = refused(expect_fitted, fit(too_large(X + 1)), x=X)
    assert words[-1] == "The shape is right, the numbers are not."


NUMBERS = "The shape is right, the numbers are not."
OTHER = "fit is given other data than it should."


@pytest.mark.parametrize(
    ("validation", "words"),
    [
        pytest.param(a_pair(X, Y), [OTHER, "the validation data", NUMBERS], id="the-training-data"),
        pytest.param(a_pair(X_VAL, Y), [OTHER, "the validation labels", NUMBERS], id="the-training-labels"),
        pytest.param(
            a_pair(X_VAL[:5], Y_VAL[:5]),
            [
                OTHER,
                "the validation data",
                "Its shape is (5, 2); expected (10, 2) (of the small data set that the grader uses).",
            ],
            id="half-of-it",
        ),
        pytest.param(
            Sequence("list", (an_array(X_VAL), Plain(None)), ""),
            [OTHER, "the validation labels", "It is given none."],
            id="no-labels",
        ),
        pytest.param(
            Sequence("list", (Plain("x"), an_array(Y_VAL)), ""),
            [OTHER, "the validation data", "It is given something that is no array."],
            id="text",
        ),
        pytest.param(Plain(None), ["fit is given no validation data.", "validation_data=(…, …)"], id="none"),
        pytest.param(an_array(X_VAL), ["fit is given no validation data.", "validation_data=(…, …)"], id="inputs-only"),
    ],
)
def test_other_validation_data_are_refused(validation: Value, words: list[str]) -> None:
    call = fit(validation=validation)

    assert refused(expect_validation, last_fitted(call), X_VAL, Y_VAL) == words
    assert refused(expect_fitted, call, validation_data=(X_VAL, Y_VAL)) == words


def test_a_split_in_place_of_validation_data_is_said() -> None:
    call = fit(validation_split=0.2)

    assert refused(expect_validation, last_fitted(call), X_VAL, Y_VAL) == [
        "fit is called with validation_split=0.2.",
        "validation_data=(…, …)",
    ]


def a_pipeline(x: np.ndarray, y: np.ndarray) -> Pipeline:
    return Pipeline((), (len(x),), an_array(x), an_array(y), "h5")


def test_a_pipeline_is_judged_by_its_rows() -> None:
    call = fit(a_pipeline(X[::-1], Y[::-1]), Plain(None), validation=a_pipeline(X_VAL, Y_VAL))

    expect_fitted(call, x=X, y=Y, validation_data=(X_VAL, Y_VAL))
    expect_fitted(call, x=[X_VAL, X], y=[Y, 1 - Y])

    words = "There are rows in {what} that should not be there."
    assert refused(expect_fitted, call, x=X_VAL, y=Y)[0] == words.format(what="the training data")
    assert refused(expect_fitted, call, validation_data=(X, Y))[0] == words.format(what="the validation data")


# A split, and data cut off by hand.


def test_data_cut_off_by_hand_are_a_split() -> None:
    call = fit(an_array(X[:8]), an_array(Y[:8]), validation=a_pair(X[8:], Y[8:]))

    expect_fitted(call, x=X, y=Y, validation_split=0.2)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(fit(an_array(X[:7]), an_array(Y[:7]), validation=a_pair(X[7:], Y[7:])), id="another-share"),
        pytest.param(fit(an_array(X[2:]), an_array(Y[2:]), validation=a_pair(X[:2], Y[:2])), id="from-the-front"),
        pytest.param(fit(an_array(X[:8]), an_array(Y[:8]), validation=a_pair(X[8:], Y_VAL[8:])), id="other-labels"),
        pytest.param(fit(validation=a_pair(X_VAL, Y_VAL), validation_split=0.2), id="both"),
        pytest.param(fit(), id="none"),
    ],
)
def test_anything_else_is_no_such_split(call: Called) -> None:
    assert refused(expect_fitted, call, x=X, y=Y, validation_split=0.2)


# How often validation data are looked at.


@pytest.mark.parametrize(
    ("has", "wants", "epochs", "same"),
    [
        (2, 2, 4, True),
        ([2, 4], 2, 4, True),
        ([2, 4, 6], 2, 4, True),
        (2, [2, 4], 4, True),
        (None, 1, 4, True),
        (5, 6, 4, True),
        (2, 3, 4, False),
        (None, 2, 4, False),
        ([2], 2, 4, False),
        ([1, 3], 2, 4, False),
        (2, 1, 1, False),
    ],
)
def test_validation_is_asked_for_by_the_epochs_that_it_comes_after(
    has: Any, wants: Any, epochs: int, same: bool
) -> None:
    call = fit(epochs=epochs, **({} if has is None else {"validation_freq": has}))

    if same:
        expect_fitted(call, validation_freq=wants)
    else:
        words = refused(expect_fitted, call, validation_freq=wants)
        assert words[-1] == f"validation_freq is {1 if has is None else has!r}; expected {wants!r}."


# Settings.


def test_settings_left_out_are_those_of_keras() -> None:
    expect_fitted(fit(), epochs=1, batch_size=32, shuffle=True, validation_split=0.0)


@pytest.mark.parametrize(
    ("settings", "expected", "detail"),
    [
        ({"batch_size": 64}, {"batch_size": 128}, "batch_size is 64; expected 128."),
        ({}, {"batch_size": 128}, "batch_size is 32; expected 128."),
        (
            {"epochs": 5},
            {"epochs": 3},
            "epochs is 5, although epochs=3 was asked for: use the argument epochs.",
        ),
        ({"shuffle": 1}, {"shuffle": True}, "shuffle is 1; expected True."),
    ],
)
def test_other_settings_are_refused(settings: dict[str, Any], expected: dict[str, Any], detail: str) -> None:
    assert refused(expect_fitted, fit(**settings), **expected)[-1] == detail


@pytest.mark.parametrize("name", ["EarlyStopping", "LearningRateScheduler", "ReduceLROnPlateau"])
def test_a_callback_that_changes_the_training_is_refused_unless_it_is_wanted(name: str) -> None:
    call = fit(epochs=3, callbacks=("ModelCheckpoint", name))
    expect_fitted(call, epochs=3, stops_early=True)

    assert refused(expect_fitted, call, epochs=3) == [
        f"fit is called with epochs=3, callbacks=[ModelCheckpoint, {name}].",
        "epochs=3",
        f"{name} may change how long, or how fast, the model learns.",
    ]


def test_a_checkpoint_changes_nothing() -> None:
    expect_fitted(fit(epochs=3, callbacks=("ModelCheckpoint",)), epochs=3)


# No training, or another call.


def test_no_training_is_said() -> None:
    for expect in (last_fitted, expect_fitted):
        assert refused(expect, called()) == ["train never trains a model.", "model.fit(…)"]


def test_one_evaluation_on_the_data_is_enough_and_is_returned() -> None:
    right, other = evaluated(X), evaluated(X_VAL)

    assert expect_evaluated(called(other, right), x=X, y=Y) is right
    assert expect_evaluated(called(right, other), x=X, y=Y) is right
    words = refused(expect_evaluated, called(other, other), x=X, y=Y)
    assert words == ["evaluate is given other data than it should.", "the test data", NUMBERS]


def evaluated(x: np.ndarray, *, model: str = "h1", pipeline: bool = False) -> Evaluated:
    if pipeline:
        return Evaluated(model, Pipeline((), (5, 5), an_array(x), an_array(Y), "h3"), Plain(None), Plain(None), {}, ())
    return Evaluated(model, an_array(x), an_array(Y), Plain(None), {}, ())


TEST = literal("the test data")


@pytest.mark.parametrize("pipeline", [False, True], ids=["arrays", "pipeline"])
def test_one_of_several_evaluations_is_enough(pipeline: bool) -> None:
    on_test, on_other = (evaluated(x, pipeline=pipeline) for x in (X, X_VAL))

    assert is_on(on_test, X, Y)
    assert not is_on(on_other, X, Y)
    assert not is_on(on_test, X, 1 - Y)
    expect_evaluated_on(called(*fit().events, on_test, on_other), lambda each: is_on(each, X, Y), TEST)

    words = refused(expect_evaluated_on, called(on_other), lambda each: is_on(each, X, Y), TEST)
    assert words == ["evaluate is never given the test data."]


def test_the_model_that_was_trained_is_evaluated() -> None:
    others = called(*fit().events, evaluated(X, model="h9"))

    assert refused(expect_evaluated_on, others, lambda each: is_on(each, X, Y), TEST) == [
        "Another model is evaluated than the one that was trained."
    ]
    expect_evaluated_on(called(*others.events, evaluated(X)), lambda each: is_on(each, X, Y), TEST)
    expect_evaluated_on(called(evaluated(X, model="h9")), lambda each: is_on(each, X, Y), TEST)


def test_no_evaluation_is_said() -> None:
    words = ["train never evaluates the model.", "model.evaluate(…)"]

    assert refused(expect_evaluated, called()) == words
    assert refused(expect_evaluated_on, called(), lambda _: True, TEST) == words


def test_numbers_are_the_same_whatever_holds_them() -> None:
    columns = Sequence("list", tuple(Plain(float(each)) for each in Y), "")

    assert same_data(columns, Y)
    assert same_data(an_array(Y[:, None]), Y)
    assert not same_data(an_array(Y), Y[:, None])
    assert not same_data(Pipeline((), (10,), an_array(X), an_array(Y), "h1"), X)
    assert not same_data(Plain(None), Y)
