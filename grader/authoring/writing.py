"""A new lesson's files go into the kit: all of them, or none."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from grader.authoring.skeleton import File
from grader.errors import UsageError
from grader.text import text


def write(files: Sequence[File], root: Path) -> None:
    """Write files below a folder; folders of their own are made for them.

    They are written aside first and then moved to their places, so that what goes
    wrong leaves nothing behind.

    Raises:
        UsageError: one is there already, or cannot be written.
    """
    moved = sorted({_moved(file.path) for file in files})
    for each in moved:
        _require_place(root / each)
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as aside, contextlib.ExitStack() as undo:
            for file in files:
                written = Path(aside) / file.path
                written.parent.mkdir(parents=True, exist_ok=True)
                written.write_text(file.content, encoding="utf-8", newline="\n")
            for each in moved:
                undo.callback(_remove, root / each)
                (Path(aside) / each).rename(root / each)
            undo.pop_all()
    except OSError as problem:
        raise UsageError(
            text(
                "The lesson cannot be written: {path}: {why}. Nothing was changed.",
                path=str(problem.filename2 or problem.filename or root),
                why=problem.strerror or str(problem),
            )
        ) from None


def _moved(path: PurePosixPath) -> PurePosixPath:
    """Return what is moved into the kit for a file: its folder, if that bears the lesson's name, or the file itself."""
    return path if path.parent.name == "lessons" else path.parent


def _require_place(place: Path) -> None:
    """Refuse what is there already, and what is no copy of the kit that lessons are added to.

    A student's copy has no solutions.
    """
    if place.exists() or place.is_symlink():
        raise UsageError(text("{path} is there already. Choose another name, or take it away first.", path=str(place)))
    if not place.parent.is_dir():
        raise UsageError(
            text("There is no folder {path}. Lessons are added to a whole copy of the kit.", path=str(place.parent))
        )


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
