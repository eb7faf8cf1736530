"""What a model is run on: kinds of input that the parent draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BATCH = 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """Random inputs of one shape.

    ``shape`` leaves the batch out; ``words`` is the size of the vocabulary, or
    None for real numbers.
    """

    shape: tuple[int, ...]
    words: int | None = None

    def draw(self, random: np.random.Generator) -> np.ndarray:
        """Return a batch; word indices start and end with the padding word 0."""
        size = (BATCH, *self.shape)
        if self.words is None:
            return random.normal(size=size).astype("float32")
        drawn = random.integers(1, self.words, size).astype("int32")
        drawn[1:, 0] = drawn[2:, -1] = 0
        return drawn


def tokens(words: int, length: int) -> Inputs:
    """Return word indices below ``words``, ``(batch, length)``."""
    return Inputs((length,), words)


def sequences(length: int, features: int = 1) -> Inputs:
    """Return sequences of real numbers, ``(batch, length, features)``."""
    return Inputs((length, features))
