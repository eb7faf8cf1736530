"""Where the kit keeps its lessons.

A lesson is the set of files that bear its name: its page and stub under
``exercises/4_2``, its solution, its checks ``tests/lessons/test_4_2.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.submission import lessons_named_by
from grader.text import text

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson, by where its files are."""

    name: str
    """Such as ``4_2``."""
    checks: Path

    @property
    def stub(self) -> Path:
        """The stub that students fill."""
        return ROOT / "exercises" / self.name / f"lesson_{self.name}.py"

    @property
    def solution(self) -> Path:
        """The reference solution (absent from a student's copy of the kit)."""
        return ROOT / "solutions" / self.name / f"lesson_{self.name}.py"

    @property
    def zoo(self) -> Path:
        """Submissions whose score is known."""
        return ROOT / "tests" / "submissions" / self.name


def lessons() -> dict[str, Lesson]:
    """Return every lesson of the kit, by name, in order."""
    files = sorted((ROOT / "tests" / "lessons").glob("test_*.py"))
    names = [file.stem.removeprefix("test_") for file in files]
    return {name: Lesson(name, file) for name, file in zip(names, files, strict=True)}


def find_lesson(path: Path, chosen: str | None) -> Lesson:
    """Return the lesson that a submission answers: the one chosen, else the one its path names.

    Raises:
        UsageError: there is no such lesson, or the path names none.
    """
    known = lessons()
    if not known:
        raise UsageError(text("No lessons are here ({path}). Run the grader from a copy of the kit.", path=str(ROOT)))
    names = ", ".join(known)
    if chosen is not None:
        return lesson_named(chosen)
    for part in (path.stem, path.resolve().parent.name):
        meant = [name if name in known else name.rsplit("_", 1)[0] for name in lessons_named_by(part)]
        found = list(dict.fromkeys(name for name in meant if name in known))
        if len(found) > 1:
            raise UsageError(
                text(
                    "{path} may answer any of: {names}. Say which: add --lesson {first}, for example.",
                    path=str(path),
                    names=", ".join(found),
                    first=found[0],
                )
            )
        if found:
            return known[found[0]]
    raise UsageError(
        text(
            "Which lesson does {path} answer? Its name does not say; add --lesson with one of: {names}.",
            path=str(path),
            names=names,
        )
    )


def lesson_named(name: str) -> Lesson:
    """Return the lesson of a name, such as ``4_2``, ``4-2`` or ``4.2``.

    Raises:
        UsageError: there is none.
    """
    known = lessons()
    wanted = name.replace("-", "_").replace(".", "_").lower()
    if wanted not in known:
        raise UsageError(text("There is no lesson {name}. There are: {names}.", name=name, names=", ".join(known)))
    return known[wanted]
