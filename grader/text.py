"""Sentences that are said later, in the reader's language.

Code makes a :class:`Text` from an English sentence and its values; the
renderers say it in English or Korean (``grader/language.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Spoken: TypeAlias = "str | int | float | Text | tuple[Text, ...]"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English, which is its key, and the values it names."""

    key: str
    values: tuple[tuple[str, Spoken], ...] = ()

    def __str__(self) -> str:
        """Return the English sentence (for tests and exceptions)."""
        return self.key.format(**{name: str(value) for name, value in self.values}) if self.values else self.key


def text(key: str, /, **values: Spoken) -> Text:
    """Mark ``key`` for the catalogues and bind the values it names in braces."""
    return Text(key, tuple(values.items()))


def literal(words: str) -> Text:
    """Return words that are the same in every language: code, names, numbers."""
    return Text("{words}", (("words", words),))
