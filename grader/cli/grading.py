"""``python -m grader PATH …``: grade submissions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.common import (
    BROKEN,
    SETTINGS,
    USAGE,
    complain,
    help_option,
    is_colored,
    lang_option,
    show,
    spoken_os_errors,
    terminal_width,
)
from grader.cli.files import require_writable, write_whole
from grader.language import language, language_code
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.language import Language
    from grader.pipeline import Assignment, Options
    from grader.report import Report
    from grader.workers import Mode

FORMATS = ("terminal", "json")
WORKERS = ("auto", "fork", "fresh")
ISOLATION = ("A+", "A", "B", "C", "D")


def command(speaker: Language) -> click.Command:
    """Return the command, its help in the speaker's language."""
    say = speaker.say
    return click.Command(
        "grader",
        callback=_run,
        help=say(text("Grade submissions: lesson folders, .py files or .ipynb files.")),
        epilog=say(
            text(
                "Exit codes: 0 full marks, 1 points missing, 2 wrong usage, 3 could not grade; of several "
                "submissions, the highest."
            )
        ),
        context_settings=SETTINGS,
        add_help_option=False,
        params=[*_what(), *_options_of_running(speaker.say), *_options_of_report(speaker.say)],
    )


def _what() -> list[click.Parameter]:
    """What to grade."""
    return [
        click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path)),
    ]


def _options_of_running(say: Callable[[Text], str]) -> list[click.Parameter]:
    """How to run submissions."""
    return [
        click.Option(
            ["--lesson"], metavar="NAME", help=say(text("The lesson, if the path does not say it, such as 4_2."))
        ),
        click.Option(
            ["--timeout"],
            type=click.FloatRange(min=0.1),
            default=20.0,
            metavar="SECONDS",
            help=say(text("Deadline for each call of the submission (20).")),
        ),
        click.Option(
            ["--worker"],
            type=click.Choice(WORKERS),
            default="auto",
            help=say(text("How submissions are run: forked from one process, or each in a fresh one.")),
        ),
        click.Option(
            ["--require-isolation"],
            type=click.Choice(ISOLATION),
            default="D",
            metavar="LEVEL",
            help=say(text("Grade nothing unless submissions are shut in at least so: A+, A, B, C or D.")),
        ),
        click.Option(
            ["--record"],
            type=click.Path(path_type=Path),
            help=say(text("Keep what one submission answered in this file.")),
        ),
        click.Option(
            ["--replay"],
            type=click.Path(path_type=Path),
            help=say(text("Report from such a file, and run nothing.")),
        ),
        click.Option(
            ["--seed"], type=click.IntRange(min=0), help=say(text("Repeat a run with the same random challenges."))
        ),
    ]


def _options_of_report(say: Callable[[Text], str]) -> list[click.Parameter]:
    """How to write the report, and the help."""
    return [
        lang_option(say),
        click.Option(
            ["--format", "format_"],
            type=click.Choice(FORMATS),
            default="terminal",
            help=say(text("How to write the report.")),
        ),
        click.Option(
            ["--output"], type=click.Path(path_type=Path), help=say(text("Write the report to this file instead."))
        ),
        help_option(say),
    ]


def _run(paths: tuple[Path, ...], lang: str | None, format_: str, output: Path | None, **given: Any) -> int:
    from grader.errors import GraderError, UsageError  # noqa: PLC0415 - the help must not wait for them
    from grader.isolation import Level  # noqa: PLC0415
    from grader.pipeline import Options, take_in  # noqa: PLC0415

    code = language_code(lang)
    options = Options(
        lesson=given["lesson"],
        timeout_s=given["timeout"],
        seed=given["seed"],
        at_least=Level(given["require_isolation"]),
    )
    try:
        assignments = [take_in(path, options) for path in paths]
        with _Writer(code, format_, output, many=len(paths) > 1) as writer:
            if given["record"] or given["replay"]:
                return _grade_on_record(assignments, options, writer, given)
            return _grade_all(assignments, options, _mode(given["worker"]), writer)
    except UsageError as problem:
        complain(problem.message, language(code))
        return USAGE
    except GraderError as problem:
        complain(problem.message, language(code))
        return BROKEN


def _mode(choice: str) -> Mode:
    from grader.errors import UsageError  # noqa: PLC0415
    from grader.workers import Mode, default_mode  # noqa: PLC0415

    if choice == "auto":
        return default_mode()
    if choice == "fork" and not hasattr(os, "fork"):
        raise UsageError(text("This system cannot fork; use --worker fresh."))
    return Mode(choice)


def _grade_all(assignments: list[Assignment], options: Options, mode: Mode, writer: _Writer) -> int:
    from grader.pipeline import grade, modules_to_preload  # noqa: PLC0415
    from grader.workers import open_workers  # noqa: PLC0415

    worst = 0
    preload, many = modules_to_preload(assignments), len(assignments) > 1
    with open_workers(mode, preload, many=many, at_least=options.at_least) as workers:
        for assignment in assignments:
            report = grade(assignment, workers, options)
            writer.write(report, assignment)
            worst = max(worst, report.exit_code)
    return worst


def _grade_on_record(assignments: list[Assignment], options: Options, writer: _Writer, given: dict[str, Any]) -> int:
    from grader.errors import UsageError  # noqa: PLC0415
    from grader.pipeline import grade_recording, grade_replaying  # noqa: PLC0415

    if len(assignments) > 1 or (given["record"] and given["replay"]):
        raise UsageError(text("--record and --replay take one submission, and one of the two."))
    (assignment,) = assignments
    if given["record"]:
        require_writable(given["record"])
    if given["replay"]:
        with spoken_os_errors(given["replay"]):
            content = given["replay"].read_bytes()
        report = grade_replaying(assignment, content, options)
    else:
        report, content = grade_recording(assignment, _mode(given["worker"]), options)
        write_whole(given["record"], content)
    writer.write(report, assignment)
    return report.exit_code


class _Writer(contextlib.AbstractContextManager["_Writer"]):
    """Writes reports where they were asked for."""

    def __init__(self, code: str, format_: str, output: Path | None, *, many: bool) -> None:
        self._code = code
        self._many = many
        self._format = format_
        self._output = output
        self._parts: list[str] = []

    def __enter__(self) -> _Writer:
        """Find out before any work is done that the file can be written."""
        if self._output is not None:
            require_writable(self._output)
        return self

    def write(self, report: Report, assignment: Assignment) -> None:
        """Write one report."""
        from grader.renderers import Format, renderer  # noqa: PLC0415

        color = self._output is None and is_colored()
        render = renderer(Format(self._format), width=terminal_width(), color=color, many=self._many)
        page = render(report, language(self._code, assignment.lesson.checks))
        if self._output is None:
            show(page)
        else:
            self._parts.append(page)

    def __exit__(self, problem: object, *_: object) -> None:
        if self._output is not None and problem is None:
            write_whole(self._output, "".join(self._parts))
