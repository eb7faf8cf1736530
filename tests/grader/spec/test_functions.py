"""Activations and losses, with numbers to be worked out by hand."""

from __future__ import annotations

from math import e, log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.spec.functions import ACTIVATIONS, EPSILON, LOSSES, sigmoid, softmax

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW
else:
    from tests.grader.factories import LAW

MODERATE = arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=4), elements=st.floats(-50, 50))
SHAPE_KEEPING = sorted(ACTIVATIONS.keys() - {"exponential"})


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("linear", [-2, 0, 3], [-2, 0, 3]),
        ("tanh", [0, log(3)], [0, 0.8]),  # (9 − 1) / (9 + 1)
        ("sigmoid", [0, log(3), -log(3)], [0.5, 0.75, 0.25]),
        ("softmax", [0, log(3)], [0.25, 0.75]),
        ("relu", [-2, 0, 3], [0, 0, 3]),
        ("elu", [-log(2), 0, 3], [-0.5, 0, 3]),
        ("exponential", [0, 1, log(2)], [1, e, 2]),
        ("softplus", [0, log(3)], [log(2), log(4)]),
        ("softsign", [-1, 0, 3], [-0.5, 0, 0.75]),
        ("hard_sigmoid", [-4, -3, 0, 1.5, 3, 4], [0, 0, 0.5, 0.75, 1, 1]),
    ],
)
def test_activations_by_hand(name: str, x: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(ACTIVATIONS[name](np.array(x, "float64")), expected, atol=1e-12)


def test_every_activation_has_a_test_by_hand() -> None:
    (mark,) = [mark for mark in test_activations_by_hand.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]

    assert {case[0] for case in mark.args[1]} == ACTIVATIONS.keys()


def test_softmax_is_over_the_last_axis() -> None:
    values = softmax(np.array([[[0.0, 0.0], [log(3), 0.0]]]))

    np.testing.assert_allclose(values, [[[0.5, 0.5], [0.75, 0.25]]])


def test_softmax_of_large_numbers_does_not_overflow() -> None:
    np.testing.assert_allclose(softmax(np.array([1000.0, 1000.0, 0.0])), [0.5, 0.5, 0.0])


def test_sigmoid_of_large_numbers_does_not_overflow() -> None:
    np.testing.assert_allclose(sigmoid(np.array([-1000.0, 1000.0])), [0.0, 1.0])


@LAW
@given(x=MODERATE)
@pytest.mark.parametrize("name", SHAPE_KEEPING)
def test_activations_keep_the_shape_and_stay_finite(name: str, x: np.ndarray) -> None:
    values = ACTIVATIONS[name](x)

    assert values.shape == x.shape
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("name", "y", "p", "expected"),
    [
        pytest.param("binary_crossentropy", [1, 0], [0.5, 0.75], (log(2) + log(4)) / 2, id="binary_crossentropy"),
        pytest.param("binary_crossentropy", [1], [0], -log(EPSILON), id="binary_crossentropy-clipped"),
        pytest.param("binary_crossentropy", [1, 0], [1, 0], 1e-7, id="binary_crossentropy-right"),
        pytest.param(
            "binary_crossentropy(from_logits=True)", [1, 0], [0, log(3)], (log(2) + log(4)) / 2, id="from_logits"
        ),
        pytest.param("mean_squared_error", [0, 1], [1, 3], 2.5, id="mean_squared_error"),
        pytest.param("mean_absolute_error", [0, 1], [1, -2], 2, id="mean_absolute_error"),
        pytest.param("mean_absolute_percentage_error", [2, -4], [1, -5], 37.5, id="mean_absolute_percentage_error"),
        pytest.param("mean_squared_logarithmic_error", [0, e - 1], [e - 1, 0], 1, id="mean_squared_logarithmic_error"),
        pytest.param("mean_squared_logarithmic_error", [0], [-5], 0, id="mean_squared_logarithmic_error-negative"),
        pytest.param("huber", [0, 0], [0.5, 3], (0.125 + 2.5) / 2, id="huber"),
        pytest.param("log_cosh", [0], [log(2)], log(1.25), id="log_cosh"),  # (2 + ½) / 2
        pytest.param("hinge", [1, 0, 1], [0.25, 0.5, 2], 0.75, id="hinge"),  # ¾ + 1½ + 0
        pytest.param("poisson", [0, 2], [3, 1], 2, id="poisson"),
    ],
)
def test_losses_by_hand(name: str, y: list[float], p: list[float], expected: float) -> None:
    loss = LOSSES[name](np.array(y, "float64"), np.array(p, "float64"))

    assert loss == pytest.approx(expected, abs=2e-7)  # Keras's epsilon stands in logarithms


def test_every_loss_has_a_test_by_hand() -> None:
    (mark,) = [mark for mark in test_losses_by_hand.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]

    assert {case.values[0] for case in mark.args[1]} == LOSSES.keys()


def test_a_loss_is_the_mean_over_all_numbers() -> None:
    y, p = np.zeros((3, 1)), np.array([[0.0], [0.0], [3.0]])

    assert LOSSES["mean_squared_error"](y, p) == 3
