"""The report as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.isolation import Level
from grader.language import ENGLISH, language
from grader.renderers import Format, renderer
from grader.renderers.json import FORMAT, VERSION, render
from grader.report import Conditions, Feedback, Note, Outcome, Report
from grader.text import literal, text

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_check, a_failed_check, a_place, a_report, a_report_that_says, reports
else:
    from tests.grader.factories import LAW, a_check, a_failed_check, a_place, a_report, a_report_that_says, reports


def test_the_format_says_its_name_and_version() -> None:
    document = json.loads(render(a_report(), ENGLISH))

    assert document["format"] == FORMAT == "rnn-grader/report"
    assert document["version"] == VERSION == 1
    assert document["language"] == "en"


def test_the_report_says_what_was_graded_and_what_it_earned() -> None:
    report = a_report(a_check(points=3), a_check(Outcome.FAILED, points=2), digest="ab" * 32)

    document = json.loads(render(report, ENGLISH))

    assert document["lesson"] == "4_2"
    assert document["submission"] == {"name": "lesson_4_2.py", "sha256": "ab" * 32}
    assert (document["score"], document["max_score"]) == (3, 5)
    assert [each["earned"] for each in document["checks"]] == [3, 0]
    assert document["problem"] is None


@pytest.mark.parametrize("outcome", list(Outcome), ids=lambda each: each.value)
def test_a_check_says_its_outcome(outcome: Outcome) -> None:
    check = a_check(outcome, name="test_layers", title=text("{n} layers", n=3), points=2, task=4)

    (written,) = json.loads(render(a_report(check), ENGLISH))["checks"]

    assert written == {
        "name": "test_layers",
        "title": "3 layers",
        "task": 4,
        "outcome": outcome.value,
        "points": 2,
        "earned": 2 if outcome is Outcome.PASSED else 0,
        "feedback": None,
        "why": None,
        "hint": None,
    }


def test_feedback_is_written_in_full() -> None:
    feedback = Feedback(literal("2 layers"), literal("3 layers"), (literal("+ Dense"),), (a_place(5, "x = 2"),))
    check = a_failed_check(feedback=feedback, why=literal("It matters."), hint=literal("Look there."))

    (written,) = json.loads(render(a_report(check), ENGLISH))["checks"]

    assert written["feedback"] == {
        "found": "2 layers",
        "expected": "3 layers",
        "details": ["+ Dense"],
        "places": [
            {"file": "lesson_4_2.py", "line": 5, "column": None, "function": "build_model", "code": "x = 2"},
        ],
    }
    assert (written["why"], written["hint"]) == ("It matters.", "Look there.")


def test_notes_and_the_problem_have_their_places() -> None:
    note = Note(literal("An old spelling."), (a_place(7),), (literal("Today: x."),))

    document = json.loads(render(a_report(problem=note, notes=(note, note)), ENGLISH))

    assert document["problem"]["message"] == "An old spelling."
    assert document["problem"]["details"] == ["Today: x."]
    assert document["problem"]["places"][0]["line"] == 7
    assert document["notes"] == [document["problem"]] * 2


def test_conditions_stand_apart() -> None:
    conditions = Conditions("fork", Level.A_PLUS, 1.23456, (("grader", "0.1.0"), ("keras", "3.0")))

    document = json.loads(render(a_report(conditions=conditions), ENGLISH))

    assert document["conditions"] == {
        "worker": "fork",
        "isolation": "A+",
        "not_stopped": "Not stopped: faults of the system's kernel and of the hardware.",
        "seconds": 1.235,
        "versions": {"grader": "0.1.0", "keras": "3.0"},
    }


def test_the_same_submission_gives_the_same_bytes_but_for_the_conditions() -> None:
    first = a_report_that_says("two layers")
    second = replace(first, conditions=Conditions("fresh", Level.D, 9.75))

    one, other = json.loads(render(first, ENGLISH)), json.loads(render(second, ENGLISH))

    assert one != other
    assert {**one, "conditions": None} == {**other, "conditions": None}


@pytest.mark.parametrize(
    "words", ['"', "\\", "\x1b[31m", "\0", "\n", "\u2028", "</script>", "한글", "🙂", "{n}"], ids=repr
)
def test_any_words_come_back_as_they_were(words: str) -> None:
    document = json.loads(render(a_report_that_says(words), ENGLISH))

    assert document["submission"]["name"] == words
    assert document["output"] == words
    assert document["checks"][1]["feedback"]["found"] == words
    assert document["checks"][1]["feedback"]["places"][0]["code"] == words


def test_korean_stands_as_letters() -> None:
    assert "순환 신경망" in render(a_report_that_says("순환 신경망"), ENGLISH)


def test_the_document_says_its_language() -> None:
    assert json.loads(render(a_report(), language("ko")))["language"] == "ko"


def test_the_text_ends_with_a_line_end() -> None:
    assert render(a_report(), ENGLISH).endswith("}\n")


def test_the_format_is_found_by_its_name() -> None:
    assert renderer(Format("json"))(a_report(), ENGLISH) == render(a_report(), ENGLISH)


def test_a_file_name_that_is_not_utf_8_can_be_written() -> None:
    """Such as a Korean name out of a zip archive made on Windows."""
    name = b"\xb0\xfa\xc1\xa6.py".decode("utf-8", "surrogateescape")

    assert render(a_report(submission=name), ENGLISH).encode()


@LAW
@given(reports(st.text(max_size=20)))
def test_any_report_is_a_json_object_and_the_same_one_each_time(report: Report) -> None:
    first, second = render(report, ENGLISH), render(report, ENGLISH)

    assert first.encode() == second.encode()
    assert json.loads(first)["score"] == report.score
