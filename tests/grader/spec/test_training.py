"""Optimizers as values."""

from __future__ import annotations

import numpy as np
import pytest

from grader.spec import Adam, OptimizerSpec, RMSprop


@pytest.mark.parametrize(
    ("optimizer", "kind", "settings"),
    [
        pytest.param(Adam(), "Adam", {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999}, id="Adam"),
        pytest.param(Adam(0.01), "Adam", {"learning_rate": 0.01, "beta_1": 0.9, "beta_2": 0.999}, id="Adam(0.01)"),
        pytest.param(
            RMSprop(learning_rate=0.01), "RMSprop", {"learning_rate": 0.01, "rho": 0.9, "momentum": 0.0}, id="RMSprop"
        ),
    ],
)
def test_an_optimizer_has_a_class_and_the_settings_that_are_judged(
    optimizer: OptimizerSpec, kind: str, settings: dict[str, float]
) -> None:
    assert optimizer.kind == kind
    assert optimizer.settings == settings


def test_the_first_step_is_the_learning_rate_whatever_the_gradients_size() -> None:
    gradients = np.array([[3.0, -0.2, 50.0]])

    assert Adam(0.01).after(gradients) == pytest.approx([-0.01, 0.01, -0.01], rel=1e-4)
    assert RMSprop(0.01, rho=0.75).after(gradients) == pytest.approx([-0.02, 0.02, -0.02], rel=1e-4)


def test_momentum_goes_on_without_gradients() -> None:
    gradients = np.array([[1.0], [0.0], [0.0]])

    steps = np.diff([RMSprop(1.0, rho=0.0, momentum=0.5).after(gradients[:count])[0] for count in (1, 2, 3)])

    assert steps == pytest.approx([-0.5, -0.25], rel=1e-4)
