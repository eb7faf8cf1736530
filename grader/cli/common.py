"""What the commands have in common: exit codes, options, complaints."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from grader.language import LANGUAGES, Language
from grader.text import Text, text

USAGE, BROKEN, INTERRUPTED, PIPE_CLOSED = 2, 3, 130, 141
"""Beside 0 and 1. The last two are what a shell says of a program that such a signal ended (128 and the signal)."""
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}
"""Of a click context."""


def lang_option(say: Callable[[Text], str]) -> click.Option:
    """Return the option that chooses the language."""
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(text("Language; else that of the system.")))


def help_option(say: Callable[[Text], str]) -> click.Option:
    """Return the option that shows a command's page."""
    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help=say(text("Show this page.")),
    )


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        show(context.get_help() + "\n")
        context.exit()


@contextlib.contextmanager
def spoken_os_errors(path: Path) -> Iterator[None]:
    """Turn a file that cannot be opened into wrong usage."""
    from grader.errors import UsageError  # noqa: PLC0415

    try:
        yield
    except OSError as problem:
        raise UsageError(
            text("{path} cannot be opened: {why}.", path=str(path), why=problem.strerror or str(problem))
        ) from None


def terminal_width() -> int:
    """Return how many columns a page for the terminal may take."""
    return max(60, min(shutil.get_terminal_size((80, 24)).columns, 110))


def is_colored() -> bool:
    """Tell whether a page for the terminal may have colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


@contextlib.contextmanager
def waiting(message: Text, speaker: Language) -> Iterator[None]:
    """Show on a terminal what the user waits for, while it lasts."""
    from rich.console import Console  # noqa: PLC0415

    with Console(file=sys.stderr).status(speaker.say(message)):
        yield


class OutputLost(Exception):
    """Standard output takes no more: its reader is gone, its disk full."""

    def __init__(self, problem: OSError) -> None:
        super().__init__(str(problem))
        self.problem = problem


def show(page: str) -> None:
    """Write to standard output.

    Raises:
        OutputLost: it takes no more.
    """
    try:
        click.echo(page, nl=False)
    except OSError as problem:
        raise OutputLost(problem) from None


def complain(message: Text, speaker: Language) -> None:
    """Say one sentence on standard error, if anybody listens."""
    with contextlib.suppress(OSError):
        click.echo(f"grader: {speaker.say(message)}", err=True)
