"""Checks: pytest functions with points, and the pytest plugin that runs them.

A lesson's checks stand in ``tests/lessons/test_4_2.py``. Each is a test function
under :func:`check`, whose docstring is the title that a student reads and which
asks a ``submission`` (:class:`~grader.session.LiveSubmission`) for evidence.

:func:`run_checks` runs them on one submission. Under plain ``pytest`` they are
held against the reference solution, or ``--submission PATH`` (``tests/conftest.py``).
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pytest

from grader.errors import CheckFailed, GraderError, Unanswerable
from grader.isolation import Level
from grader.report import CheckReport, Feedback, Note, Outcome
from grader.session import LiveSubmission, Setup
from grader.text import Text, text

T = TypeVar("T")
Test = TypeVar("Test", bound=Callable[..., None])

ATTRIBUTE = "__check__"


@dataclass(frozen=True, slots=True)
class Check:
    """What :func:`check` says of a test function."""

    points: int
    task: int
    """Number of the task in the lesson's page that the points are for."""
    needs: tuple[str, ...] = ()
    """Names of checks without which this one means nothing."""
    why: str | None = None
    """Why it matters, in a sentence."""
    hint: str | None = None
    """What to look at, in a sentence."""


def check(
    *, points: int, task: int, needs: Sequence[str] = (), why: str | None = None, hint: str | None = None
) -> Callable[[Test], Test]:
    """Mark a test function as a check of a lesson.

    Args:
        points: what it is worth; all or nothing.
        task: number of the task in the lesson's page.
        needs: names of checks that must have passed; otherwise it is blocked.
        why: why it matters, for whoever fails it.
        hint: what to look at, for whoever fails it.

    Raises:
        ValueError: the points are no number of points.
    """
    if type(points) is not int or points < 1:
        raise ValueError(f"a check is worth 1 point or more, a whole number; not {points!r}")

    def mark(function: Test) -> Test:
        setattr(function, ATTRIBUTE, Check(points, task, tuple(needs), why, hint))
        return function

    return mark


def drawn_once(function: Callable[[LiveSubmission], T]) -> Callable[[LiveSubmission], T]:
    """Let what a function draws for a submission be the same for all of its checks, and be forgotten with it.

    ``LiveSubmission.once`` is for what a child answers, and forgets with the child.
    """
    known: WeakKeyDictionary[LiveSubmission, T] = WeakKeyDictionary()

    @functools.wraps(function)
    def drawn(submission: LiveSubmission) -> T:
        if submission not in known:
            known[submission] = function(submission)
        return known[submission]

    return drawn


@dataclass(frozen=True, slots=True)
class Checked:
    """What running a lesson's checks brought."""

    title: Text
    checks: tuple[CheckReport, ...]
    problem: Note | None
    notes: tuple[Note, ...]
    level: Level
    output: str


@dataclass
class CheckRun:
    """The pytest plugin of one grading: gives checks their submission, keeps what became of them."""

    open_live: Callable[[Setup], LiveSubmission]
    title: Text | None = None
    reports: list[CheckReport] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    live: LiveSubmission | None = None
    lost: GraderError | None = None
    """What of ours broke, so that no check can be asked any more."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Be known to the fixture, which outlives a check and must not be a method for that."""
        config.stash[RUN] = self

    @pytest.fixture(name="submission", scope="module")
    @staticmethod
    def submission_fixture(request: pytest.FixtureRequest) -> LiveSubmission:
        """The submission, loaded in a worker at the first question."""
        run = request.config.stash[RUN]
        run.title = title_of(request.module)
        run.live = run.open_live(setup_of(request.module))
        return run.live

    def close(self) -> None:
        """End what the submission was loaded in."""
        if self.live is not None:
            self.live.close()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Block a check whose prerequisite did not pass; ask none when what they are asked of is lost."""
        if self.lost is not None:
            raise self.lost
        passed = {report.name for report in self.reports if report.outcome is Outcome.PASSED}
        missing = [name for name in _check_of(item).needs if name not in passed]
        if missing:
            titles = {report.name: report.title for report in self.reports}
            raise Unanswerable(_blocked_by(titles[missing[0]]))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Keep the outcome of each check."""
        pytest_report = yield
        if call.when == "call" or (call.when == "setup" and call.excinfo is not None):
            problem = call.excinfo.value if call.excinfo else None
            if isinstance(problem, GraderError):
                self.lost = problem
            self.reports.append(self._once(check_report(item, problem)))
        return pytest_report

    def _once(self, report: CheckReport) -> CheckReport:
        """Block a check that stumbles over the very thing that stopped an earlier one: it is said once."""
        feedback = report.feedback
        if report.outcome is not Outcome.FAILED or feedback is None or not (feedback.stopped or feedback.places):
            return report
        for earlier in self.reports:
            if earlier.feedback == feedback:
                blocked = Feedback(_blocked_by(earlier.title))
                return replace(report, outcome=Outcome.BLOCKED, feedback=blocked, why=None, hint=None)
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a lesson that cannot be read: that is ours."""
        if report.failed:
            self.broken.append(str(report.longrepr))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuse a prerequisite that does not come before."""
        before: set[str] = set()
        for item in items:
            unknown = set(_check_of(item).needs) - before
            if unknown:
                self.broken.append(f"{item.name} needs {', '.join(sorted(unknown))}, which does not come before it")
            before.add(item.name)


RUN = pytest.StashKey[CheckRun]()


def _blocked_by(title: Text) -> Text:
    return text("First solve: {title}", title=title)


def _check_of(item: pytest.Item) -> Check:
    found = getattr(getattr(item, "function", None), ATTRIBUTE, None)
    return found if isinstance(found, Check) else Check(points=0, task=0)


def title_of(module: Any) -> Text:
    """Return a lesson's title: the first line of its checks' docstring."""
    return Text((inspect.getdoc(module) or module.__name__).split("\n")[0])


def setup_of(module: Any) -> Setup:
    """Return what lies in the scratch folder of a lesson's submissions."""
    found = getattr(module, "SETUP", Setup())
    assert isinstance(found, Setup)
    return found


def check_report(item: pytest.Item, problem: BaseException | None) -> CheckReport:
    """Turn the outcome of a check into its line of the report."""
    the_check = _check_of(item)
    title = " ".join((inspect.getdoc(getattr(item, "function", None)) or item.name).split())
    outcome, feedback = _outcome(problem)
    advise = outcome is Outcome.FAILED and feedback is not None and not feedback.stopped
    return CheckReport(
        name=item.name,
        title=Text(title),
        task=the_check.task,
        points=the_check.points,
        outcome=outcome,
        feedback=feedback,
        why=Text(the_check.why) if advise and the_check.why else None,
        hint=Text(the_check.hint) if advise and the_check.hint else None,
    )


def _outcome(problem: BaseException | None) -> tuple[Outcome, Feedback | None]:
    match problem:
        case None:
            return Outcome.PASSED, None
        case CheckFailed():
            return Outcome.FAILED, problem.feedback
        case Unanswerable():
            return Outcome.BLOCKED, Feedback(problem.cause)
        case GraderError():
            return Outcome.ERROR, Feedback(problem.message)
    where = f"{type(problem).__name__}: {problem}"
    return Outcome.ERROR, Feedback(text("This check broke; that is our fault, not yours. ({what})", what=where[:500]))


GRADING_OPTIONS = (
    "--assert=plain",
    "--import-mode=importlib",
    "--noconftest",
    "--disable-plugin-autoload",
    "--capture=no",
    *(f"-pno:{name}" for name in ("cacheprovider", "terminal", "doctest", "junitxml", "logging", "unittest")),
    *(f"-pno:{name}" for name in ("faulthandler", "stepwise", "pastebin", "setuponly", "setupplan", "debugging")),
    *(f"-pno:{name}" for name in ("unraisableexception", "threadexception")),
)


@contextlib.contextmanager
def _without_settings_of_pytest() -> Iterator[None]:
    """Hide the environment's settings: ``PYTEST_ADDOPTS=-x`` would leave checks out of the report."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def run_checks(checks: Path, open_live: Callable[[Setup], LiveSubmission]) -> Checked:
    """Run all checks of a lesson on a submission.

    Args:
        checks: the lesson's pytest module.
        open_live: makes the submission live, given what its scratch folder holds.

    Raises:
        GraderError: the checks themselves cannot be run.
    """
    run = CheckRun(open_live)
    arguments = ["-c", os.devnull, "--rootdir", str(checks.parent), *GRADING_OPTIONS, str(checks)]
    try:
        with _without_settings_of_pytest():
            ended = pytest.main(arguments, plugins=[run])
    finally:
        run.close()
    if ended == pytest.ExitCode.INTERRUPTED and not run.broken:
        raise KeyboardInterrupt
    complete = ended in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if run.broken or run.live is None or not complete:
        raise GraderError(
            text("The checks of this lesson cannot be run: {why}", why="; ".join(run.broken)[-2000:] or str(checks))
        )
    live = run.live
    return Checked(
        title=run.title or Text(checks.stem),
        checks=tuple(run.reports),
        problem=Note(run.lost.message) if run.lost else live.problem,
        notes=live.notes,
        level=live.level,
        output=live.output,
    )
