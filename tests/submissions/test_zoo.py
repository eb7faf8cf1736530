"""Every submission of the zoo scores as its first lines state.

The header of a submission, in comments or in a notebook's first cell::

    expect: 5/8
    fails: test_model1_layers, test_model2_sizes     (nothing else fails; blocked checks are not named)
    says: LSTM(3)                                     (the words stand in the feedback or the notes)
    notes: learning_rate                              (the same, in the notes only)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.language import ENGLISH
from grader.renderers.json import document
from grader.report import Outcome, Report

HEADER = re.compile(r"\b(expect|fails|says|notes): ([^\n\\\"]+)")
FILES = [file for lesson in lessons().values() for file in sorted(lesson.zoo.glob("*.*"))]


def stated(file: Path) -> dict[str, list[str]]:
    """Read what a submission's first lines state."""
    found: dict[str, list[str]] = {"expect": [], "fails": [], "says": [], "notes": []}
    for name, value in HEADER.findall(file.read_bytes()[:3000].decode("utf-8", "replace").replace('\\"', "'")):
        found[name].append(value.strip())
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_scores_as_stated(file: Path, grade_path: Callable[..., Report]) -> None:
    header = stated(file)
    assert header["expect"], f"{file} does not state its score"

    report = grade_path(file, lesson=file.parent.name)

    assert f"{report.score}/{report.max_score}" == header["expect"][0], summary(report)
    failed = {check.name for check in report.checks if check.outcome is Outcome.FAILED}
    wanted = {name.strip() for line in header["fails"] for name in line.split(",")}
    assert failed == wanted, summary(report)
    assert not [check for check in report.checks if check.outcome is Outcome.ERROR], summary(report)
    words = document(report, ENGLISH)
    for each in header["says"]:
        assert each in str(words), summary(report)
    for each in header["notes"]:
        assert each in str(words["notes"]), summary(report)


@pytest.mark.parametrize("name", lessons())
def test_zoo_is_large_enough(name: str) -> None:
    zoo = [stated(file)["expect"][0].split("/") for file in lessons()[name].zoo.glob("*.*")]

    assert len(zoo) >= 8
    assert any(score == most for score, most in zoo)
    assert any(score != most for score, most in zoo)


def summary(report: Report) -> str:
    """Show what became of each check, for a failing test."""
    lines = [f"{check.outcome.value:8} {check.name}" for check in report.checks]
    lines += [str(check.feedback.found) for check in report.checks if check.feedback]
    return "\n".join([*lines, *(str(note.message) for note in report.notes), report.output[-1500:]])
