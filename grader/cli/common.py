"""What the commands have in common: exit codes, options, complaints."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from grader.language import LANGUAGES, Language
from grader.text import Text, text

USAGE, BROKEN, INTERRUPTED = 2, 3, 130
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
        click.echo(context.get_help())
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


def complain(message: Text, speaker: Language) -> None:
    """Say one sentence on standard error."""
    click.echo(f"grader: {speaker.say(message)}", err=True)
