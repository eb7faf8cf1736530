"""The proof of a lesson: its stub, its solution, mutants and equivalents, all graded.

Each process of the pool grades one program after another through a zygote of its
own. Nothing is believed: a mutant that keeps its points has survived, an
equivalent that loses one is rejected falsely, a message that does not speak of the
mistake is mute, and all of them stand in the proof.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize

from grader.kit import Lesson, lessons
from grader.pipeline import Assignment, Options, grade, modules_to_preload
from grader.report import CheckReport, Feedback, Outcome, Report
from grader.submission import submission_of
from grader.text import Text
from grader.verify.naming import names_change
from grader.verify.source import GIVEN
from grader.verify.trial import Exempt, Kind, Plan, Trial, plan
from grader.workers import Workers, default_mode, open_workers

SEED = 2022
"""The challenges are the same in every proof, so that a proof can be repeated."""
TIMEOUT_S = 60.0
"""A busy machine is no verdict."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one check."""

    name: str
    task: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a trial."""

    trial: Trial
    score: int
    max_score: int
    checks: tuple[Line, ...]
    feedback: Feedback | None
    """What the first check that did not pass says."""
    named: bool
    """Whether that speaks of what a mutant changed."""
    together: tuple[str, ...] = ()
    """The equivalents that were tried in one program with it, itself among them."""

    @property
    def lost(self) -> tuple[Line, ...]:
        """The checks that did not pass."""
        return tuple(each for each in self.checks if each.outcome is not Outcome.PASSED)

    @property
    def as_expected(self) -> bool:
        """Whether it got what it should."""
        match self.trial.kind:
            case Kind.STUB:
                return self.score == 0
            case Kind.MUTANT:
                tasks = {each.task for each in self.lost}
                return self.score < self.max_score and self.trial.task in {GIVEN, *tasks}
        return self.score == self.max_score


@dataclass(frozen=True, slots=True)
class Proof:
    """What the trials of one lesson brought."""

    lesson: Lesson
    results: tuple[Result, ...]
    exempt: tuple[Exempt, ...]
    findings: tuple[Text, ...] = ()
    """What is wrong with the lesson before anything of it is run."""

    def of_kind(self, kind: Kind) -> tuple[Result, ...]:
        """Return the results of one kind."""
        return tuple(each for each in self.results if each.trial.kind is kind)

    @property
    def solution(self) -> Result:
        """What became of the reference solution."""
        return self.of_kind(Kind.SOLUTION)[0]

    @property
    def stub(self) -> Result:
        """What became of the stub."""
        return self.of_kind(Kind.STUB)[0]

    @property
    def shortfalls(self) -> tuple[Result, ...]:
        """Return what did not get what it should."""
        return tuple(each for each in self.results if not each.as_expected)

    @property
    def mute(self) -> tuple[Result, ...]:
        """Return the mutants that lose points for a reason that does not speak of their mistake."""
        return tuple(each for each in self.of_kind(Kind.MUTANT) if each.as_expected and not each.named)

    @property
    def holds(self) -> bool:
        """Whether nothing falls short."""
        return not (self.findings or self.shortfalls or self.mute)


class Prover:
    """A pool of processes that grade; for all the lessons that are to be proved."""

    def __init__(self, chosen: Sequence[Lesson], jobs: int) -> None:
        solutions = [Assignment(each, submission_of(each.solution.name, each.solution.read_bytes())) for each in chosen]
        self._pool = ProcessPoolExecutor(
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_open,
            initargs=(modules_to_preload(solutions),),
        )

    def __enter__(self) -> Prover:
        """Return the prover itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; what was not begun is not begun any more."""
        self._pool.shutdown(cancel_futures=True)

    def plans(self, chosen: Sequence[Lesson]) -> Iterator[Plan]:
        """Return what is to be tried of lessons; worked out while the zygotes import TensorFlow."""
        return self._pool.map(plan, chosen)

    def results(self, planned: Plan) -> Iterator[Result]:
        """Grade the trials of a lesson, and yield what became of each."""
        apart: list[Trial] = []
        for result in self._graded(planned, planned.trials):
            members = result.trial.members
            if members and not result.as_expected:
                apart += members
            elif members:
                names = tuple(each.name for each in members)
                yield from (replace(result, trial=each, together=names) for each in members)
            else:
                yield result
        yield from self._graded(planned, apart)

    def _graded(self, planned: Plan, trials: Sequence[Trial]) -> Iterator[Result]:
        solution = next(each.source for each in planned.trials if each.kind is Kind.SOLUTION)
        reports = self._pool.map(_try, [planned.lesson.name] * len(trials), trials)
        for trial, report in zip(trials, reports, strict=True):
            yield _result(trial, solution, report)


def proof_of(planned: Plan, results: Sequence[Result]) -> Proof:
    """Put together what became of a lesson's trials."""
    return Proof(planned.lesson, tuple(results), planned.exempt, planned.findings)


_workers: Workers | None = None
"""The zygote of this process of the pool."""


def _open(preload: tuple[str, ...]) -> None:
    global _workers
    opened = open_workers(default_mode(), preload)
    _workers = opened.__enter__()
    Finalize(None, opened.__exit__, args=(None, None, None), exitpriority=10)


def _try(name: str, trial: Trial) -> Report:
    assert _workers is not None
    suffix = "ipynb" if trial.notebook else "py"
    submission = submission_of(f"lesson_{name}.{suffix}", trial.source.encode())
    return grade(Assignment(lessons()[name], submission), _workers, Options(seed=SEED, timeout_s=TIMEOUT_S))


def _result(trial: Trial, solution: str, report: Report) -> Result:
    feedback = _first_lost(report.checks)
    named = trial.kind is not Kind.MUTANT or (
        feedback is not None and names_change(solution, trial.source, trial.name, feedback)
    )
    lines = tuple(Line(each.name, each.task, each.outcome) for each in report.checks)
    return Result(trial, report.score, report.max_score, lines, feedback, named)


def _first_lost(checks: Sequence[CheckReport]) -> Feedback | None:
    lost = (each.feedback for each in checks if each.outcome is not Outcome.PASSED)
    return next((feedback for feedback in lost if feedback is not None), None)


def default_jobs() -> int:
    """Return how many processes grade at once: one for each core."""
    return os.cpu_count() or 1
