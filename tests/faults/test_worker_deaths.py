"""A worker that is killed, at every step: the report says so, and is complete; a zygote that is killed: so, too."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.child import Conversation
from grader.evidence import Answer
from grader.kit import lessons
from grader.language import ENGLISH, language
from grader.pipeline import Options, grade, modules_to_preload, take_in
from grader.renderers.json import document
from grader.report import Outcome, Report
from grader.worker.channel import Blob
from grader.workers import ForkingWorkers, Mode, Workers, open_workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from processes import adopt_orphans, descendants, left_over
else:
    from tests.faults.processes import adopt_orphans, descendants, left_over

Hook = Callable[[Conversation, int, str], None]
OURS = ("begin",)
"""Requests in which no code of the student's runs: who dies in them is not the student's fault."""


@dataclass
class HookedChild:
    """A child; before each request the hook is called with it, the request's number and its name."""

    child: Conversation
    workers: HookedWorkers

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        self.workers.asked.append(request["do"])
        self.workers.hook(self.child, len(self.workers.asked), request["do"])
        return self.child.ask(request, blob, timeout_s)

    def output(self) -> str:
        return self.child.output()

    def close(self) -> None:
        self.child.close()


@dataclass
class HookedWorkers:
    """Workers whose every request, of all children together, passes a hook."""

    workers: Workers
    hook: Hook
    asked: list[str] = field(default_factory=list)
    mode: Mode = Mode.FORK

    def start(self) -> Conversation:
        return HookedChild(self.workers.start(), self)

    def close(self) -> None:
        """The workers are another's to close."""


def kill(child: Any) -> None:
    """Kill a child as the kernel does when memory runs out."""
    child._process.kill()


def graded(path: Path, workers: Workers) -> Report:
    options = Options(seed=1)
    return grade(take_in(path, options), workers, options)


def steps_of(path: Path, workers: Workers) -> list[str]:
    """Return what a submission is asked, in order."""
    hooked = HookedWorkers(workers, lambda *_: None)
    graded(path, hooked)
    return hooked.asked


def said_by(report: Report) -> str:
    return str(document(report, ENGLISH))


def assert_truthful(report: Report, step: str, whole: Report) -> None:
    """The report is complete, says what happened, and blames whom it should."""
    assert [check.name for check in report.checks] == [check.name for check in whole.checks]
    assert report.max_score == whole.max_score
    assert report.score <= whole.score
    if step in OURS:
        assert report.exit_code == 3
        assert report.problem is not None
        assert "ended before it read the submission (signal SIGKILL)" in said_by(report)
    elif report.score < whole.score:  # else what the child did before was evidence enough
        assert report.exit_code == 1
        assert Outcome.ERROR not in {check.outcome for check in report.checks}
        assert "was killed (SIGKILL)" in said_by(report)
    assert "KeyError" not in said_by(report)  # of a handle that died with its child


def killed_at(number: int) -> Hook:
    return lambda child, at, _: kill(child) if at == number else None


def test_child_killed_at_each_step_of_a_lesson(workers: Workers) -> None:
    path = lessons()["4_1"].solution
    whole = graded(path, workers)
    before = descendants()

    for number, step in enumerate(steps_of(path, workers), 1):
        report = graded(path, HookedWorkers(workers, killed_at(number)))
        assert report.score < whole.score
        assert_truthful(report, step, whole)

    assert whole.exit_code == 0
    assert left_over(before) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons())
def test_child_killed_at_the_first_and_the_last_step_of_each_kind(name: str, workers: Workers) -> None:
    path = lessons()[name].solution
    whole = graded(path, workers)
    steps = steps_of(path, workers)

    firsts = {steps.index(step) + 1 for step in steps}
    lasts = {len(steps) - steps[::-1].index(step) for step in steps}

    for number in sorted(firsts | lasts):
        report = graded(path, HookedWorkers(workers, killed_at(number)))
        assert_truthful(report, steps[number - 1], whole)


def test_child_that_is_killed_each_time_is_not_started_for_ever(workers: Workers) -> None:
    hooked = HookedWorkers(workers, lambda child, _, step: kill(child) if step == "call" else None)

    report = graded(lessons()["4_1"].solution, hooked)

    assert hooked.asked.count("begin") <= 4
    assert report.score == 0
    assert report.exit_code == 1
    assert "SIGKILL" in said_by(report)


@pytest.fixture
def own(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkingWorkers]:
    """A zygote that a test may kill; nothing of it is left in the end."""
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    adopt_orphans()
    before = descendants()
    with open_workers(Mode.FORK, modules_to_preload([take_in(lessons()["4_1"].solution, Options())])) as workers:
        assert isinstance(workers, ForkingWorkers)
        yield workers
    assert left_over(before) == set()
    assert list(temporary.iterdir()) == []


def kill_zygote(workers: ForkingWorkers) -> None:
    os.kill(workers.zygote.pid, signal.SIGKILL)
    workers.zygote._process.wait(30)


@pytest.mark.slow
def test_zygote_killed_before_it_is_ready_is_replaced_or_named(own: ForkingWorkers) -> None:
    kill_zygote(own)

    report = graded(lessons()["4_1"].solution, own)

    assert report.exit_code in (0, 3)
    assert report.exit_code == 0 or "TensorFlow" in said_by(report)


@pytest.mark.slow
def test_zygote_killed_between_two_submissions_is_replaced(own: ForkingWorkers) -> None:
    path = lessons()["4_1"].solution
    first = graded(path, own)
    kill_zygote(own)

    second = graded(path, own)

    assert first.exit_code == 0
    assert second.exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("step", ["begin", "load", "call", "trace", "run"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_zygote_killed_during_a_submission_is_our_fault(step: str, lang: str, own: ForkingWorkers) -> None:
    path = lessons()["4_1"].solution
    whole = steps_of(path, own)
    hooked = HookedWorkers(own, lambda _, at, __: kill_zygote(own) if at == whole.index(step) + 1 else None)

    report = graded(path, hooked)
    after = graded(path, own)

    assert report.exit_code == 3
    assert report.problem is not None
    assert "TensorFlow" in language(lang).say(report.problem.message)
    assert len(report.checks) == len(after.checks)
    assert after.exit_code == 0
