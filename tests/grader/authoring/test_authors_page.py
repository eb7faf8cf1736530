"""The authors' page: the checks that it shows judge the lesson that a new one begins as, its table is complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import grader.expect
from grader.authoring.naming import new_lesson
from grader.authoring.skeleton import skeleton
from grader.checking import ATTRIBUTE
from grader.errors import CheckFailed, Unanswerable
from grader.kit import ROOT
from grader.language import language
from grader.session import LiveSubmission, Setup
from grader.submission import submission_of
from grader.text import Text
from grader.verify.audit.markdown import blocks
from grader.verify.mutants import mutants
from grader.verify.source import Source
from grader.workers import Workers

PAGES = [ROOT / "grader" / name for name in ("AUTHORS.md", "AUTHORS.ko.md")]
MARK = "@check("
WORD = re.compile(r"^\| `(\w+)\(", re.MULTILINE)
FILES = {str(file.path): file.content for file in skeleton(new_lesson("0_0", None))}
SOLUTION, STUB = FILES["solutions/0_0/lesson_0_0.py"], FILES["exercises/0_0/lesson_0_0.py"]

Shown = Callable[[LiveSubmission], None]


def shown_checks() -> dict[str, Shown]:
    """Return the checks that the page shows."""
    found: dict[str, Shown] = {}
    for block in blocks(PAGES[0].read_text(encoding="utf-8")):
        names: dict[str, Shown] = {"__name__": "page"}  # type: ignore[dict-item]
        if block.kind == "python" and MARK in block.code:
            exec(compile(block.code, "AUTHORS.md", "exec"), names)
        found |= {name: each for name, each in names.items() if hasattr(each, ATTRIBUTE)}
    return found


@pytest.fixture
def opened(workers: Workers) -> Iterator[Callable[[str], LiveSubmission]]:
    """Open a program as a submission."""
    live: list[LiveSubmission] = []

    def open_it(source: str) -> LiveSubmission:
        live.append(LiveSubmission(submission_of("lesson_0_0.py", source.encode()), workers.start, Setup()))
        return live[-1]

    yield open_it
    for each in live:
        each.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_table_of_words_is_complete(page: Path) -> None:
    words = WORD.findall(page.read_text(encoding="utf-8"))

    assert sorted(words) == sorted(grader.expect.__all__)


def test_the_page_shows_checks() -> None:
    assert list(shown_checks()) == ["test_model_sizes", "test_training", "test_windows"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_mutant_that_the_page_excuses_is_made(page: Path) -> None:
    said = page.read_text(encoding="utf-8")
    excused = re.findall(r'^mutant = "(.+)"$', said, re.MULTILINE)
    named = {mutant.what: mutant.name for mutant in mutants(Source(SOLUTION, STUB))}

    assert excused
    assert all(named[each] in said for each in excused)


@pytest.mark.parametrize("name", shown_checks())
def test_a_check_of_the_page_passes_the_solution(name: str, opened: Callable[[str], LiveSubmission]) -> None:
    shown_checks()[name](opened(SOLUTION))


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("test_model_sizes", STUB, "NotImplementedError: task 1"),
        ("test_training", STUB, "NotImplementedError: task 2"),
        ("test_model_sizes", SOLUTION.replace("SimpleRNN(units)", "SimpleRNN(8)"), "Your model"),
        ("test_training", SOLUTION.replace("epochs=epochs, ", ""), "fit is called with epochs=1"),
        ("test_windows", SOLUTION.replace("start : start + 4", "start + 1 : start + 5"), "X has the right shape"),
    ],
)
def test_a_check_of_the_page_fails_a_mistake(
    name: str, source: str, message: str, opened: Callable[[str], LiveSubmission]
) -> None:
    assert source != SOLUTION

    with pytest.raises((CheckFailed, Unanswerable), match=re.escape(message)):
        shown_checks()[name](opened(source))


SAID = (
    "{name} has {score} of {max_score}",
    "survived: {name} (task {task})",
    "loses points at task {lost}, not at {task}: {name}",
    "rejected falsely: {name}",
    "the message does not speak of the mistake: {name}",
)
"""What ``verify`` says of what falls short (``grader/verify/pages/figures.py``)."""


@pytest.mark.parametrize(("code", "page"), list(zip(("en", "ko"), PAGES, strict=True)), ids=("en", "ko"))
@pytest.mark.parametrize("sentence", SAID)
def test_the_page_quotes_what_verify_says(sentence: str, code: str, page: Path) -> None:
    said = language(code).say(Text(sentence))
    pieces = [piece.strip() for piece in re.split(r"\{\w+\}", said)]

    assert sentence in (ROOT / "grader" / "verify" / "pages" / "figures.py").read_text(encoding="utf-8")
    assert max(pieces, key=len) in page.read_text(encoding="utf-8")
