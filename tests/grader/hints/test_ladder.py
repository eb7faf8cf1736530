"""Ladders as lessons write them down."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import GraderError, UsageError
from grader.hints.ladder import ladder_of, read_ladders
from grader.kit import Lesson
from grader.text import Text

GOOD = '"""Lesson 9-1: reading"""\nimport numpy\nHINTS = {2: ("a", "b" "c", "d"), 1: ("e {", "f", "g")}\n1 / 0\n'


def a_lesson(folder: Path, checks: str) -> Lesson:
    file = folder / "test_9_1.py"
    file.write_text(checks, encoding="utf-8")
    return Lesson("9_1", file)


def test_ladders_are_read_by_task_and_nothing_is_run(tmp_path: Path) -> None:
    ladders = read_ladders(a_lesson(tmp_path, GOOD))

    assert list(ladders) == [1, 2]
    assert ladders[2].rungs == (Text("a"), Text("bc"), Text("d"))
    assert (ladders[2].lesson, ladders[2].task, str(ladders[2].title)) == ("9_1", 2, "Lesson 9-1: reading")


def test_a_lesson_without_hints_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Lesson 9_1 has no hints"):
        read_ladders(a_lesson(tmp_path, '"""Lesson 9-1"""\n'))


@pytest.mark.parametrize(
    "literal",
    [
        pytest.param('{1: ("a", "b")}', id="two-rungs"),
        pytest.param('{1: ("a", "b", "c", "d")}', id="four-rungs"),
        pytest.param('{1: ("a", "b", 3)}', id="no-words"),
        pytest.param('{"one": ("a", "b", "c")}', id="no-number"),
        pytest.param('[("a", "b", "c")]', id="no-dictionary"),
        pytest.param('{1: (A, "b", "c")}', id="no-literal"),
        pytest.param('{1: (f"{1}", "b", "c")}', id="an-f-string"),
    ],
)
def test_what_is_no_ladder_is_refused(literal: str, tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="The hints of lesson 9_1 cannot be read"):
        read_ladders(a_lesson(tmp_path, f"HINTS = {literal}\n"))


def test_checks_that_are_no_python_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="The hints of lesson 9_1 cannot be read"):
        read_ladders(a_lesson(tmp_path, "HINTS = {\n"))


def test_a_task_that_there_is_not_is_wrong_usage(tmp_path: Path) -> None:
    ladders = read_ladders(a_lesson(tmp_path, GOOD))

    with pytest.raises(UsageError, match="Lesson 9_1 has no task 3; its tasks: 1, 2"):
        ladder_of(ladders, 3)
