"""Optimizers as values."""

from __future__ import annotations

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
