"""``python -m grader verify [LESSON …]``: prove lessons."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.common import BROKEN, SETTINGS, USAGE, complain, help_option, lang_option, spoken_os_errors
from grader.language import language, language_code
from grader.text import text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from grader.language import Language
    from grader.verify.proof import Proof


def command(speaker: Language) -> click.Command:
    """Return the command, its help in the speaker's language."""
    say = speaker.say
    return click.Command(
        "verify",
        callback=_run,
        help=say(
            text(
                "Prove lessons: the stub earns nothing, the solution everything, every mutant of the solution loses "
                "points at the task it breaks, every equivalent rewriting keeps them all."
            )
        ),
        epilog=say(text("Exit codes: 0 proved, 1 something falls short, 2 wrong usage, 3 could not grade.")),
        context_settings=SETTINGS,
        add_help_option=False,
        params=[
            click.Argument(["names"], nargs=-1),
            click.Option(["--jobs"], type=click.IntRange(min=1), help=say(text("So many processes; else one a core."))),
            click.Option(
                ["--output"],
                type=click.Path(path_type=Path),
                help=say(text("Keep every trial in this file, as JSON.")),
            ),
            lang_option(say),
            help_option(say),
        ],
    )


def _run(names: tuple[str, ...], jobs: int | None, output: Path | None, lang: str | None) -> int:
    from grader.errors import GraderError, UsageError  # noqa: PLC0415 - the help must not wait for them
    from grader.verify.pages import as_json, as_text  # noqa: PLC0415

    speaker = language(language_code(lang))
    try:
        proofs = _prove(names, jobs, speaker)
        if output is not None:
            with spoken_os_errors(output):
                output.write_text(as_json(proofs), encoding="utf-8")
    except UsageError as problem:
        complain(problem.message, speaker)
        return USAGE
    except GraderError as problem:
        complain(problem.message, speaker)
        return BROKEN
    click.echo(as_text(proofs, speaker), nl=False)
    return int(any(proof.shortfalls for proof in proofs))


def _prove(names: tuple[str, ...], jobs: int | None, speaker: Language) -> list[Proof]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from grader.kit import lesson_named, lessons  # noqa: PLC0415
    from grader.verify.proof import default_jobs, prove  # noqa: PLC0415

    chosen = [lesson_named(name) for name in names] or list(lessons().values())
    proofs = []
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        for lesson in chosen:
            bar = progress.add_task(lesson.name, total=None)
            proofs.append(prove(lesson, jobs or default_jobs(), functools.partial(_show, progress, bar)))
    return proofs


def _show(progress: Progress, bar: TaskID, done: int, of: int) -> None:
    progress.update(bar, completed=done, total=of)
