"""Activation and loss functions in NumPy, by Keras's names and definitions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]
Loss = Callable[[np.ndarray, np.ndarray], float]

EPSILON = 1e-7
"""``keras.config.epsilon()``: probabilities are clipped to [ε, 1 − ε]."""


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x))."""
    return np.asarray(0.5 * (1 + np.tanh(x / 2)))  # the same, and never overflows


def softmax(x: np.ndarray) -> np.ndarray:
    """Return exp(x) normalised over the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


ACTIVATIONS: dict[str, Function] = {
    "linear": lambda x: x,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "exponential": np.exp,
    "softplus": lambda x: np.logaddexp(0, x),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "hard_sigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1),
}


def _clip(p: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(p, EPSILON, 1 - EPSILON))


def binary_crossentropy(y: np.ndarray, p: np.ndarray) -> float:
    """Return the mean of -y log p - (1 - y) log(1 - p), ``p`` a probability."""
    p = _clip(p)
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


def binary_crossentropy_from_logits(y: np.ndarray, z: np.ndarray) -> float:
    """Return the binary cross-entropy of ``sigmoid(z)``."""
    return float(np.mean(np.logaddexp(0, z) - y * z))


def _huber(y: np.ndarray, p: np.ndarray) -> float:
    error = np.abs(y - p)
    return float(np.mean(np.where(error <= 1, error**2 / 2, error - 0.5)))


LOSSES: dict[str, Loss] = {
    "binary_crossentropy": binary_crossentropy,
    "binary_crossentropy(from_logits=True)": binary_crossentropy_from_logits,
    "mean_squared_error": lambda y, p: float(np.mean((y - p) ** 2)),
    "mean_absolute_error": lambda y, p: float(np.mean(np.abs(y - p))),
    "mean_absolute_percentage_error": lambda y, p: float(
        100 * np.mean(np.abs((y - p) / np.maximum(np.abs(y), EPSILON)))
    ),
    "mean_squared_logarithmic_error": lambda y, p: float(
        np.mean((np.log1p(np.maximum(y, EPSILON)) - np.log1p(np.maximum(p, EPSILON))) ** 2)
    ),
    "huber": _huber,
    "log_cosh": lambda y, p: float(np.mean(np.log(np.cosh(p - y)))),
    "hinge": lambda y, p: float(np.mean(np.maximum(1 - np.where(y > 0, 1, -1) * p, 0))),
    "poisson": lambda y, p: float(np.mean(p - y * np.log(p + EPSILON))),
}
