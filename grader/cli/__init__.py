"""The command line: the only place that prints, and that knows exit codes.

``python -m grader PATH …`` grades; ``python -m grader verify`` proves lessons.

0 full marks · 1 points missing · 2 wrong usage · 3 could not grade.
"""

from __future__ import annotations

import signal
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

import click

from grader.cli.common import INTERRUPTED, USAGE, complain
from grader.language import LANGUAGES, language, language_code
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.language import Language


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # A polite kill cleans up as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    given = sys.argv[1:] if arguments is None else arguments
    speaker = language(language_code(_language_in(given)))
    try:
        code = _command(given, speaker)
    except click.ClickException as problem:
        complain(_usage_text(problem), speaker)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        complain(text("Stopped."), speaker)
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


def _language_in(arguments: list[str]) -> str | None:
    """Find ``--lang`` before the options are parsed: the help itself is in that language."""
    words = [word for argument in arguments for word in argument.split("=", 1)]
    after = dict(pairwise(words)).get("--lang")
    return after if after in LANGUAGES else None


def _usage_text(problem: click.ClickException) -> Text:
    """Say what is wrong with a command line."""
    match problem:
        case click.NoSuchOption():
            return text("There is no option {name}. See: python -m grader --help", name=problem.option_name)
        case click.MissingParameter():
            return text("Name what to grade: a lesson folder, a .py file or an .ipynb file.")
        case click.BadParameter(param=click.Parameter() as parameter):
            return text(
                "{name} takes another value: {choices}.",
                name=parameter.opts[0],
                choices=", ".join(getattr(parameter.type, "choices", None) or ["a number"]),
            )
    return text("{problem} See: python -m grader --help", problem=problem.format_message())


def _command(given: list[str], speaker: Language) -> object:
    """Run the command that the first word names; without one, grade."""
    if given[:1] == ["verify"]:
        from grader.cli import verifying  # noqa: PLC0415 - the help of grading must not wait for it

        return verifying.command(speaker).main(given[1:], prog_name="python -m grader verify", standalone_mode=False)
    from grader.cli import grading  # noqa: PLC0415

    return grading.command(speaker).main(given, prog_name="python -m grader", standalone_mode=False)
