"""Submissions of the zoo, damaged at random: each gets a complete report, and no check of ours breaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.kit import Lesson, lessons
from grader.language import LANGUAGES, language
from grader.pipeline import Assignment, Options, grade
from grader.renderers import Format, renderer
from grader.report import Outcome, Report
from grader.submission import submission_of
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from fuzzing import chances, damaged_notebook, damaged_source
else:
    from tests.grader.fuzzing import chances, damaged_notebook, damaged_source

OPTIONS = Options(timeout_s=10, seed=1)
"""What loops without end is known to do so after ten seconds."""
Grade = Callable[[Lesson, str, bytes], Report]


def zoo() -> list[tuple[Lesson, Path]]:
    """Return every submission of the zoo and the solutions, lesson by lesson in turn."""
    files = [(lesson, file) for lesson in lessons().values() for file in sorted(lesson.zoo.glob("*.*"))]
    files += [(lesson, lesson.solution) for lesson in lessons().values()]
    random.Random(0).shuffle(files)
    return files


def damaged(file: Path, chance: random.Random) -> bytes:
    """Return a file with some damage done to it."""
    source = file.read_bytes().decode("utf-8", "replace")
    harm = damaged_notebook if file.suffix == ".ipynb" else damaged_source
    return harm(source, chance).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def grade_raw(workers: Workers) -> Grade:
    def grade_it(lesson: Lesson, name: str, raw: bytes) -> Report:
        return grade(Assignment(lesson, submission_of(name, raw)), workers, OPTIONS)

    return grade_it


@pytest.fixture(scope="module")
def names_of(grade_raw: Grade) -> Callable[[Lesson], list[tuple[str, int]]]:
    """The checks of a lesson and their points, as an empty file shows them."""
    known: dict[str, list[tuple[str, int]]] = {}

    def of(lesson: Lesson) -> list[tuple[str, int]]:
        if lesson.name not in known:
            report = grade_raw(lesson, "empty.py", b"")
            known[lesson.name] = [(check.name, check.points) for check in report.checks]
        return known[lesson.name]

    return of


def assert_complete(report: Report, checks: list[tuple[str, int]]) -> None:
    """All checks are there, none of them broke, points add up, and the report can be written."""
    broken = [str(check.feedback) for check in report.checks if check.outcome is Outcome.ERROR]
    assert broken == []
    assert [(check.name, check.points) for check in report.checks] == checks
    assert report.score == sum(check.points for check in report.checks if check.outcome is Outcome.PASSED)
    assert report.exit_code == int(report.score < report.max_score)
    assert all(check.feedback for check in report.checks if check.outcome is not Outcome.PASSED)
    for form in Format:
        for code in LANGUAGES:
            written = renderer(form, width=80, color=False, many=False)(report, language(code))
            assert written.encode()


def grade_damaged(
    count: int, seed: int, grade_raw: Grade, names_of: Callable[[Lesson], list[tuple[str, int]]], folder: Path
) -> None:
    """Grade so many damaged submissions; keep the one over which something breaks."""
    files = zoo()
    for number, chance in enumerate(chances(seed, count)):
        lesson, file = files[(seed * 7919 + number) % len(files)]
        raw = damaged(file, chance)
        (folder / file.name).write_bytes(raw)
        assert_complete(grade_raw(lesson, file.name, raw), names_of(lesson))
        (folder / file.name).unlink()


def test_damaged_submissions_get_complete_reports(
    grade_raw: Grade, names_of: Callable[[Lesson], list[tuple[str, int]]], tmp_path: Path
) -> None:
    grade_damaged(20, 1, grade_raw, names_of, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_hundreds_of_damaged_submissions_get_complete_reports(
    seed: int, grade_raw: Grade, names_of: Callable[[Lesson], list[tuple[str, int]]], tmp_path: Path
) -> None:
    grade_damaged(100, seed, grade_raw, names_of, tmp_path)
