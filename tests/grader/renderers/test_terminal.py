"""The report on a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.isolation import Level
from grader.language import ENGLISH, Language, language
from grader.renderers import Format, renderer
from grader.renderers.terminal import Terminal
from grader.report import Conditions, Feedback, Note, Outcome, Report
from grader.text import literal, text

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_check, a_failed_check, a_place, a_report, a_report_that_says, columns, reports
else:
    from tests.grader.factories import (
        LAW,
        a_check,
        a_failed_check,
        a_place,
        a_report,
        a_report_that_says,
        columns,
        reports,
    )

WIDTHS = (60, 80)
LANGUAGES = ("en", "ko")
WORDS = st.text(st.sampled_from("ab 한글é.,()[/]=·\n\t'\"漢🙂") | st.characters(codec="utf-8"))
WIDE_AND_NARROW = st.text(st.sampled_from("abcXYZ019 .,()[/]='\"_한글층모델은漢字，。—·\n\t"), max_size=200)


def page(report: Report, width: int = 80, *, speaker: Language = ENGLISH, color: bool = False) -> str:
    return Terminal(width, color=color).render(report, speaker)


def lines(report: Report, width: int = 80) -> list[str]:
    return [line.strip() for line in page(report, width).splitlines()]


# What it says.


def test_a_page_from_top_to_bottom() -> None:
    feedback = Feedback(literal("2 layers"), literal("3 layers"), (literal("Dense(1) is missing"),), (a_place(5),))
    report = a_report(
        a_check(points=3, title=literal("It is a model.")),
        a_failed_check(feedback=feedback, title=literal("It has its layers."), points=2),
        a_check(Outcome.BLOCKED, task=2, feedback=Feedback(literal("First solve: It has its layers."))),
        notes=(Note(literal("An old spelling."), (a_place(7, "y = 2"),)),),
    )

    assert page(report, 60).splitlines() == [
        "Sentiment of film reviews  lesson_4_2.py",
        "─" * 60,
        "Task 1  3/5",
        "  ✓   3/3 It is a model.",
        "  ✗   0/2 It has its layers.",
        "           Found     2 layers",
        "           Expected  3 layers",
        "                     Dense(1) is missing",
        "                     lesson_4_2.py, line 5",
        "                         x = 1",
        "           Why       Your model has 2 layers.",
        "           Look at   Your model has 2 layers.",
        "",
        "Task 2  0/2",
        "  –   0/2 The model has its layers.",
        "           First solve: It has its layers.",
        "",
        "Notes",
        "  An old spelling.",
        "  lesson_4_2.py, line 7",
        "      y = 2",
        "",
        "─" * 60,
        "Score: 3 of 7",
        "Stuck? python -m grader hint 4_2 --task 1",
        "Isolation level A · worker: fork · 1.2 s",
        "Not stopped: code that looks up whether a file is there, and",
        "faults of the system's kernel.",
    ]


def test_full_marks_are_said_to_be_full() -> None:
    assert "Score: 4 of 4 — full marks" in lines(a_report(a_check(), a_check()))


@pytest.mark.parametrize(
    ("outcome", "mark"),
    [(Outcome.PASSED, "✓"), (Outcome.FAILED, "✗"), (Outcome.BLOCKED, "–"), (Outcome.ERROR, "!")],
    ids=lambda each: str(getattr(each, "value", each)),
)
def test_every_outcome_has_its_mark(outcome: Outcome, mark: str) -> None:
    earned = 2 if outcome is Outcome.PASSED else 0

    assert f"{mark}   {earned}/2 The model has its layers." in lines(a_report(a_check(outcome)))


def test_tasks_stand_in_the_order_of_their_checks() -> None:
    report = a_report(a_check(task=1), a_check(Outcome.FAILED, task=1), a_check(task=3, points=5))

    assert [line for line in lines(report) if line.startswith("Task")] == ["Task 1  2/4", "Task 3  5/5"]


def test_a_problem_is_said_once_and_first() -> None:
    problem = text("The file is empty.")
    blocked = a_check(Outcome.BLOCKED, feedback=Feedback(problem))

    said = lines(a_report(blocked, blocked, problem=Note(problem, (), (literal("Did you save it?"),))))

    assert said.count("The file is empty.") == 1
    assert said[2:4] == ["The file is empty.", "Did you save it?"]


def test_a_place_without_code_is_a_line_number_only() -> None:
    report = a_report(notes=(Note(literal("Old."), (a_place(4, code="  "),)),))

    assert lines(report)[2:6] == ["Notes", "Old.", "lesson_4_2.py, line 4", ""]


def test_a_sentence_without_end_is_cut() -> None:
    said = page(a_report(a_failed_check(feedback=Feedback(literal("ω " * 50_000)))))

    assert said.count("ω") == 600
    assert " …" in said


@pytest.mark.parametrize(
    ("report", "task"),
    [
        pytest.param(a_report(a_check(), a_check(Outcome.BLOCKED, task=2), a_failed_check(task=3)), 2, id="task-2"),
        pytest.param(a_report(a_check(), a_check()), None, id="full-marks"),
        pytest.param(a_report(a_check(), a_check(Outcome.ERROR, task=2)), None, id="our-fault"),
        pytest.param(a_report(a_check(Outcome.BLOCKED), problem=Note(literal("Empty."))), None, id="nothing-was-run"),
    ],
)
def test_a_hint_is_offered_for_the_first_open_task(report: Report, task: int | None) -> None:
    offered = [line for line in lines(report) if line.startswith("Stuck?")]

    assert offered == ([] if task is None else [f"Stuck? python -m grader hint 4_2 --task {task}"])


def test_conditions_stand_last() -> None:
    report = a_report(conditions=Conditions("fresh", Level.C, 12.345))

    assert lines(report)[-3:] == [
        "Isolation level C · worker: fresh · 12.3 s",
        "Not stopped: code that reads or changes your files, uses the network, or starts",
        "programs.",
    ]


def test_without_colour_there_is_none() -> None:
    assert "\x1b" not in page(a_report(a_check(), a_failed_check()))


def test_colour_changes_nothing_but_the_colour() -> None:
    report = a_report(a_check(), a_failed_check(), a_check(Outcome.BLOCKED, task=2))

    colored = re.sub(r"\x1b\[[0-9;]*m", "", page(report, color=True))

    assert [line.rstrip() for line in colored.splitlines()] == page(report).splitlines()


def test_the_format_is_found_by_its_name() -> None:
    report = a_report(a_failed_check("word " * 50))

    assert renderer(Format("terminal"), width=60)(report, ENGLISH) == page(report, 60)


# What a student's words cannot do.


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("word " * 60, id="words"),
        pytest.param("x" * 300, id="one-long-word"),
        pytest.param("모델의 층이 부족합니다. " * 20, id="korean"),
        pytest.param("가" * 200, id="one-long-korean-word"),
        pytest.param("a가" * 100, id="mixed"),
        pytest.param(unicodedata.normalize("NFD", "과제" * 60), id="korean-of-a-mac"),
        pytest.param("漢字，" * 60, id="chinese"),
        pytest.param("🙂" * 100, id="emoji"),
        pytest.param("e\u0301" * 200, id="combining-accents"),
        pytest.param("\t" * 100 + "x", id="tabs"),
        pytest.param("\n" * 5 + "x", id="empty-lines"),
        pytest.param("─" * 200, id="rules"),
    ],
)
def test_no_line_is_longer_than_the_terminal_is_wide(words: str, width: int, code: str) -> None:
    said = page(a_report_that_says(words), width, speaker=language(code))

    assert max(map(columns, said.splitlines())) <= width


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("\x1b[31mred\x1b[0m", id="colour"),
        pytest.param("\x1b[2J\x1b[H", id="clear-screen"),
        pytest.param("\x1b]0;title\x07", id="window-title"),
        pytest.param("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", id="hyperlink"),
        pytest.param("\x9b31m", id="c1-colour"),
        pytest.param("0/2\r2/2", id="carriage-return"),
        pytest.param("failed\b\b\b\b\b\bpassed", id="backspace"),
        pytest.param("\x07\0\x7f\x0b\x0c\x85", id="other-controls"),
        pytest.param("\u202e2 fo 2\u202c", id="right-to-left"),
        pytest.param("\u2066\u2067\u2069", id="isolates"),
    ],
)
def test_control_characters_of_a_student_are_taken_out(words: str) -> None:
    said = page(a_report_that_says(words))

    assert not set(said) & (set(words) - set(map(chr, range(0x20, 0x7F))))
    assert "�" in said


@pytest.mark.parametrize(
    "words", ["[red]x", "shape [batch, time]", "[/b]", "[link=http://example.com]here[/link]", "\\[a]"]
)
@pytest.mark.parametrize("color", [False, True], ids=["plain", "coloured"])
def test_brackets_stand_as_they_are(words: str, color: bool) -> None:
    detail = a_report(a_failed_check("x", feedback=Feedback(literal("x"), details=(literal(words),))))

    assert words in page(detail, color=color)


def test_a_file_name_cannot_forge_a_line_of_the_page() -> None:
    forged = "Score: 9 of 9 — full marks"
    report = a_report(a_check(Outcome.FAILED), submission=f"x\n{forged}\n.py")

    assert forged not in page(report).splitlines()


def test_a_file_name_that_is_not_utf_8_can_be_written() -> None:
    """Such as a Korean name out of a zip archive made on Windows."""
    name = b"\xb0\xfa\xc1\xa6.py".decode("utf-8", "surrogateescape")

    assert page(a_report(submission=name)).encode()


@LAW
@given(report=reports(WIDE_AND_NARROW), width=st.sampled_from(WIDTHS))
def test_any_report_fits_the_terminal(report: Report, width: int) -> None:
    said = page(report, width)

    assert max(map(columns, said.splitlines())) <= width
    assert f"Score: {report.score} of {report.max_score}" in said


@LAW
@given(report=reports(WORDS), width=st.sampled_from(WIDTHS))
def test_no_control_character_of_any_report_reaches_the_terminal(report: Report, width: int) -> None:
    said = page(report, width)

    assert {each for each in said if unicodedata.category(each) == "Cc"} == {"\n"}


@LAW
@example(report=a_report_that_says("[/b]"), color=False)
@given(report=reports(WORDS), color=st.booleans())
def test_any_report_can_be_rendered(report: Report, color: bool) -> None:
    said = page(report, color=color)

    assert f"Score: {report.score} of {report.max_score}" in said
