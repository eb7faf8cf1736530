"""The report as JSON: ``grader/renderers/json.md`` describes it.

The same submission gives the same bytes, ``conditions`` apart.
"""

from __future__ import annotations

import json
import re
from typing import Any

from grader.isolation import NOT_STOPPED
from grader.language import Language
from grader.report import CheckReport, Feedback, Note, Place, Report
from grader.text import Text

FORMAT = "rnn-grader/report"
VERSION = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""
OBEYED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=#)#(?=\w*\[)")
"""Control characters beyond those that JSON escapes anyway, and the second # of ``##[group]`` and ``##vso[…]``."""


def render(report: Report, language: Language) -> str:
    """Return the report as one JSON object, indented, with a final newline."""
    return _writable(json.dumps(document(report, language), ensure_ascii=False, indent=2) + "\n")


def render_line(report: Report, language: Language) -> str:
    """Return the report as one line, so that several make a JSON Lines file."""
    return _writable(json.dumps(document(report, language), ensure_ascii=False) + "\n")


def _writable(page: str) -> str:
    """Write as escapes, which mean the same, what a terminal or the log of a CI service would obey.

    Half a surrogate pair, as a file name may hold one, is replaced: UTF-8 has no bytes for it.
    """
    page = OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", page)
    return page.encode("utf-8", "replace").decode("utf-8")


def document(report: Report, language: Language) -> dict[str, Any]:
    """Return the report as plain data."""
    writer = _Writer(language)
    return {
        "format": FORMAT,
        "version": VERSION,
        "language": language.code,
        "lesson": report.lesson,
        "title": language.say(report.title),
        "submission": {"name": report.submission, "sha256": report.digest},
        "score": report.score,
        "max_score": report.max_score,
        "problem": writer.note(report.problem) if report.problem else None,
        "checks": [writer.check(each) for each in report.checks],
        "notes": [writer.note(each) for each in report.notes],
        "output": report.output,
        "conditions": {
            "worker": report.conditions.worker,
            "isolation": report.conditions.isolation,
            "not_stopped": language.say(NOT_STOPPED[report.conditions.isolation]),
            "seconds": round(report.conditions.seconds, 3),
            "versions": dict(report.conditions.versions),
        },
    }


class _Writer:
    def __init__(self, language: Language) -> None:
        self._say = language.say

    def check(self, check: CheckReport) -> dict[str, Any]:
        """Return one check."""
        return {
            "name": check.name,
            "title": self._say(check.title),
            "task": check.task,
            "outcome": check.outcome.value,
            "points": check.points,
            "earned": check.earned,
            "feedback": self.feedback(check.feedback) if check.feedback else None,
            "why": self.maybe(check.why),
            "hint": self.maybe(check.hint),
        }

    def feedback(self, feedback: Feedback) -> dict[str, Any]:
        """Return one failed check's feedback."""
        return {
            "found": self._say(feedback.found),
            "expected": self.maybe(feedback.expected),
            "details": [self._say(each) for each in feedback.details],
            "places": [self.place(each) for each in feedback.places],
        }

    def note(self, note: Note) -> dict[str, Any]:
        """Return a remark."""
        return {
            "message": self._say(note.message),
            "details": [self._say(each) for each in note.details],
            "places": [self.place(each) for each in note.places],
        }

    def place(self, place: Place) -> dict[str, Any]:
        """Return a line of the student's."""
        return {
            "file": self._say(place.file),
            "line": place.line,
            "column": place.column,
            "function": place.function,
            "code": place.code,
        }

    def maybe(self, sentence: Text | None) -> str | None:
        """Return a sentence, if there is one."""
        return None if sentence is None else self._say(sentence)
