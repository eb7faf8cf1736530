"""The folder that a submission runs in: its data files, and whatever it leaves there."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.errors import GraderError
from grader.text import text

MAX_SCRATCH_BYTES = 256 * 2**20
MAX_SCRATCH_FILES = 10_000
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Scratch:
    """A folder of its own for one child, gone when it is removed, at the latest when Python ends."""

    def __init__(self) -> None:
        with _spoken_os_errors():
            self.path = tempfile.mkdtemp(prefix="submission-")
        self._remove = weakref.finalize(self, remove_tree, self.path)

    def fill(self, files: Mapping[str, bytes]) -> None:
        """Write the files that a lesson puts there.

        Raises:
            GraderError: that cannot be done.
        """
        with _spoken_os_errors():
            for name, content in files.items():
                (Path(self.path) / name).write_bytes(content)

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        self._remove()


@contextlib.contextmanager
def _spoken_os_errors() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise GraderError(
            text(
                "The folder that a submission runs in cannot be made: {why}. Make room in the folder for temporary "
                "files, or name another one in the environment variable TMPDIR.",
                why=problem.strerror or str(problem),
            )
        ) from None


def temporary_folder() -> str:
    """Return the folder for temporary files.

    Raises:
        GraderError: there is none that can be written to.
    """
    with _spoken_os_errors():
        return tempfile.gettempdir()


def bytes_used(path: str) -> int:
    """Return the bytes on the disk that a folder's contents take; more than allowed if they are too many to count."""
    total, files = 0.0, 0
    waiting = [path]
    while waiting:
        try:
            entries = _entries_of(waiting.pop())
        except FileNotFoundError:  # removed meanwhile
            continue
        except OSError:  # nested deeper than a path is long, or not to be entered
            return MAX_SCRATCH_BYTES + 1
        files += len(entries)
        if files > MAX_SCRATCH_FILES:
            return MAX_SCRATCH_BYTES + 1
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                found = entry.stat(follow_symlinks=False)
                # Windows does not say what a file takes, only how long it is.
                total += getattr(found, "st_blocks", found.st_size / 512) * 512
        waiting += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    return int(total)


def _entries_of(path: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder, as far as it may be looked at: a few more than allowed at most."""
    with os.scandir(path) as found:
        return list(itertools.islice(found, MAX_SCRATCH_FILES + 1))


def remove_tree(path: str) -> None:
    """Remove a folder and all that is in it, as far as this user can.

    A submission may leave folders that are nested deeper than any path is long
    (or :func:`shutil.rmtree` recurses), and folders that nobody may enter.
    """
    if os.rename not in os.supports_dir_fd:
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        if stat.S_ISDIR(os.lstat(path).st_mode):  # chmod would follow a link
            os.chmod(path, 0o700)
        folder = os.open(path, FOLDER)
        try:
            _empty(folder)
        finally:
            os.close(folder)
        os.rmdir(path)


def _empty(folder: int) -> None:
    """Empty a folder: folders in its folders are moved up into it, until none holds any."""
    # No name that a submission could have thought of.
    names = (f"{secrets.token_hex(8)}-{number}" for number in itertools.count())
    stuck: set[str] = set()
    while entries := [entry for entry in _entries(folder) if entry.name not in stuck]:
        for entry in entries:
            try:
                _remove(entry, folder, names)
            except OSError:
                stuck.add(entry.name)


def _remove(entry: os.DirEntry[str], folder: int, names: Iterator[str]) -> None:
    """Remove a file, or a folder once the folders in it have moved up."""
    if not entry.is_dir(follow_symlinks=False):
        os.unlink(entry.name, dir_fd=folder)
        return
    os.chmod(entry.name, 0o700, dir_fd=folder)
    inner = os.open(entry.name, FOLDER, dir_fd=folder)
    try:
        for each in _entries(inner):
            if each.is_dir(follow_symlinks=False):
                os.chmod(each.name, 0o700, dir_fd=inner)  # whoever moves a folder must be allowed to write into it
                os.rename(each.name, next(names), src_dir_fd=inner, dst_dir_fd=folder)
            else:
                os.unlink(each.name, dir_fd=inner)
    finally:
        os.close(inner)
    os.rmdir(entry.name, dir_fd=folder)


def _entries(folder: int) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return list(found)
