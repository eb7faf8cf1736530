"""The figures in the README are those of the lessons as they are now."""

from __future__ import annotations

import re

import pytest

from grader.kit import ROOT, lessons
from grader.verify.trial import Kind, plan

PAIR = r" +(\d+)/(\d+) \|"
ROW = re.compile(rf"^\| (\w+) +\|{PAIR}{PAIR}{PAIR}{PAIR} +(\d+) \|{PAIR}$", re.M)
"""Lesson, stub, solution, killed of made, named of killed, exempt, accepted of made."""


def published(page: str) -> dict[str, tuple[int, ...]]:
    """Return the figures of each row of the table, by lesson."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return {name: tuple(map(int, numbers)) for name, *numbers in ROW.findall(text)}


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_every_lesson_has_its_row_and_the_sums_are_right(page: str) -> None:
    rows = published(page)
    (total,) = rows.keys() - lessons().keys()

    assert list(rows)[:-1] == list(lessons())
    assert rows[total] == tuple(map(sum, zip(*(rows[name] for name in lessons()), strict=True)))


def test_both_pages_say_the_same() -> None:
    english, korean = published("README.md"), published("README.ko.md")

    assert list(english.values()) == list(korean.values())


@pytest.mark.slow
def test_as_much_is_published_as_is_tried() -> None:
    rows = published("README.md")
    for name, lesson in lessons().items():
        planned = plan(lesson)
        mutants = sum(each.kind is Kind.MUTANT for each in planned.trials)
        equivalents = sum(len(each.members) or 1 for each in planned.trials if each.kind is Kind.EQUIVALENT)
        made, exempt, written = rows[name][5], rows[name][8], rows[name][10]
        assert (made, exempt, written) == (mutants, len(planned.exempt), equivalents), name
