"""The zoo: submissions, right and wrong, that state what they score.

The header of a submission, in comments or in a notebook's first cell::

    expect: 5/8
    fails: test_model1_layers, test_model2_sizes     (nothing else fails; blocked checks are not named)
    says: LSTM(3)                                     (the words stand in the feedback or the notes)
    notes: learning_rate                              (the same, in the notes only)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.kit import Lesson
from grader.submission import SUFFIXES
from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown

HEADER = re.compile(r"\b(expect|fails|says|notes): ([^\n\\\"]+)")
HEAD_BYTES = 3000
SCORE = re.compile(r"(\d+)/(\d+)")
FEWEST = 8
"""So many submissions make a zoo."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a submission's first lines state."""

    expect: str
    fails: frozenset[str]
    says: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def score(self) -> tuple[int, int] | None:
        """The score and the most that there is, if it is stated."""
        found = SCORE.fullmatch(self.expect)
        return (int(found[1]), int(found[2])) if found else None


def zoo_files(lesson: Lesson) -> list[Path]:
    """Return the submissions of a lesson's zoo."""
    return sorted(file for file in lesson.zoo.glob("*.*") if file.suffix in SUFFIXES)


def stated(file: Path) -> Stated:
    """Read what a submission's first lines state."""
    head = file.read_bytes()[:HEAD_BYTES].decode("utf-8", "replace").replace('\\"', "'")
    found: dict[str, list[str]] = {"expect": [], "fails": [], "says": [], "notes": []}
    for name, value in HEADER.findall(head):
        found[name].append(value.strip())
    fails = frozenset(name.strip() for line in found["fails"] for name in line.split(","))
    return Stated(next(iter(found["expect"]), ""), fails, tuple(found["says"]), tuple(found["notes"]))


def zoo(parts: Parts) -> Iterator[Text]:
    """Say what is wrong with a lesson's zoo."""
    headers = {file: stated(file) for file in zoo_files(parts.lesson)}
    for file, header in headers.items():
        yield from _header(parts, file, header)
    scores = [header.score for header in headers.values() if header.score]
    folder = shown(parts.lesson.zoo)
    if len(headers) < FEWEST:
        yield text(
            "{folder} has {count} submissions; at least {fewest} make a zoo.",
            folder=folder,
            count=len(headers),
            fewest=FEWEST,
        )
    if not any(score == most for score, most in scores):
        yield text("{folder} has no submission that is right.", folder=folder)
    if not any(score < most for score, most in scores):
        yield text("{folder} has no submission that is wrong.", folder=folder)


def _header(parts: Parts, file: Path, header: Stated) -> Iterator[Text]:
    score = header.score
    if score is None:
        yield text("{file} does not state its score: “expect: …/{points}”.", file=shown(file), points=parts.points)
    elif score[1] != parts.points or score[0] > score[1]:
        yield text(
            "{file} states {score}; the lesson has {points} points.",
            file=shown(file),
            score=header.expect,
            points=parts.points,
        )
    for name in sorted(header.fails - {check.name for check in parts.checks}):
        yield text("{file} names {check}, which is no check of the lesson.", file=shown(file), check=name)
