"""The corridor: how a path becomes a report.

``path → Submission → (worker) Evidence → Checked → Report → text``
"""

from __future__ import annotations

import contextlib
import functools
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grader import __version__, transcript
from grader.checking import Checked, run_checks
from grader.child import require_level
from grader.errors import UsageError
from grader.isolation import Level
from grader.kit import Lesson, find_lesson
from grader.report import Conditions, Report
from grader.session import LiveSubmission
from grader.submission import Submission, find_file, read_submission
from grader.text import text
from grader.transcript import RecordedWorkers, RecordingWorkers
from grader.workers import Mode, Workers, open_workers

VERSIONED = {
    "tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos"),
    "keras": ("keras",),
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "statsmodels": ("statsmodels",),
}
"""What a score may depend on, and the distributions that it comes in."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade."""

    lesson: str | None = None
    """The lesson, where the path does not say it."""
    timeout_s: float = 20.0
    """Deadline of each request to the submission."""
    seed: int | None = None
    """Seed of the challenges, to repeat a run; drawn from the system without one."""
    at_least: Level = Level.D
    """How submissions must be shut in, or nothing is graded."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A submission and the lesson that it answers."""

    lesson: Lesson
    submission: Submission


def take_in(path: Path, options: Options) -> Assignment:
    """Find and read the submission that ``path`` means.

    Raises:
        UsageError: the path names no submission, or no lesson.
    """
    file = find_file(path)
    lesson = find_lesson(file, options.lesson)
    return Assignment(lesson, read_submission(file))


def grade(assignment: Assignment, workers: Workers, options: Options) -> Report:
    """Run the lesson's checks on the submission and add up."""
    started = time.monotonic()
    live = functools.partial(
        LiveSubmission, assignment.submission, workers.start, timeout_s=options.timeout_s, seed=options.seed
    )
    checked = run_checks(assignment.lesson.checks, live)
    conditions = Conditions(workers.mode.value, checked.level, time.monotonic() - started, versions())
    return add_up(assignment, checked, conditions)


def grade_recording(assignment: Assignment, mode: Mode, options: Options) -> tuple[Report, bytes]:
    """Grade, and return the transcript that the report can be made from again."""
    seed = secrets.randbits(63) if options.seed is None else options.seed
    with open_workers(mode, modules_to_preload([assignment]), at_least=options.at_least) as workers:
        recording = RecordingWorkers(workers)
        report = grade(assignment, recording, replace(options, seed=seed))
    record = recording.transcript(assignment.lesson.name, assignment.submission.digest, seed)
    return report, transcript.write(record)


def grade_replaying(assignment: Assignment, content: bytes, options: Options) -> Report:
    """Make the report again from a transcript; nothing of the submission is run.

    Raises:
        UsageError: the transcript is of another submission or lesson.
        GraderError: the checks ask something else than they did then, or the
            submission was shut in less than is demanded.
    """
    record = transcript.read(content)
    if (record.lesson, record.sha256) != (assignment.lesson.name, assignment.submission.digest):
        raise UsageError(text("The transcript is of another submission, or of another lesson."))
    report = grade(assignment, RecordedWorkers(record), replace(options, seed=record.seed))
    if report.conditions.isolation is not Level.NONE:
        require_level(report.conditions.isolation, options.at_least)
    return report


def add_up(assignment: Assignment, checked: Checked, conditions: Conditions) -> Report:
    """Put everything into one value."""
    return Report(
        lesson=assignment.lesson.name,
        title=checked.title,
        submission=assignment.submission.name,
        digest=assignment.submission.digest,
        checks=checked.checks,
        conditions=conditions,
        problem=checked.problem,
        notes=checked.notes,
        output=checked.output,
    )


@functools.cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions that a score depends on."""
    found = [("grader", __version__)]
    for name, distributions in VERSIONED.items():
        for distribution in distributions:
            with contextlib.suppress(PackageNotFoundError):
                found.append((name, version(distribution)))
                break
    return tuple(found)


def modules_to_preload(assignments: Sequence[Assignment]) -> tuple[str, ...]:
    """Return the slow modules that the submissions speak of; a worker imports them once."""
    source = "\n".join(cell.source for each in assignments for cell in each.submission.cells)
    wanted = {
        "pandas": "pandas",
        "matplotlib": "matplotlib.pyplot",
        "sklearn": "sklearn.model_selection",
        "statsmodels": "statsmodels.tsa.arima.model",
    }
    return tuple(module for word, module in wanted.items() if word in source)
