"""``python -m grader selftest``: hostile submissions, graded on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.common import BROKEN, SETTINGS, USAGE, complain, help_option, lang_option, show
from grader.cli.files import require_writable, write_whole
from grader.language import language, language_code
from grader.text import text

if TYPE_CHECKING:
    from grader.isolation import Level
    from grader.language import Language
    from grader.selftest.trial import Result

LEVELS = ("A+", "A", "B", "C", "D")


def command(speaker: Language) -> click.Command:
    """Return the command, its help in the speaker's language."""
    say = speaker.say
    return click.Command(
        "selftest",
        callback=_run,
        help=say(
            text(
                "Grade hostile submissions on this machine, and name those that it does not stop. They reach only for "
                "what is made for them in a temporary folder."
            )
        ),
        epilog=say(
            text(
                "Exit codes: 0 every attack is stopped that the level promises to stop, 1 one survives, "
                "2 wrong usage, 3 could not run."
            )
        ),
        context_settings=SETTINGS,
        add_help_option=False,
        params=[
            click.Option(
                ["--level"],
                type=click.Choice(LEVELS),
                help=say(text("The level of isolation to test; else the strongest that this machine has.")),
            ),
            click.Option(["--jobs"], type=click.IntRange(min=1), help=say(text("So many processes; else one a core."))),
            click.Option(
                ["--output"],
                type=click.Path(path_type=Path),
                help=say(text("Keep every result in this file, as JSON.")),
            ),
            lang_option(say),
            help_option(say),
        ],
    )


def _run(level: str | None, jobs: int | None, output: Path | None, lang: str | None) -> int:
    from grader.errors import GraderError, UsageError  # noqa: PLC0415 - the help must not wait for them
    from grader.selftest.pages import as_json, as_text, survivors  # noqa: PLC0415

    speaker = language(language_code(lang))
    try:
        if output is not None:
            require_writable(output)
        in_force = _level(level)
        results = _results(in_force, jobs or os.cpu_count() or 1)
        if output is not None:
            write_whole(output, as_json(results, in_force, speaker))
    except UsageError as problem:
        complain(problem.message, speaker)
        return USAGE
    except GraderError as problem:
        complain(problem.message, speaker)
        return BROKEN
    show(as_text(results, in_force, speaker))
    return int(bool(survivors(results, in_force)))


def _level(chosen: str | None) -> Level:
    """Return the level to test.

    Raises:
        GraderError: this machine does not reach the one that was chosen.
    """
    from grader.errors import GraderError  # noqa: PLC0415
    from grader.isolation import Level  # noqa: PLC0415
    from grader.workers import probe  # noqa: PLC0415

    wanted = Level(chosen or "A+")
    found = probe(at_most=wanted)
    if chosen is not None and found is not wanted:
        raise GraderError(
            text("This machine reaches isolation level {level} only, not {wanted}.", level=str(found), wanted=chosen)
        )
    return found


def _results(level: Level, jobs: int) -> list[Result]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from grader.selftest.attacks import attacks  # noqa: PLC0415
    from grader.selftest.run import results  # noqa: PLC0415

    chosen = attacks()
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        return list(progress.track(results(chosen, level, jobs), total=len(chosen), description=str(level)))
