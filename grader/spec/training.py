"""Optimizers as values, with their update rules in NumPy. Defaults are those of Keras 3."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

EPSILON = 1e-7
"""Keras's default; the gradients of a challenge are much larger."""


@dataclass(frozen=True)
class OptimizerSpec:
    """An optimizer by class and the settings that are judged."""

    learning_rate: float = 0.001

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return type(self).__name__

    @property
    def settings(self) -> dict[str, float]:
        """The settings that are judged."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def after(self, gradients: np.ndarray) -> np.ndarray:
        """Return what becomes of weights that start at zero, shape (steps, n) of gradients."""
        raise NotImplementedError


@dataclass(frozen=True)
class Adam(OptimizerSpec):
    """Adam (Kingma & Ba 2015)."""

    beta_1: float = 0.9
    beta_2: float = 0.999

    def after(self, gradients: np.ndarray) -> np.ndarray:
        """Two running means, of gradients and of their squares, each corrected for its start at zero."""
        weights, mean, square = np.zeros((3, gradients.shape[1]))
        for step, gradient in enumerate(gradients, 1):
            mean = self.beta_1 * mean + (1 - self.beta_1) * gradient
            square = self.beta_2 * square + (1 - self.beta_2) * gradient**2
            rate = self.learning_rate * np.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
            weights = weights - rate * mean / (np.sqrt(square) + EPSILON)
        return np.asarray(weights)


@dataclass(frozen=True)
class RMSprop(OptimizerSpec):
    """RMSprop (Hinton's lecture 6e)."""

    rho: float = 0.9
    momentum: float = 0.0

    def after(self, gradients: np.ndarray) -> np.ndarray:
        """Gradients divided by the root of the running mean of their squares."""
        weights, square, velocity = np.zeros((3, gradients.shape[1]))
        for gradient in gradients:
            square = self.rho * square + (1 - self.rho) * gradient**2
            velocity = self.momentum * velocity + self.learning_rate * gradient / np.sqrt(square + EPSILON)
            weights = weights - velocity
        return np.asarray(weights)
