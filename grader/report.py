"""The report: one value that says everything about one graded submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from grader.isolation import Level
from grader.text import Text


class Outcome(Enum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    """A check it builds on did not pass, or the submission never got that far."""
    ERROR = "error"
    """The check itself broke: our fault, never the student's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the student's."""

    file: Text
    """File name, or the cell of a notebook."""
    line: int
    """Line in that file or cell, from 1; 0 where there is none."""
    code: str = ""
    function: str = ""
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a student is told about one failed check."""

    found: Text
    expected: Text | None = None
    details: tuple[Text, ...] = ()
    """The layer diff, a formula with the student's own numbers."""
    places: tuple[Place, ...] = ()
    """The student's own lines of a traceback, the innermost last."""
    stopped: bool = False
    """There was no answer to judge: why it matters and what to look at would miss the point."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One check of the lesson and what became of it."""

    name: str
    title: Text
    task: int
    points: int
    outcome: Outcome
    feedback: Feedback | None = None
    why: Text | None = None
    """Why it matters."""
    hint: Text | None = None
    """What to look at."""

    @property
    def earned(self) -> int:
        """Points that count: all of them, or none."""
        return self.points if self.outcome is Outcome.PASSED else 0


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that costs nothing: an old spelling, a crash after the graded part."""

    message: Text
    places: tuple[Place, ...] = ()
    details: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """How the submission was run."""

    worker: str
    """``fork`` or ``fresh``."""
    isolation: Level
    """How the submission was shut in."""
    seconds: float = 0.0
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of a lesson, always all of them, also when nothing could run."""

    lesson: str
    title: Text
    submission: str
    digest: str
    """SHA-256 of the submission's bytes."""
    checks: tuple[CheckReport, ...]
    conditions: Conditions
    problem: Note | None = None
    """Why the submission could not be run, where it could not."""
    notes: tuple[Note, ...] = ()
    output: str = field(default="", compare=False)
    """The end of what the student's code printed."""

    @property
    def score(self) -> int:
        """Points earned."""
        return sum(check.earned for check in self.checks)

    @property
    def max_score(self) -> int:
        """Points there are."""
        return sum(check.points for check in self.checks)

    @property
    def open_task(self) -> int | None:
        """The first task that loses points by the student's doing; None if there is none, or nothing could be run."""
        if self.problem is not None:
            return None
        lost = (check for check in self.checks if check.earned < check.points and check.outcome is not Outcome.ERROR)
        return next((check.task for check in lost), None)

    @property
    def exit_code(self) -> int:
        """0 full marks, 1 points missing, 3 a check of ours broke."""
        if any(check.outcome is Outcome.ERROR for check in self.checks):
            return 3
        return 0 if self.score == self.max_score else 1
