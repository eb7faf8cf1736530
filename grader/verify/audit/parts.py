"""The parts of a lesson, read."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from babel.messages.pofile import PoFileError, read_po

from grader import kit
from grader.checking import ATTRIBUTE, Check, title_of
from grader.errors import GraderError
from grader.kit import Lesson
from grader.text import text

LANGUAGES = {"en": "README.md", "ko": "README.ko.md"}
"""The page of each language."""


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """A check as a lesson writes it down."""

    name: str
    title: str
    """Its docstring, on one line."""
    rules: Check


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts of a lesson, and its checks."""

    lesson: Lesson
    pages: dict[str, str]
    """By language."""
    stub: str
    solution: str
    title: str
    """As the checks have it, in English."""
    korean: dict[str, str]
    """The Korean of each sentence."""
    checks: tuple[NamedCheck, ...]
    unmarked: tuple[str, ...]
    """Names of test functions that are no checks."""
    prints: tuple[str, ...]
    """What the solution prints when it runs for real."""

    @property
    def points(self) -> int:
        """What all checks are worth."""
        return sum(check.rules.points for check in self.checks)

    def page(self, language: str) -> Path:
        """Return the file of the page in a language."""
        return self.lesson.stub.with_name(LANGUAGES[language])


def lesson_parts(lesson: Lesson) -> Parts:
    """Read a lesson whose files are all there.

    Raises:
        GraderError: its checks are no valid module, or their Korean is no valid catalogue.
    """
    module = checks_module(lesson)
    checks = tuple(_checks_of(module))
    return Parts(
        lesson,
        {code: lesson.stub.with_name(name).read_text("utf-8") for code, name in LANGUAGES.items()},
        lesson.stub.read_text("utf-8"),
        lesson.solution.read_text("utf-8"),
        title_of(module).key,
        translations(lesson.checks.with_suffix(".ko.po")),
        checks,
        tuple(name for name in _tests_of(module) if name not in {check.name for check in checks}),
        tuple(getattr(module, "PRINTS", ())),
    )


def checks_module(lesson: Lesson) -> ModuleType:
    """Return a lesson's checks as a module; importing it runs none of them.

    Raises:
        GraderError: it cannot be imported.
    """
    spec = importlib.util.spec_from_file_location(f"checks_{lesson.name}", lesson.checks)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for their module
    try:
        spec.loader.exec_module(module)
    except Exception as problem:
        why = f"{type(problem).__name__}: {problem}"
        raise GraderError(text("{file} cannot be read: {why}.", file=shown(lesson.checks), why=why)) from None
    return module


def translations(file: Path) -> dict[str, str]:
    """Return what a catalogue says for each sentence, but for what a translator has still to look at.

    Raises:
        GraderError: it is no valid catalogue.
    """
    try:
        with file.open("rb") as stream:
            messages = read_po(stream, abort_invalid=True)
    except (PoFileError, ValueError) as problem:
        raise GraderError(text("{file} cannot be read: {why}.", file=shown(file), why=str(problem))) from None
    return {str(each.id): str(each.string) for each in messages if each.id and not each.fuzzy}


def _tests_of(module: ModuleType) -> Iterator[str]:
    yield from (name for name, value in vars(module).items() if name.startswith("test_") and callable(value))


def _checks_of(module: ModuleType) -> Iterator[NamedCheck]:
    for name in _tests_of(module):
        function = getattr(module, name)
        rules = getattr(function, ATTRIBUTE, None)
        if isinstance(rules, Check):
            yield NamedCheck(name, " ".join((function.__doc__ or "").split()), rules)


def shown(path: Path) -> str:
    """Return a path as it is called in the repository."""
    return path.relative_to(kit.ROOT).as_posix()
