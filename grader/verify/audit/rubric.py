"""Checks: each says what it asks, why it matters and what to look at; hints are ladders."""

from __future__ import annotations

from collections.abc import Iterator

from grader.errors import SpokenError
from grader.hints.ladder import Ladder, read_ladders
from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown


def rubric(parts: Parts) -> Iterator[Text]:
    """Say what is wrong with the checks."""
    file = shown(parts.lesson.checks)
    for name in parts.unmarked:
        yield text("{file}: {check} is no check; write @check(points=…, task=…) above it.", file=file, check=name)
    if not parts.prints:
        yield text("{file} has no PRINTS: the words that the solution prints when it runs.", file=file)
    for check in parts.checks:
        missing = {"docstring": check.title, "why": check.rules.why, "hint": check.rules.hint}
        for what, said in missing.items():
            if not said:
                yield text("{file}: {check} has no {what}.", file=file, check=check.name, what=what)


def ladders(parts: Parts) -> tuple[dict[int, Ladder], tuple[Text, ...]]:
    """Return a lesson's ladders of hints, and what is wrong with them."""
    try:
        found = read_ladders(parts.lesson)
    except SpokenError as problem:
        return {}, (problem.message,)
    empty = [task for task, ladder in found.items() if not all(rung.key.strip() for rung in ladder.rungs)]
    file = shown(parts.lesson.checks)
    return found, tuple(text("{file}: a hint for task {task} is empty.", file=file, task=task) for task in empty)
