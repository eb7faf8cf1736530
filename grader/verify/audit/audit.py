"""All findings of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from grader.errors import GraderError
from grader.kit import Lesson
from grader.text import Text, text
from grader.verify.audit.catalogue import lesson_sentences, untranslated
from grader.verify.audit.exemptions import exemptions
from grader.verify.audit.files import missing, stray
from grader.verify.audit.giveaways import giveaways
from grader.verify.audit.pages import page_tasks, pages
from grader.verify.audit.parts import Parts, lesson_parts, shown
from grader.verify.audit.programs import invalid, programs, stub_tasks
from grader.verify.audit.rubric import ladders, rubric
from grader.verify.audit.titles import titles
from grader.verify.audit.zoo import zoo


def audit(lesson: Lesson) -> tuple[Text, ...]:
    """Return what can be found wrong with a lesson without grading anything; nothing, if all is well."""
    absent = missing(lesson)
    if absent:
        return absent
    try:
        parts = lesson_parts(lesson)
    except GraderError as problem:
        return (problem.message,)
    return tuple(invalid(parts)) or tuple(_findings(parts))


def _findings(parts: Parts) -> Iterator[Text]:
    hints, wrong_hints = ladders(parts)
    tasks = _tasks(parts, set(hints))
    asked = set(range(1, max(stub_tasks(parts.stub).union(*tasks.values()), default=0) + 1))
    yield from stray(parts.lesson)
    yield from rubric(parts)
    yield from wrong_hints
    yield from giveaways(parts, hints)
    for place, its in tasks.items():
        if not (wrong_hints and place == "HINTS"):
            yield from (text("{place} has no task {task}.", place=place, task=task) for task in sorted(asked - its))
    yield from programs(parts, asked)
    yield from pages(parts)
    yield from titles(parts)
    yield from untranslated(lesson_sentences(parts, hints), parts.korean, parts.lesson.checks.with_suffix(".ko.po"))
    yield from zoo(parts)
    yield from exemptions(parts)


def _tasks(parts: Parts, hinted: set[int]) -> dict[str, set[int]]:
    """Return the tasks that each part of a lesson speaks of; the stub is looked at more closely elsewhere."""
    found = {shown(parts.page(language)): set(page_tasks(page, language)) for language, page in parts.pages.items()}
    found[shown(parts.lesson.checks)] = {check.rules.task for check in parts.checks}
    found["HINTS"] = hinted
    return found
