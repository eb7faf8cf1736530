"""What a model is run on: kinds of input that the parent draws."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from grader.errors import CheckFailed
from grader.report import Feedback
from grader.text import text

BATCH = 3
MOST_NUMBERS = 2**22
"""In a batch; the lessons' own have some thousands."""
FEW_WORDS = 3
"""A vocabulary that a model with too small an Embedding can read too: its size is for a check to name."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Random inputs of one shape.

    ``shape`` leaves the batch out; ``words`` is the size of the vocabulary, or
    None for real numbers.
    """

    shape: tuple[int, ...]
    words: int | None = None
    free: bool = False
    """The lesson leaves the length to the student."""
    batch: int = BATCH
    whole: int | None = None
    """The lesson's own length, for a model that does not run on a shorter one."""

    def of_length(self, declared: tuple[int | None, ...]) -> Inputs:
        """Return inputs of a model's declared shape (the batch first), where the length is free."""
        if self.free and len(declared) == 1 + len(self.shape) and declared[1]:
            return replace(self, shape=(declared[1], *self.shape[1:]))
        return self

    def draw(self, random: np.random.Generator, *, words: int | None = None) -> np.ndarray:
        """Return a batch; some sequences of words start or end with the padding word 0.

        Args:
            random: what to draw from.
            words: a smaller vocabulary.

        Raises:
            CheckFailed: the submission wants them of a size that nothing can be tried with. Of no inputs at all,
                any answer would be right.
        """
        size = (self.batch, *self.shape)
        if min(size) < 1 or math.prod(size) > MOST_NUMBERS:
            found = text(
                "Your code wants inputs of the shape {shape}; nothing can be tried with those.", shape=str(size)
            )
            raise CheckFailed(Feedback(found))
        if self.words is None:
            return random.normal(size=size).astype("float32")
        drawn = random.integers(1, min(words or self.words, self.words), size).astype("int32")
        drawn[1:, 0] = drawn[2:, -1] = 0
        return drawn


def tokens(words: int, length: int, batch: int = BATCH, whole: int | None = None) -> Inputs:
    """Return word indices below ``words``, ``(batch, length)``, or of the length that a model declares or needs."""
    return Inputs((length,), words, free=True, batch=batch, whole=whole)


def sequences(length: int, features: int = 1) -> Inputs:
    """Return sequences of real numbers, ``(batch, length, features)``."""
    return Inputs((length, features))
