"""The command line: the only place that prints, and that knows exit codes.

``python -m grader PATH …`` grades; ``python -m grader hint`` helps on; ``python -m grader verify`` proves lessons.

0 full marks · 1 points missing · 2 wrong usage · 3 could not grade.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

import click

from grader.cli import grading, streams
from grader.cli.common import BROKEN, INTERRUPTED, PIPE_CLOSED, USAGE, OutputLost, complain
from grader.cli.stopping import stoppable
from grader.language import LANGUAGES, language, language_code
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.language import Language


@dataclass(frozen=True, slots=True)
class Named:
    """A command that is asked for by its name."""

    module: str
    """Imported when it is asked for: the help of grading must not wait for it."""
    what: Text
    """What it does, in a few words."""


COMMANDS = {
    "hint": Named("grader.cli.hinting", text("one more hint for a lesson")),
    "new": Named("grader.cli.authoring", text("begin a lesson of your own")),
    "selftest": Named("grader.cli.selftesting", text("try hostile submissions on this machine")),
    "verify": Named("grader.cli.verifying", text("prove lessons: does each mistake cost points, and nothing else?")),
}


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    streams.make_usable()
    # A library's remark on itself is nobody's business here, whatever PYTHONWARNINGS says.
    warnings.simplefilter("ignore")
    given = sys.argv[1:] if arguments is None else arguments
    with stoppable():
        sys.exit(_exit_code(given, language(language_code(_language_in(given)))))


def _exit_code(given: list[str], speaker: Language) -> int:
    """Run the command line; turn whatever ends it into an exit code and at most one sentence."""
    refusal = _problem_of_surroundings()
    if refusal is not None:
        complain(refusal, speaker)
        return USAGE
    try:
        return _command(given, speaker)
    except click.ClickException as problem:
        complain(_usage_text(problem), speaker)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        complain(text("Stopped."), speaker)
        return INTERRUPTED
    except OutputLost as lost:
        streams.discard_output()
        if isinstance(lost.problem, BrokenPipeError):  # nobody reads on, as after ``| head``
            return PIPE_CLOSED
        why = lost.problem.strerror or str(lost.problem)
        complain(text("The report cannot be written: {why}.", why=why), speaker)
        return BROKEN


def _problem_of_surroundings() -> Text | None:
    """Say why results would be wrong here, or have no place."""
    if sys.flags.optimize:
        return text("Checks need Python's assertions: run it without -O, and without PYTHONOPTIMIZE.")
    try:
        os.stat(os.getcwd())
    except OSError:
        return text("The folder that you are in does not exist any more. Change to another one.")
    return None


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


def _command(given: list[str], speaker: Language) -> int:
    """Run the command that the first word names; without one, grade."""
    named = given[0] if given and given[0] in COMMANDS else None
    module = importlib.import_module(COMMANDS[named].module) if named else grading
    program = " ".join(filter(None, ("python -m grader", named)))
    command: click.Command = module.command(speaker)
    if not named:
        command.epilog = f"{_list_of_commands(speaker)}\n\n{command.epilog}"
    try:
        with command.make_context(program, given[1:] if named else list(given)) as context:
            code: int = command.invoke(context)
    except click.exceptions.Exit as ended:  # of --help
        return ended.exit_code
    return code


def _list_of_commands(speaker: Language) -> str:
    lines = [f"  {name:10}{speaker.say(command.what)}" for name, command in COMMANDS.items()]
    head = speaker.say(text("Other commands, each with a page of its own (--help):"))
    return "\n".join(["\b", head, *lines])
