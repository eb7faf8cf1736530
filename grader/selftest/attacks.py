"""Hostile submissions, each of which says what it tries and what must come of it.

``tests/attacks/4_1/NAME.py`` (or ``.ipynb``, or a folder whose other files are
planted beside the submission) attacks lesson 4_1. Its first lines state::

    tries: Exits with code 0 while it is imported.
    ko: 불러오는 동안 종료 코드 0으로 끝냅니다.
    expect: 0/8                (the score that it must get, exactly)
    stopped: A+ A B C D        (the levels of isolation at which it is stopped)
    timeout: 3                 (optional: seconds that each of its calls may take)
    worker: fresh              (optional: the kind of worker that it attacks)

An attacker who knows where things are is the stronger one: the marks of
:data:`MARKS` in a submission are replaced by the places of the present machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grader.kit import ROOT
from grader.submission import SUFFIXES
from grader.workers import Mode

FOLDER = ROOT / "tests" / "attacks"
LEVELS = ("A+", "A", "B", "C", "D")
"""Of isolation, the strongest first."""
HEADER = re.compile(r"^[\s#\"]*(tries|ko|expect|stopped|timeout|worker): ([^\n\\\"]+)", re.MULTILINE)
MARKS = ("KIT", "HOME", "OUTSIDE", "OTHERS", "PARENT", "PORT", "NAME")
"""``@KIT@`` is this kit's folder, ``@HOME@`` a home folder, ``@OUTSIDE@`` a folder that others may write to,
``@OTHERS@`` one with another student's answer, ``@PARENT@`` the grader's process, ``@PORT@`` a server on this machine,
``@NAME@`` a name for whatever the attack leaves behind."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A hostile submission, and what must come of it."""

    lesson: str
    name: str
    file: Path
    tries: str
    """What it tries, in English."""
    tries_ko: str
    """The same in Korean."""
    score: int
    max_score: int
    stopped: tuple[str, ...]
    """The levels at which it is stopped."""
    timeout_s: float = 20.0
    worker: Mode | None = None
    """The kind of worker that it attacks; None for whatever this system has."""

    @property
    def id(self) -> str:
        """Lesson and name."""
        return f"{self.lesson}/{self.name}"

    def says(self, language: str) -> str:
        """Return what it tries, in a language."""
        return self.tries_ko if language == "ko" else self.tries


def attacks() -> list[Attack]:
    """Return every attack of the kit."""
    return [read(entry) for lesson in sorted(FOLDER.glob("[0-9]_[0-9]*")) for entry in sorted(lesson.iterdir())]


def read(entry: Path) -> Attack:
    """Read what an attack states.

    Raises:
        ValueError: a line is missing.
    """
    file = entry / f"lesson_{entry.parent.name}.py" if entry.is_dir() else entry
    header = entry / "attack.txt" if entry.is_dir() else entry
    stated = dict(HEADER.findall(header.read_text("utf-8")[:3000]))
    missing = {"tries", "ko", "expect", "stopped"} - stated.keys()
    if missing or (not entry.is_dir() and file.suffix not in SUFFIXES):
        raise ValueError(f"{entry} does not state: {', '.join(sorted(missing))}")
    score, _, most = stated["expect"].strip().partition("/")
    return Attack(
        lesson=entry.parent.name,
        name=entry.stem,
        file=file,
        tries=stated["tries"].strip(),
        tries_ko=stated["ko"].strip(),
        score=int(score),
        max_score=int(most),
        stopped=tuple(stated["stopped"].split()),
        timeout_s=float(stated.get("timeout", 20.0)),
        worker=Mode(stated["worker"].strip()) if "worker" in stated else None,
    )
