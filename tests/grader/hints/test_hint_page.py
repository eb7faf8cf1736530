"""A ladder on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from grader.hints.ladder import Ladder
from grader.hints.page import as_text
from grader.language import ENGLISH, language
from grader.text import Text

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import columns
else:
    from tests.grader.factories import columns

LADDER = Ladder("9_1", Text("Lesson 9-1: reading"), 2, (Text("A nudge."), Text("The idea."), Text("Nearly there [b].")))


def test_a_page_from_top_to_bottom() -> None:
    assert as_text(LADDER, 2, ENGLISH, width=60).splitlines() == [
        "Lesson 9-1: reading",
        "Task 2: hint 2 of 3",
        "─" * 60,
        "  1  A nudge.",
        "  2  The idea.",
        "",
        "Try that first, and grade again. If it does not help:",
        "python -m grader hint 9_1 --task 2",
    ]


def test_the_last_rung_says_what_is_left_to_do() -> None:
    page = as_text(LADDER, 3, ENGLISH, width=80)

    assert "hint 3 of 3" in page
    assert "  3  Nearly there [b]." in page
    assert "exercises/9_1/README.md" in page
    assert "python -m grader hint" not in page


def test_the_page_of_the_lesson_is_the_one_in_the_readers_language() -> None:
    page = " ".join(as_text(LADDER, 3, language("ko"), width=80).split())

    assert "할 일 2: 힌트 3개 중 3번째" in page
    assert 'exercises/9_1/README.ko.md의 "원리"' in page


@pytest.mark.parametrize("code", ["en", "ko"])
def test_no_line_is_longer_than_the_terminal_is_wide(code: str) -> None:
    long = Ladder("9_1", Text("Lesson 9-1"), 1, (Text("word " * 60), Text("가" * 200), Text("x" * 300)))

    assert max(map(columns, as_text(long, 3, language(code), width=80).splitlines())) <= 80


def test_colour_changes_nothing_but_the_colour() -> None:
    colored = as_text(LADDER, 2, ENGLISH, width=60, color=True)

    assert "\x1b" in colored
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in bare.splitlines()] == as_text(LADDER, 2, ENGLISH, width=60).splitlines()
