"""A clock that is put forward or back while a submission is graded: deadlines and verdicts are the same."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.report import Outcome, Report

YEAR_S = 365 * 24 * 3600.0


@pytest.fixture(params=[[YEAR_S, 0.0], [-YEAR_S, 0.0], [0.0, 3600.0, -3600.0]], ids=["forward", "back", "to-and-fro"])
def _jumping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the wall clock of the grader finds another time."""
    true, jumps = time.time, itertools.cycle(request.param)
    monkeypatch.setattr("time.time", lambda: true() + next(jumps))
    monkeypatch.setattr("time.time_ns", lambda: int((true() + next(jumps)) * 1e9))


@pytest.mark.usefixtures("_jumping")
def test_solution_earns_full_marks(grade_path: Callable[..., Report]) -> None:
    report = grade_path(lessons()["4_1"].solution)

    assert report.exit_code == 0
    assert 0 <= report.conditions.seconds < 600


@pytest.mark.usefixtures("_jumping")
def test_endless_loop_is_stopped_and_nothing_else(grade_path: Callable[..., Report], tmp_path: Path) -> None:
    source = lessons()["4_1"].solution.read_text("utf-8")
    answer = tmp_path / "answer_4_1.py"
    answer.write_text(source + "\ndef build_model1():\n    while True: pass\n", "utf-8")

    report = grade_path(answer, timeout_s=5.0)

    stopped = [check.feedback for check in report.checks if check.outcome is Outcome.FAILED]
    assert report.score == 4
    assert [bool(each and "did not finish" in str(each.details)) for each in stopped] == [True]
