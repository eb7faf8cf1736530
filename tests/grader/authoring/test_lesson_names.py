"""What a lesson may be called."""

from __future__ import annotations

import pytest

from grader.authoring.naming import ENGLISH_TITLE, KOREAN_TITLE, LONGEST_TITLE, new_lesson
from grader.errors import UsageError
from grader.submission import LESSON_IN_NAME


@pytest.mark.parametrize(
    ("given", "name", "number"),
    [
        ("9_1", "9_1", "9-1"),
        ("9-1", "9_1", "9-1"),
        ("9.1", "9_1", "9-1"),
        ("9_1_cell", "9_1_cell", "9-1-cell"),
        ("9-1-Layer", "9_1_layer", "9-1-layer"),
    ],
)
def test_a_lesson_is_called_by_chapter_and_number(given: str, name: str, number: str) -> None:
    lesson = new_lesson(given, None)

    assert (lesson.name, lesson.number) == (name, number)
    assert LESSON_IN_NAME.search(lesson.name)


@pytest.mark.parametrize(
    "given", ["", "9", "91", "9_1_", "9_10", "10_1", "9_1_gru", "lesson_9_1", "../9_1", "9_1/", "nine", "9__1", "٩_١"]
)
def test_other_names_are_refused_with_the_form_that_they_have(given: str) -> None:
    with pytest.raises(UsageError, match="such as 9_1; _cell or _layer may follow"):
        new_lesson(given, None)


def test_without_a_title_it_has_that_of_the_lesson_it_begins_as() -> None:
    lesson = new_lesson("9_1", None)

    assert (lesson.title, lesson.korean_title) == (ENGLISH_TITLE, KOREAN_TITLE)


@pytest.mark.parametrize("title", ["Weather", "날씨 예측", "What's next? (1/2)", " Weather ", "A" * LONGEST_TITLE])
def test_a_title_stands_in_both_languages_until_it_is_translated(title: str) -> None:
    lesson = new_lesson("9_1", title)

    assert lesson.title == lesson.korean_title == title.strip()


@pytest.mark.parametrize(
    "title", ["", "  ", "two\nlines", 'a "quote"', "back\\slash", "{braces}", "\x1b[31m", "A" * 61]
)
def test_a_title_that_would_break_a_file_is_refused(title: str) -> None:
    with pytest.raises(UsageError, match="A title is one line of at most 60 letters"):
        new_lesson("9_1", title)
