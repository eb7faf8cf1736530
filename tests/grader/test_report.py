"""The report: sums and exit codes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import CheckReport, Note, Outcome, Report
from grader.text import literal

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_check, a_report, reports
else:
    from tests.grader.factories import LAW, a_check, a_report, reports


def test_a_check_that_passed_earns_all_its_points() -> None:
    assert a_check(Outcome.PASSED, points=3).earned == 3


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED, Outcome.ERROR], ids=lambda each: each.value)
def test_any_other_outcome_earns_nothing(outcome: Outcome) -> None:
    assert a_check(outcome, points=3).earned == 0


def test_score_is_the_sum_of_what_was_earned() -> None:
    report = a_report(
        a_check(points=3), a_check(Outcome.FAILED, points=2), a_check(points=1), a_check(Outcome.BLOCKED, points=4)
    )

    assert report.score == 4
    assert report.max_score == 10


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        pytest.param([Outcome.PASSED, Outcome.PASSED], 0, id="full-marks"),
        pytest.param([Outcome.PASSED, Outcome.FAILED], 1, id="a-check-failed"),
        pytest.param([Outcome.PASSED, Outcome.BLOCKED], 1, id="a-check-was-blocked"),
        pytest.param([Outcome.FAILED, Outcome.FAILED], 1, id="nothing-passed"),
        pytest.param([Outcome.PASSED, Outcome.ERROR], 3, id="a-check-broke"),
        pytest.param([Outcome.FAILED, Outcome.ERROR], 3, id="broke-and-failed"),
    ],
)
def test_exit_code_says_whether_points_are_missing_or_a_check_broke(outcomes: list[Outcome], expected: int) -> None:
    assert a_report(*map(a_check, outcomes)).exit_code == expected


def test_a_check_worth_nothing_that_broke_is_still_ours() -> None:
    assert a_report(a_check(), a_check(Outcome.ERROR, points=0)).exit_code == 3


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        pytest.param([], None, id="no-checks"),
        pytest.param([a_check(), a_check(task=2)], None, id="all-done"),
        pytest.param([a_check(), a_check(Outcome.FAILED, task=2), a_check(Outcome.FAILED, task=3)], 2, id="the-first"),
        pytest.param([a_check(Outcome.BLOCKED, task=2)], 2, id="blocked"),
        pytest.param([a_check(Outcome.ERROR), a_check(Outcome.FAILED, task=2)], 2, id="a-check-of-ours-broke"),
        pytest.param([a_check(Outcome.FAILED, points=0), a_check(task=2)], None, id="worth-nothing"),
    ],
)
def test_the_open_task_is_the_first_that_the_student_loses_points_at(
    checks: list[CheckReport], expected: int | None
) -> None:
    assert a_report(*checks).open_task == expected
    assert a_report(*checks, problem=Note(literal("Empty."))).open_task is None


def test_what_the_code_printed_makes_no_difference() -> None:
    assert a_report(a_check(), output="epoch 1") == a_report(a_check(), output="epoch 2")


def test_a_report_does_not_change() -> None:
    report = a_report(a_check())

    with pytest.raises(FrozenInstanceError):
        report.lesson = "4_3"  # type: ignore[misc]


@LAW
@given(reports(st.text(max_size=5)))
def test_score_lies_between_nothing_and_all(report: Report) -> None:
    assert 0 <= report.score <= report.max_score


@LAW
@given(reports(st.text(max_size=5)))
def test_exit_code_is_zero_only_for_full_marks(report: Report) -> None:
    full = report.score == report.max_score and all(check.outcome is not Outcome.ERROR for check in report.checks)

    assert (report.exit_code == 0) == full
