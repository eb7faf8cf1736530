"""A lesson is the set of files that bear its name, and nothing else lies among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.kit import Lesson
from grader.submission import SUFFIXES
from grader.text import Text, text
from grader.verify.audit.parts import LANGUAGES, shown

OPTIONAL = (".equivalent.toml",)
"""What else may stand beside a lesson's checks."""


def missing(lesson: Lesson) -> tuple[Text, ...]:
    """Say which files a lesson lacks."""
    return tuple(text("{file} is missing.", file=shown(file)) for file in _needed(lesson) if not file.is_file())


def stray(lesson: Lesson) -> Iterator[Text]:
    """Say which files nothing reads."""
    known = {*_needed(lesson), *(lesson.checks.with_suffix(end) for end in OPTIONAL)}
    beside = lesson.checks.parent.glob(f"{lesson.checks.stem}.*")
    for file in sorted([*_within(lesson.stub.parent), *_within(lesson.solution.parent), *beside]):
        if file not in known:
            yield text("{file} belongs to no lesson: nothing reads it.", file=shown(file))
    for file in _within(lesson.zoo):
        if file.is_dir() or file.suffix not in SUFFIXES:
            yield text("{file} is no submission: nothing reads it.", file=shown(file))


def _needed(lesson: Lesson) -> list[Path]:
    pages = [lesson.stub.with_name(name) for name in LANGUAGES.values()]
    return [*pages, lesson.stub, lesson.solution, lesson.checks, lesson.checks.with_suffix(".ko.po")]


def _within(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for what Python and editors put there."""
    entries = folder.iterdir() if folder.is_dir() else ()
    return sorted(entry for entry in entries if not entry.name.startswith(("_", ".")))
