"""What a lesson may be called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from grader.errors import UsageError
from grader.text import text

NAME = re.compile(r"[0-9]_[0-9](?:_(?:cell|layer))?")
"""The names that are found in the paths of submissions (``grader/submission.py``)."""
LONGEST_TITLE = 60
NOT_IN_TITLES = '"\\{}'
"""They mean something else in Python, in catalogues and in sentences."""
ENGLISH_TITLE, KOREAN_TITLE = "A forecast of the next value", "다음 값 예측하기"
"""The lesson that a new one begins as."""


@dataclass(frozen=True, slots=True)
class NewLesson:
    """A lesson that is to be."""

    name: str
    """Such as ``9_1``."""
    title: str
    korean_title: str

    @property
    def number(self) -> str:
        """The name as it is read: ``9-1``."""
        return self.name.replace("_", "-")


def new_lesson(name: str, title: str | None) -> NewLesson:
    """Return a lesson of this name and title; without a title, it has that of the lesson that it begins as.

    Raises:
        UsageError: no lesson may be called so.
    """
    bare = name.replace("-", "_").replace(".", "_").lower()
    if not NAME.fullmatch(bare):
        raise UsageError(
            text(
                "{name} is no name of a lesson: a digit, an underscore and a digit, such as 9_1; _cell or _layer may "
                "follow.",
                name=name,
            )
        )
    if title is None:
        return NewLesson(bare, ENGLISH_TITLE, KOREAN_TITLE)
    return NewLesson(bare, _checked(title), _checked(title))


def _checked(title: str) -> str:
    words = " ".join(title.split(" ")).strip()
    printable = not any(unicodedata.category(letter).startswith("C") for letter in words)
    if not words or len(words) > LONGEST_TITLE or not printable or any(letter in words for letter in NOT_IN_TITLES):
        raise UsageError(
            text(
                "A title is one line of at most {most} letters, without quotation marks, backslashes and braces.",
                most=LONGEST_TITLE,
            )
        )
    return words
