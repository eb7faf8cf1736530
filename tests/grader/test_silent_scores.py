"""Scores that other graders get wrong without a word: each is held here.

What concerns gradebooks (columns that shift, encodings, one bad cell that stops
an import) is tested where those are written.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import evidence
from grader.checking import run_checks
from grader.errors import GraderError
from grader.expect import comparison, compiling, training
from grader.expect.values import agrees
from grader.kit import lessons
from grader.language import ENGLISH
from grader.renderers import Format, renderer
from grader.report import Outcome, Report
from grader.session import LiveSubmission
from grader.submission import submission_of
from grader.text import literal

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_check, a_report
else:
    from tests.grader.factories import LAW, a_check, a_report

LESSON = lessons()["4_1"]
RIGHT = LESSON.solution.read_text("utf-8")
CHECKS = [
    node.name
    for node in ast.parse(LESSON.checks.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]

Grade = Callable[..., Report]


@pytest.fixture
def grade_source(grade_path: Grade, tmp_path: Path) -> Grade:
    """Grade source as an answer to lesson 4_1."""

    def grade_it(source: str, **options: Any) -> Report:
        file = tmp_path / "lesson_4_1.py"
        file.write_text(source, "utf-8")
        return grade_path(file, **options)

    return grade_it


# Noise is no mistake.


@pytest.mark.parametrize(
    "noise",
    [
        "import sys; print('E0000 cuda driver', file=sys.stderr)",
        "import os; os.write(2, b'I0000 00:00:17 port.cc:153] oneDNN custom operations are on.')",
        "import warnings; warnings.warn('tf.function retracing'); warnings.warn('old', DeprecationWarning)",
        "import logging; logging.getLogger('tensorflow').error('retracing'); logging.getLogger().critical('no GPU')",
        "import tensorflow as tf; tf.get_logger().warning('WARNING:tensorflow:5 out of the last 5 calls')",
        "import sys; print('FAILED (failures=1)'); print('Traceback (most recent call last):', file=sys.stderr)",
    ],
    ids=["stderr", "descriptor-2", "warnings", "logging", "tensorflow", "looks-like-a-failure"],
)
def test_noise_costs_nothing_wherever_it_is_made(grade_source: Grade, noise: str) -> None:
    inside = RIGHT.replace("    model = Sequential()\n", f"    {noise}\n    model = Sequential()\n")

    report = grade_source(f"{noise}\n{inside}")

    assert (report.score, report.exit_code) == (report.max_score, 0)


# Points are whole, and there are as many as the rubric says.


@pytest.mark.parametrize("points", [-1, 0, 0.5, float("nan"), float("inf"), True, "2", [2], None])
def test_no_check_is_worth_what_is_no_number_of_points(points: Any, tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="worth 1 point or more"):
        checked(tmp_path, "pass", decorator=f"@check(points={_code(points)}, task=1)")


def _code(points: Any) -> str:
    return f'float("{points}")' if isinstance(points, float) else repr(points)


@LAW
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Outcome), st.integers(1, 3)), min_size=1, max_size=8))
def test_points_add_up_to_one_score_in_every_place(drawn: list[tuple[int, Outcome, int]]) -> None:
    ordered = sorted(drawn, key=lambda each: each[2])
    report = a_report(*(a_check(outcome, points=points, task=task) for points, outcome, task in ordered))
    page = renderer(Format.TERMINAL)(report, ENGLISH)
    document = json.loads(renderer(Format.JSON)(report, ENGLISH))

    passed = sum(points for points, outcome, _ in drawn if outcome is Outcome.PASSED)
    tasks = [tuple(map(int, pair)) for pair in re.findall(r"^Task \d+ +(\d+)/(\d+)", page, re.MULTILINE)]
    total = re.search(r"^Score: (\d+) of (\d+)", page, re.MULTILINE)
    assert total is not None
    assert (report.score, report.max_score) == (passed, sum(points for points, *_ in drawn))
    assert tuple(map(int, total.groups())) == (report.score, report.max_score)
    assert tuple(map(sum, zip(*tasks, strict=True))) == (report.score, report.max_score)
    assert (document["score"], document["max_score"]) == (report.score, report.max_score)
    assert sum(each["earned"] for each in document["checks"]) == report.score


@LAW
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Outcome)), min_size=1, max_size=8))
def test_exit_code_0_means_that_every_check_passed(drawn: list[tuple[int, Outcome]]) -> None:
    report = a_report(*(a_check(outcome, points=points) for points, outcome in drawn))

    assert (report.exit_code == 0) is all(outcome is Outcome.PASSED for _, outcome in drawn)
    assert (report.exit_code == 3) is any(outcome is Outcome.ERROR for _, outcome in drawn)


# What did not happen earns nothing, and still stands in the report.


@pytest.mark.parametrize(
    ("source", "earned"),
    [
        ("import os; os._exit(0)", 0),
        ("raise SystemExit(0)", 0),
        ("import pytest; pytest.skip('all', allow_module_level=True)", 0),
        ("import unittest; raise unittest.SkipTest('all')", 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 0),
        ("", 0),
        ("def build_model1(): import pytest; pytest.skip('this one')", 0),
        ("def build_model1(): import pytest; pytest.xfail('as expected')", 0),
        (RIGHT.replace("layers.SimpleRNN(20)", "__import__('os')._exit(0)"), 4),
    ],
    ids=["exit", "system-exit", "skip-all", "skip-test", "killed", "empty", "skip", "xfail", "exit-in-the-second"],
)
def test_ending_is_not_passing(grade_source: Grade, source: str, earned: int) -> None:
    report = grade_source(source)

    assert (report.score, report.exit_code) == (earned, 1)
    assert [each.name for each in report.checks] == CHECKS


@pytest.mark.parametrize(
    ("source", "earned"),
    [("while True: pass", 0), (RIGHT.replace("model.add(layers.SimpleRNN(20))", "while True: pass"), 4)],
    ids=["at-the-top", "in-the-second-function"],
)
def test_running_out_of_time_earns_nothing(grade_source: Grade, source: str, earned: int) -> None:
    report = grade_source(source, timeout_s=4.0)

    assert (report.score, report.exit_code) == (earned, 1)
    assert [each.name for each in report.checks] == CHECKS


def checked(folder: Path, body: str, decorator: str = "@check(points=2, task=1)") -> Report:
    """Run a lesson of one check on a submission that needs no worker."""
    file = folder / f"test_silent_{folder.name}.py"
    file.write_text(
        f'"""A lesson"""\nimport pytest\nfrom grader.checking import check\n\n\n{decorator}\n'
        f'def test_one(submission):\n    """One."""\n    {body}\n',
        "utf-8",
    )
    submission = submission_of("x.py", b"x = 1")
    done = run_checks(file, lambda setup: LiveSubmission(submission, _no_child, setup))
    return a_report(*done.checks)


def _no_child() -> Any:
    raise AssertionError("no child is needed")


@pytest.mark.parametrize(
    "body",
    ["pytest.skip('not today')", "pytest.xfail('known')", "pytest.exit('enough')", "raise SystemExit(0)", "1 / 0"],
    ids=["skip", "xfail", "exit", "system-exit", "fault"],
)
def test_a_check_that_does_not_come_to_its_end_earns_nothing(tmp_path: Path, body: str) -> None:
    try:
        report = checked(tmp_path, body)
    except (GraderError, SystemExit, KeyboardInterrupt):
        return

    assert (report.score, report.exit_code) == (0, 3)


def test_a_lesson_whose_checks_are_all_skipped_cannot_be_graded(tmp_path: Path) -> None:
    file = tmp_path / "test_all_skipped.py"
    file.write_text('"""A lesson"""\nimport pytest\n\npytest.skip("all", allow_module_level=True)\n', "utf-8")
    submission = submission_of("x.py", b"x = 1")

    with pytest.raises(GraderError, match="cannot be run"):
        run_checks(file, lambda setup: LiveSubmission(submission, _no_child, setup))


def test_settings_of_pytest_leave_no_check_out(grade_source: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--deselect test_model1_layers -k nothing --collect-only -x")

    report = grade_source("x = 1")

    assert (report.score, [each.name for each in report.checks]) == (0, CHECKS)


# What is no number agrees with nothing.

ODD = [np.nan, np.inf, -np.inf]


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_agree_with_no_number(odd: float) -> None:
    wanted = np.array([1.0, 2.0])
    actual = np.array([1.0, odd])
    array = evidence.Array("float64", (2,), (0, 16), values=actual)

    assert not comparison._close(actual, wanted)
    assert not compiling._agree(actual, wanted)
    assert not training._equal(actual, wanted)
    assert not training.same_data(array, wanted)
    assert not agrees(array, wanted)


@pytest.mark.parametrize("odd", ["nan", "inf", "-inf", "-nan", "1e999", "NaN", "0x7ff8"])
def test_a_model_that_computes_odd_numbers_computes_nothing(grade_source: Grade, odd: str) -> None:
    value = {"-nan": "-float('nan')", "0x7ff8": "float('nan') * 0"}.get(odd, f"float('{odd}')")
    source = RIGHT.replace(
        "    model.add(layers.SimpleRNN(3))",
        f"    model.add(layers.SimpleRNN(3, activation=lambda x: x * {value}))",
    )

    report = grade_source(source)

    earned = {each.name: each.earned for each in report.checks}
    assert earned["test_model1_computes"] == 0
    assert report.score < report.max_score


def test_true_is_not_1() -> None:
    fitted = evidence.Fitted(
        model="h1",
        x=evidence.Plain(None),
        y=evidence.Plain(None),
        validation=evidence.Plain(None),
        settings={"epochs": True},
        callbacks=(),
    )

    assert training._setting_difference(fitted, "epochs", 1) is not None
    assert training._setting_difference(fitted, "epochs", True) is None


def test_half_of_a_report_is_none() -> None:
    """A report says what became of each check; a check that it does not mention is not counted as passed."""
    report = a_report(a_check(), a_check(Outcome.BLOCKED, name="test_other", title=literal("Other.")))

    assert (report.score, report.max_score, report.exit_code) == (2, 4, 1)
