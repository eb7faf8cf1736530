"""The proof of a lesson: its stub, its solution, mutants and equivalents, all graded.

Each process of the pool grades one program after another through a zygote of its
own. Nothing is believed: a mutant that keeps its points has survived, an
equivalent that loses one is rejected falsely, and both stand in the proof.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from multiprocessing.util import Finalize

from grader.kit import Lesson, lessons
from grader.pipeline import Assignment, Options, grade, modules_to_preload
from grader.report import Outcome, Report
from grader.submission import submission_of
from grader.verify.equivalents import equivalents
from grader.verify.mutants import mutants
from grader.verify.rules import listed
from grader.verify.source import Source
from grader.workers import Workers, default_mode, open_workers

SEED = 2022
"""The challenges are the same in every proof, so that a proof can be repeated."""
TIMEOUT_S = 60.0
"""A busy machine is no verdict."""


class Kind(Enum):
    """What a program is tried for."""

    STUB = "stub"
    SOLUTION = "solution"
    MUTANT = "mutant"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Trial:
    """A program to be graded, and what is expected of it."""

    kind: Kind
    name: str
    source: str
    task: int = 0
    """The task that a mutant breaks."""
    notebook: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a trial."""

    trial: Trial
    score: int
    max_score: int
    failed: tuple[str, ...]
    """Names of the checks that it did not pass."""
    tasks: tuple[int, ...]
    """Their tasks."""
    message: str
    """What the first failed check found, in English."""

    @property
    def as_expected(self) -> bool:
        """Whether it got what it should."""
        match self.trial.kind:
            case Kind.STUB:
                return self.score == 0
            case Kind.MUTANT:
                return self.score < self.max_score and self.trial.task in self.tasks
        return self.score == self.max_score


@dataclass(frozen=True, slots=True)
class Proof:
    """What the trials of one lesson brought."""

    lesson: str
    results: tuple[Result, ...]
    exempt: tuple[tuple[str, str], ...]
    """Mutants that are no mistakes, each with its reason."""

    def of_kind(self, kind: Kind) -> tuple[Result, ...]:
        """Return the results of one kind."""
        return tuple(each for each in self.results if each.trial.kind is kind)

    @property
    def shortfalls(self) -> tuple[Result, ...]:
        """Return what did not get what it should."""
        return tuple(each for each in self.results if not each.as_expected)


def trials(lesson: Lesson) -> tuple[list[Trial], tuple[tuple[str, str], ...]]:
    """Return what is to be tried of a lesson, and the mutants that are exempt."""
    source = Source(lesson.solution.read_text("utf-8"), lesson.stub.read_text("utf-8"))
    known = listed(lesson.checks)
    made = [Trial(Kind.STUB, "stub", source.stub), Trial(Kind.SOLUTION, "solution", source.text)]
    exempt: list[tuple[str, str]] = []
    for mutant in mutants(source):
        why = mutant.equivalent or known.get(mutant.what)
        if why:
            exempt.append((mutant.name, why))
        else:
            made.append(Trial(Kind.MUTANT, mutant.name, mutant.source, mutant.task))
    for each in equivalents(source):
        made.append(Trial(Kind.EQUIVALENT, each.what, each.source, notebook=each.notebook))
    return made, tuple(exempt)


def prove(lesson: Lesson, jobs: int, progress: Callable[[int, int], None]) -> Proof:
    """Grade all trials of a lesson.

    Args:
        lesson: the lesson.
        jobs: so many processes.
        progress: told how many trials of how many are done.
    """
    made, exempt = trials(lesson)
    results: list[Result] = []
    for result in _results(lesson, made, jobs):
        results.append(result)
        progress(len(results), len(made))
    return Proof(lesson.name, tuple(results), exempt)


def _results(lesson: Lesson, made: list[Trial], jobs: int) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_open, initargs=(lesson.name,)) as pool:
        yield from pool.map(_try, [lesson.name] * len(made), made)


_workers: Workers | None = None
"""The zygote of this process of the pool."""


def _open(name: str) -> None:
    global _workers
    lesson = lessons()[name]
    solution = Assignment(lesson, submission_of(lesson.solution.name, lesson.solution.read_bytes()))
    opened = open_workers(default_mode(), modules_to_preload([solution]))
    _workers = opened.__enter__()
    Finalize(None, opened.__exit__, args=(None, None, None), exitpriority=10)


def _try(name: str, trial: Trial) -> Result:
    assert _workers is not None
    suffix = "ipynb" if trial.notebook else "py"
    submission = submission_of(f"lesson_{name}.{suffix}", trial.source.encode())
    report = grade(Assignment(lessons()[name], submission), _workers, Options(seed=SEED, timeout_s=TIMEOUT_S))
    return _result(trial, report)


def _result(trial: Trial, report: Report) -> Result:
    lost = [each for each in report.checks if each.outcome is not Outcome.PASSED]
    first = next((each.feedback for each in lost if each.feedback is not None), None)
    return Result(
        trial,
        report.score,
        report.max_score,
        tuple(each.name for each in lost),
        tuple(sorted({each.task for each in lost})),
        str(first.found) if first else "",
    )


def default_jobs() -> int:
    """Return how many processes grade at once: one for each core."""
    return os.cpu_count() or 1
