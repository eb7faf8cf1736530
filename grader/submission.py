"""Intake: a path becomes a :class:`Submission`, its source read but not run.

This is the only place where a student's file is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from grader.errors import UsageError
from grader.notebook import BadNotebook, cells_of, transformed
from grader.text import Text, literal, text

MAX_BYTES = 10 * 2**20
"""A lesson's answer is a few kilobytes; a notebook with pictures, a few megabytes."""
SUFFIXES = (".py", ".ipynb")
LESSON_IN_NAME = re.compile(r"(?<![0-9])(?=([0-9])[-_. ]([0-9])(?![0-9])(?:[-_. ](cell|layer))?)", re.IGNORECASE)
"""A look-ahead, so that ``homework_2_4_1`` speaks of 2_4 and of 4_1."""
CALL = re.compile(r"\b([^\W\d]\w*)\s*\(")


class Kind(Enum):
    """What kind of file a submission is."""

    SCRIPT = "script"
    NOTEBOOK = "notebook"


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of source: a whole script, or one cell of a notebook."""

    label: str
    """The name Python gives it in a traceback."""
    name: Text
    """What the student calls it."""
    source: str
    """What is run."""
    shown: str = ""
    """What the student wrote, where that is not the same (magics)."""

    def line(self, number: int) -> str | None:
        """Return a line as the student wrote it."""
        lines = (self.shown or self.source).split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else None


@dataclass(frozen=True, slots=True)
class Submission:
    """A student's answer: source text, and nothing that runs."""

    name: str
    """File name, for the report."""
    kind: Kind
    cells: tuple[Cell, ...]
    digest: str
    problem: Text | None = None
    """Why the file cannot be read as Python, where it cannot."""

    def place_name(self, label: str) -> Text:
        """Return what the student calls a piece of source."""
        cell = self.cell(label)
        return cell.name if cell else literal(label)

    def cell(self, label: str) -> Cell | None:
        """Return the piece of source of that label."""
        return next((cell for cell in self.cells if cell.label == label), None)

    def called_in(self, function: str) -> tuple[str, ...]:
        """Return the names that are called in a function of the source, each once.

        The text is searched and not parsed: Python's parser is not safe from a hostile source.
        """
        body = re.compile(rf"^def {re.escape(function)}\b.*?(?=^[^\s)#]|\Z)", re.MULTILINE | re.DOTALL)
        bodies = [found.group() for cell in self.cells for found in body.finditer(cell.source)]
        return tuple(dict.fromkeys(name for each in bodies[-1:] for name in CALL.findall(each)))


def find_file(path: Path) -> Path:
    """Return the one submission that ``path`` means.

    Raises:
        UsageError: there is none, or more than one.
    """
    if not _exists(path):
        raise UsageError(
            text("{path} does not exist. Name a lesson folder, a .py file or an .ipynb file.", path=str(path))
        )
    if path.is_dir():
        return _only_file_in(path)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(text("{path} is no .py file and no .ipynb file.", path=str(path)))
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _only_file_in(folder: Path) -> Path:
    try:
        files = sorted(entry for entry in folder.iterdir() if _is_candidate(entry))
    except OSError as problem:
        raise UsageError(
            text("{path} cannot be opened: {why}.", path=str(folder), why=problem.strerror or str(problem))
        ) from None
    if not files:
        raise UsageError(text("There is no .py file and no .ipynb file in {path}.", path=str(folder)))
    if len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise UsageError(
            text("{path} holds several files ({names}). Name the one to grade.", path=str(folder), names=names)
        )
    return files[0]


def _is_candidate(entry: Path) -> bool:
    return entry.suffix.lower() in SUFFIXES and entry.is_file() and not entry.name.startswith((".", "_"))


def lessons_named_by(name: str) -> list[str]:
    """Return the lessons that the name of a file or folder may speak of, such as ``4_2``."""
    return ["_".join(group.lower() for group in found.groups() if group) for found in LESSON_IN_NAME.finditer(name)]


def read_submission(path: Path) -> Submission:
    """Read the file at ``path``; what is wrong with it becomes its ``problem``."""
    raw, problem = _read_bytes(path)
    return submission_of(path.name, raw, problem)


def submission_of(name: str, raw: bytes, problem: Text | None = None) -> Submission:
    """Return the submission that a file of this name and content is, ``problem`` if it could not be read."""
    kind = Kind.NOTEBOOK if name.lower().endswith(".ipynb") else Kind.SCRIPT
    digest = hashlib.sha256(raw).hexdigest()
    if problem is None:
        source, problem = _decode(raw)
    if problem is not None:
        return Submission(name, kind, (), digest, problem)
    try:
        cells = _notebook(source) if kind is Kind.NOTEBOOK else _script(name, source)
    except BadNotebook as bad:
        return Submission(name, kind, (), digest, bad.reason)
    return Submission(name, kind, cells, digest, None if cells else _empty(kind))


def _empty(kind: Kind) -> Text:
    if kind is Kind.NOTEBOOK:
        return text("The notebook has no code cell. Did you save it after writing your code?")
    return text("The file is empty. Did you save it after writing your code?")


def _read_bytes(path: Path) -> tuple[bytes, Text | None]:
    """Read a regular file, not through a link, and no more of it than allowed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        return b"", text("The file is a link to somewhere else. Hand in the file itself.")
    try:
        descriptor = os.open(path, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return b"", text("This is no regular file.")
        with os.fdopen(descriptor, "rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as problem:  # taken away meanwhile, a disk that cannot be read
        return b"", text("The file cannot be opened: {why}.", why=problem.strerror or str(problem))
    if len(raw) > MAX_BYTES:
        return raw, text(
            "The file is larger than {limit} MB. Clear a notebook's outputs, and keep data and models out of it.",
            limit=MAX_BYTES // 2**20,
        )
    return raw, None


def _decode(raw: bytes) -> tuple[str, Text | None]:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or Korean Windows's CP949."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp949"]
    if b"\0" in raw and encodings != ["utf-16"]:
        return "", text("The file holds binary data, not Python source.")
    for encoding in encodings:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), None
        except UnicodeDecodeError:
            continue
    return "", text("The file is text in no encoding that we know. Save it as UTF-8.")


def _script(name: str, source: str) -> tuple[Cell, ...]:
    if not source.strip():
        return ()
    return (Cell(name, literal(name), transformed(source), source),)


def _notebook(source: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"<cell {number}>", text("cell {number}", number=number), transformed(code), code)
        for number, code in cells_of(source)
    )
