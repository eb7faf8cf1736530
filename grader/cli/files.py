"""Files that the commands write: whole, or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from grader.cli.common import spoken_os_errors
from grader.text import text


def require_writable(path: Path) -> None:
    """Find out, before any work is done for it, that a file can be written; leave no trace.

    Raises:
        UsageError: it cannot.
    """
    with spoken_os_errors(path):
        target = path.resolve()
        if target.exists():
            target.open("ab").close()
        if _is_replaceable(target):
            beside = _beside(target)
            beside.touch()
            beside.unlink()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that nobody ever finds half of it, whatever happens meanwhile.

    Raises:
        GraderError: it cannot be written; whatever was there before still is.
    """
    from grader.errors import GraderError  # noqa: PLC0415 - the help must not wait for it

    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        target = path.resolve()
        if _is_replaceable(target):
            _replace(target, raw)
        else:
            target.write_bytes(raw)
    except OSError as problem:
        raise GraderError(
            text("{path} cannot be written: {why}.", path=str(path), why=problem.strerror or str(problem))
        ) from None


def _is_replaceable(target: Path) -> bool:
    """Tell a file, or none yet, from a pipe and ``/dev/null``."""
    return target.is_file() or not target.exists()


def _beside(target: Path) -> Path:
    return target.with_name(f".grader-{secrets.token_hex(8)}")


def _replace(target: Path, raw: bytes) -> None:
    beside = _beside(target)
    try:
        beside.write_bytes(raw)
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except BaseException:  # Ctrl-C, too
        beside.unlink(missing_ok=True)
        raise
