"""Sentences for what the worker reports, whatever it reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.child import Cause, Death
from grader.evidence import Failure, WorkerNote
from grader.feedback import death_text, failure_feedback, note_of
from grader.language import ENGLISH

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_place
else:
    from tests.grader.factories import a_place


@pytest.mark.parametrize("cause", list(Cause), ids=lambda each: each.value)
def test_every_death_has_a_sentence_with_its_detail(cause: Cause) -> None:
    assert "7 parrots" in ENGLISH.say(death_text(Death(cause, "7 parrots")))


def test_memory_is_blamed_only_where_it_may_be_the_reason() -> None:
    killed, crashed = (ENGLISH.say(death_text(Death(Cause.SIGNAL, name))) for name in ("SIGKILL", "SIGSEGV"))

    assert "memory" in killed
    assert "memory" not in crashed


@pytest.mark.parametrize("message", ["{x} {0}", "{", "%s", "[/b]", ""], ids=repr)
def test_an_exception_is_said_in_its_own_words(message: str) -> None:
    feedback = failure_feedback(Failure("ValueError", message, ()), (a_place(),))

    said = ENGLISH.say(feedback.found)
    assert said == f"Your code stopped with an exception: ValueError{': ' if message else ''}{message}"
    assert feedback.places == (a_place(),)


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        ("AttributeError", "'NoneType' object has no attribute 'compile'", "What stands before .compile is None"),
        ("TypeError", "'NoneType' object is not callable", "Something there is None"),
        ("TypeError", "cannot unpack non-iterable NoneType object", "Something there is None"),
    ],
)
def test_none_in_the_place_of_something_is_explained(kind: str, message: str, said: str) -> None:
    feedback = failure_feedback(Failure(kind, message, ()), (a_place(),))

    assert [ENGLISH.say(each).startswith(said) for each in feedback.details] == [True]


@pytest.mark.parametrize("kind", ["SyntaxError", "IndentationError", "TabError"])
def test_a_syntax_error_is_said_with_its_place(kind: str) -> None:
    feedback = failure_feedback(Failure(kind, "invalid syntax", ()), (a_place(5),))

    said = ENGLISH.say(feedback.found)
    assert said.startswith("Your code is not valid Python: invalid syntax (lesson_4_2.py, line 5")


def test_a_note_is_a_sentence_with_its_place() -> None:
    note = note_of(WorkerNote("activation_capital", None, {"written": "Sigmoid"}), a_place(5))

    assert "'Sigmoid'" in ENGLISH.say(note.message)
    assert note.places == (a_place(5),)


def test_a_note_of_an_unknown_kind_says_that_kind() -> None:
    assert ENGLISH.say(note_of(WorkerNote("{made} up", None, {}), None).message) == "{made} up"


@pytest.mark.parametrize("details", [{}, {"wrote": "Sigmoid"}], ids=["missing", "misnamed"])
def test_a_note_without_its_details_breaks_no_renderer(details: dict[str, str]) -> None:
    """A submission can make the worker say anything."""
    note = note_of(WorkerNote("activation_capital", None, details), None)

    assert ENGLISH.say(note.message)
