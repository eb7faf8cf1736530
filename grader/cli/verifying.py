"""``python -m grader verify [LESSON …]``: prove lessons."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.common import BROKEN, SETTINGS, USAGE, complain, help_option, lang_option, show
from grader.cli.files import require_writable, write_whole
from grader.language import language, language_code
from grader.text import text

if TYPE_CHECKING:
    from grader.language import Language
    from grader.verify.pages import Page
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
                multiple=True,
                help=say(text("Keep the proof in this file: .html, .json, .md or .txt; may be given several times.")),
            ),
            lang_option(say),
            help_option(say),
        ],
    )


def _run(names: tuple[str, ...], jobs: int | None, output: tuple[Path, ...], lang: str | None) -> int:
    from grader.errors import GraderError, UsageError  # noqa: PLC0415 - the help must not wait for them
    from grader.verify.pages import as_text  # noqa: PLC0415

    speaker = language(language_code(lang))
    try:
        pages = [(path, _page(path)) for path in output]
        proofs = _prove(names, jobs, speaker)
        for path, page in pages:
            write_whole(path, page(proofs, speaker))
    except UsageError as problem:
        complain(problem.message, speaker)
        return USAGE
    except GraderError as problem:
        complain(problem.message, speaker)
        return BROKEN
    show(as_text(proofs, speaker))
    return int(not all(proof.holds for proof in proofs))


def _page(path: Path) -> Page:
    """Return how a file is written; find out before any work is done that it can be."""
    from grader.errors import UsageError  # noqa: PLC0415
    from grader.verify.pages import PAGES  # noqa: PLC0415

    if path.suffix not in PAGES:
        raise UsageError(text("{path}: name a file that ends in one of {ends}.", path=str(path), ends=", ".join(PAGES)))
    require_writable(path)
    return PAGES[path.suffix]


def _prove(names: tuple[str, ...], jobs: int | None, speaker: Language) -> list[Proof]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from grader.kit import lesson_named, lessons  # noqa: PLC0415
    from grader.verify.proof import Prover, default_jobs, proof_of  # noqa: PLC0415

    chosen = [lesson_named(name) for name in names] or list(lessons().values())
    proofs = []
    with (
        Progress(console=Console(file=sys.stderr), transient=True) as progress,
        Prover(chosen, jobs or default_jobs()) as prover,
    ):
        for each in prover.plans(chosen):
            bar = progress.add_task(each.lesson.name, total=each.size)
            proofs.append(proof_of(each, list(progress.track(prover.results(each), task_id=bar))))
    return proofs
