"""The command line: the only place that prints, and that knows exit codes.

``python -m grader PATH …`` grades; ``python -m grader verify`` proves lessons.

0 full marks · 1 points missing · 2 wrong usage · 3 could not grade.
"""

from __future__ import annotations

import importlib
import signal
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

import click

from grader.cli import grading
from grader.cli.common import INTERRUPTED, USAGE, complain
from grader.language import LANGUAGES, language, language_code
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.language import Language

COMMANDS = {
    "verify": "grader.cli.verifying",
}
"""The module of each command, read when it is asked for: the help of grading must not wait for it."""


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
    named = given[0] if given and given[0] in COMMANDS else None
    module = importlib.import_module(COMMANDS[named]) if named else grading
    program = " ".join(filter(None, ("python -m grader", named)))
    command: click.Command = module.command(speaker)
    return command.main(given[1:] if named else given, prog_name=program, standalone_mode=False)
