"""Losses and metrics are judged on numbers; no mistake agrees with them by chance."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Compiled
from grader.evidence.events import OptimizerState
from grader.expect.compiling import expect_compiled
from grader.session import LiveSubmission
from grader.spec.functions import binary_crossentropy

SEEDS = range(1000)
Measured = Callable[[np.ndarray, np.ndarray], float]


def compiled_with(loss: Measured, metric: Measured, seed: int) -> Called:
    """A call that compiled a model with a loss and a metric that NumPy computes."""

    def measure(_: Any, targets: np.ndarray, predictions: np.ndarray) -> dict[str, np.ndarray]:
        batches = list(zip(targets, predictions, strict=True))
        return {
            "loss": np.array([loss(*batch) for batch in batches]),
            "metric:mine": np.array([metric(*batch) for batch in batches]),
        }

    event = Compiled("model", OptimizerState("optimizer", "Adam", {}), True, "loss", ("mine",))
    submission = SimpleNamespace(measure=measure, random=np.random.default_rng(seed))
    return Called(cast(LiveSubmission, submission), "main", "main()", None, (event,), None)


def smoothed(y: np.ndarray, p: np.ndarray) -> float:
    return binary_crossentropy(y * 0.9 + 0.05, p)


def accuracy(y: np.ndarray, p: np.ndarray, threshold: float = 0.5) -> float:
    return float(np.mean((p > threshold) == y))


def test_the_asked_loss_and_metric_are_accepted() -> None:
    expect_compiled(compiled_with(binary_crossentropy, accuracy, 1), loss="binary_crossentropy", metrics=("accuracy",))


def test_smoothed_labels_never_agree_by_chance() -> None:
    for seed in SEEDS:
        with pytest.raises(CheckFailed):
            expect_compiled(compiled_with(smoothed, accuracy, seed), loss="binary_crossentropy")


def test_another_threshold_never_agrees_by_chance() -> None:
    def strict(y: np.ndarray, p: np.ndarray) -> float:
        return accuracy(y, p, 0.6)

    for seed in SEEDS:
        with pytest.raises(CheckFailed):
            expect_compiled(compiled_with(binary_crossentropy, strict, seed), metrics=("accuracy",))
