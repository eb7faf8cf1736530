"""Checks run by pytest inside the grader: outcomes, prerequisites, and faults of ours."""

from __future__ import annotations

import gc
import itertools
import os
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.checking import Checked, drawn_once, run_checks
from grader.child import Child
from grader.errors import GraderError
from grader.evidence import Plain
from grader.report import Outcome
from grader.session import LiveSubmission, Setup
from grader.submission import Cell, Kind, Submission
from grader.text import literal, text
from grader.workers import Workers

LESSON = '''
"""Lesson 9-9: a lesson for tests"""

from grader.checking import check
from grader.errors import CheckFailed
from grader.report import Feedback
from grader.text import text


@check(points=2, task=1, why="Because.", hint="Look here.")
def test_first(submission):
    """The first thing
    is right."""
    {first}


@check(points=3, task=2, needs=["test_first"])
def test_second(submission):
    """The second thing is right."""
    {second}
'''

FAIL = 'raise CheckFailed(Feedback(text("Not so.")))'


def lesson_file(folder: Path, source: str) -> Path:
    """Write checks under a name of their own: a lesson is imported once in a process."""
    file = folder / f"test_{folder.name}.py"
    file.write_text(source)
    return file


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Checked]:
    def run(first: str = "pass", second: str = "pass", problem: bool = False) -> Checked:
        file = lesson_file(tmp_path, LESSON.format(first=first, second=second))
        submission = Submission(
            "x.py", Kind.SCRIPT, (Cell("x.py", literal("x.py"), ""),), "", text("Not Python.") if problem else None
        )
        return run_checks(file, lambda setup: LiveSubmission(submission, no_child, setup))

    return run


def no_child() -> Child:
    raise AssertionError("no check of this lesson needs a worker")


def outcomes(checked: Checked) -> list[Outcome]:
    return [each.outcome for each in checked.checks]


def test_title_points_and_task_come_from_the_check(checked: Callable[..., Checked]) -> None:
    result = checked()

    assert str(result.title) == "Lesson 9-9: a lesson for tests"
    assert [(each.name, str(each.title), each.task, each.points) for each in result.checks] == [
        ("test_first", "The first thing is right.", 1, 2),
        ("test_second", "The second thing is right.", 2, 3),
    ]
    assert outcomes(result) == [Outcome.PASSED, Outcome.PASSED]


def test_failed_check_has_feedback_and_blocks_what_needs_it(checked: Callable[..., Checked]) -> None:
    result = checked(first=FAIL)

    first, second = result.checks
    assert outcomes(result) == [Outcome.FAILED, Outcome.BLOCKED]
    assert first.feedback is not None
    assert str(first.feedback.found) == "Not so."
    assert (str(first.why), str(first.hint)) == ("Because.", "Look here.")
    assert second.feedback is not None
    assert str(second.feedback.found) == "First solve: The first thing is right."


@pytest.mark.parametrize("broken", ["assert 1 == 2", "1 / 0", "raise SystemExit"])
def test_check_that_breaks_is_our_error_and_never_passes(checked: Callable[..., Checked], broken: str) -> None:
    try:
        result = checked(first=broken)
    except GraderError:
        return

    assert outcomes(result) == [Outcome.ERROR, Outcome.BLOCKED]
    assert [each.earned for each in result.checks] == [0, 0]


def test_skipping_is_not_passing(checked: Callable[..., Checked]) -> None:
    result = checked(first='import pytest; pytest.skip("no")')

    assert outcomes(result)[0] is not Outcome.PASSED


def test_unreadable_submission_blocks_what_asks_it(checked: Callable[..., Checked]) -> None:
    result = checked(first='submission.call("f")', second='submission.call("f")', problem=True)

    assert outcomes(result) == [Outcome.BLOCKED, Outcome.BLOCKED]
    assert result.problem is not None
    assert str(result.problem.message) == "Not Python."


LOST = 'from grader.errors import GraderError; raise GraderError(text("The disk is full."))'


def test_what_breaks_of_ours_ends_the_questions_and_is_the_problem(checked: Callable[..., Checked]) -> None:
    result = checked(first=LOST, second="pytest.fail('asked')")

    assert outcomes(result) == [Outcome.ERROR, Outcome.ERROR]
    assert [str(each.feedback.found) for each in result.checks if each.feedback] == ["The disk is full."] * 2
    assert result.problem is not None
    assert str(result.problem.message) == "The disk is full."


def test_points_that_were_earned_before_it_broke_are_kept(checked: Callable[..., Checked]) -> None:
    assert outcomes(checked(second=LOST)) == [Outcome.PASSED, Outcome.ERROR]


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PYTEST_ADDOPTS", "-x -k first --collect-only"), ("PYTEST_PLUGINS", "no_such_plugin"), ("PYTEST_DEBUG", "1")],
)
def test_settings_of_pytest_leave_no_check_out(
    variable: str, value: str, checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    assert outcomes(checked(first=FAIL)) == [Outcome.FAILED, Outcome.BLOCKED]
    assert os.environ[variable] == value


def test_interrupt_is_passed_on(checked: Callable[..., Checked]) -> None:
    with pytest.raises(KeyboardInterrupt):
        checked(first="raise KeyboardInterrupt")


def test_lesson_that_cannot_be_imported_is_our_error(tmp_path: Path) -> None:
    file = lesson_file(tmp_path, "import no_such_module\n")

    with pytest.raises(GraderError, match="no_such_module"):
        run_checks(file, lambda setup: pytest.fail("never asked"))


def test_prerequisite_must_come_before(tmp_path: Path) -> None:
    source = LESSON.format(first="pass", second="pass").replace('needs=["test_first"]', 'needs=["test_third"]')
    file = lesson_file(tmp_path, source)

    with pytest.raises(GraderError, match="test_third"):
        run_checks(file, lambda setup: pytest.fail("never asked"))


def live(workers: Workers, source: str) -> LiveSubmission:
    cells = (Cell("x.py", literal("x.py"), source),)
    return LiveSubmission(Submission("x.py", Kind.SCRIPT, cells, ""), workers.start, Setup(), timeout_s=1)


def test_calls_are_made_once_and_deaths_are_remembered(workers: Workers) -> None:
    submission = live(
        workers,
        "count = 0\ndef f(x):\n    global count\n    count += 1\n    return count + x\n"
        "def g():\n    while True: pass\n",
    )

    first, again, other = submission.call("f", x=1), submission.call("f", x=1), submission.call("f", x=2)
    dead, still_dead = submission.call("g"), submission.call("g")
    after = submission.call("f", x=1)
    submission.close()

    assert again is first
    assert (first.value, other.value) == (Plain(2), Plain(4))
    assert dead is still_dead
    assert dead.failed is not None
    assert after.value == first.value


def test_submission_that_keeps_dying_is_given_up(workers: Workers) -> None:
    submission = live(workers, "import os\ndef f(x):\n    os._exit(1)\n")

    for number in range(4):
        submission.call("f", x=number)

    with pytest.raises(Exception, match="stopped 4 times"):
        submission.call("f", x=9)
    submission.close()


def test_what_is_drawn_once_is_forgotten_with_the_submission() -> None:
    class Drawn:
        """What stands for a submission."""

    numbers = itertools.count()
    draw = drawn_once(lambda submission: next(numbers))
    one, other = Drawn(), Drawn()

    assert [draw(each) for each in (one, other, one)] == [0, 1, 0]  # type: ignore[arg-type]

    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
