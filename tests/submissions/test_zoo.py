"""Every submission of the zoo scores as its first lines state (``grader/verify/audit/zoo.py`` says how)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.language import ENGLISH
from grader.renderers.json import document
from grader.report import Outcome, Report
from grader.verify.audit.zoo import stated, zoo_files

FILES = [file for lesson in lessons().values() for file in zoo_files(lesson)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_scores_as_stated(file: Path, grade_path: Callable[..., Report]) -> None:
    header = stated(file)
    report = grade_path(file, lesson=file.parent.name)

    assert f"{report.score}/{report.max_score}" == header.expect, summary(report)
    failed = {check.name for check in report.checks if check.outcome is Outcome.FAILED}
    assert failed == header.fails, summary(report)
    assert not [check for check in report.checks if check.outcome is Outcome.ERROR], summary(report)
    words = document(report, ENGLISH)
    for each in header.says:
        assert each in str(words), summary(report)
    for each in header.notes:
        assert each in str(words["notes"]), summary(report)


def summary(report: Report) -> str:
    """Show what became of each check, for a failing test."""
    lines = [f"{check.outcome.value:8} {check.name}" for check in report.checks]
    lines += [str(check.feedback.found) for check in report.checks if check.feedback]
    return "\n".join([*lines, *(str(note.message) for note in report.notes), report.output[-1500:]])
