"""``python -m grader hint LESSON``: the next hint for the task that comes next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

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
    waiting,
)
from grader.cli.files import write_whole
from grader.language import language, language_code
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.hints.ladder import Ladder
    from grader.hints.memory import Memory
    from grader.kit import Lesson
    from grader.language import Language
    from grader.report import Report

NOT_RUN = 1
"""Exit code where the submission itself cannot be run."""


def command(speaker: Language) -> click.Command:
    """Return the command, its help in the speaker's language."""
    say = speaker.say
    return click.Command(
        "hint",
        callback=_run,
        help=say(
            text(
                "One more hint for the first task of a lesson that still loses points. Each task has three: where to "
                "look, the idea, nearly there. The grader remembers which you have had."
            )
        ),
        epilog=say(
            text(
                "Exit codes: 0 a hint, or nothing left to hint at; 1 the submission cannot be run; 2 wrong usage; "
                "3 could not grade."
            )
        ),
        context_settings=SETTINGS,
        add_help_option=False,
        params=[
            click.Argument(["of"], required=False, metavar=say(text("LESSON_OR_PATH"))),
            click.Option(
                ["--task"], type=int, metavar="NUMBER", help=say(text("A hint for this task; nothing is graded."))
            ),
            click.Option(
                ["--lesson"], metavar="NAME", help=say(text("The lesson, if the path does not say it, such as 4_2."))
            ),
            click.Option(
                ["--forget"], is_flag=True, help=say(text("Forget the hints of the lesson, or of --task; begin anew."))
            ),
            lang_option(say),
            help_option(say),
        ],
    )


def _run(of: str | None, task: int | None, lesson: str | None, forget: bool, lang: str | None) -> int:
    from grader.errors import GraderError, UsageError  # noqa: PLC0415 - the help must not wait for them

    speaker = language(language_code(lang))
    try:
        found, path = _meant(of, lesson)
        speaker = language(language_code(lang), found.checks)
        if forget:
            return _forget(found, task, speaker)
        return _hint(found, path, task, speaker)
    except UsageError as problem:
        complain(problem.message, speaker)
        return USAGE
    except GraderError as problem:
        complain(problem.message, speaker)
        return BROKEN


def _meant(of: str | None, chosen: str | None) -> tuple[Lesson, Path]:
    """Return the lesson, and where the student's answer to it is.

    Raises:
        UsageError: no lesson is named, or none that there is.
    """
    from grader.errors import UsageError  # noqa: PLC0415
    from grader.kit import find_lesson, lesson_named  # noqa: PLC0415
    from grader.submission import find_file  # noqa: PLC0415

    named = chosen or of
    if named is None:
        raise UsageError(text("Name a lesson, such as 4_2, or the file that answers it."))
    if of is None or (chosen is None and not _is_path(of)):
        lesson = lesson_named(named)
        return lesson, lesson.stub.parent
    file = find_file(Path(of))
    return find_lesson(file, chosen), file


def _is_path(of: str) -> bool:
    """Tell a path from a lesson's name, which wins: in ``exercises``, 4_2 is both, and the same."""
    from grader.errors import UsageError  # noqa: PLC0415
    from grader.kit import lesson_named  # noqa: PLC0415
    from grader.submission import SUFFIXES  # noqa: PLC0415

    path = Path(of)
    try:
        lesson_named(of)
    except UsageError:
        return len(path.parts) > 1 or path.suffix.lower() in SUFFIXES or os.path.exists(of)
    return False


def _hint(lesson: Lesson, path: Path, task: int | None, speaker: Language) -> int:
    """Give a hint for a task, or for the one that comes next."""
    from grader.hints.ladder import ladder_of, read_ladders  # noqa: PLC0415

    ladders = read_ladders(lesson)
    if task is None:
        report = _graded(lesson, path, speaker)
        task = report.open_task
        if task is None:
            return _no_hint(report, speaker)
    return _give(ladder_of(ladders, task), speaker)


def _graded(lesson: Lesson, path: Path, speaker: Language) -> Report:
    """Grade the submission, to see where the student is."""
    from grader.errors import GraderError  # noqa: PLC0415
    from grader.pipeline import Options, grade, modules_to_preload, take_in  # noqa: PLC0415
    from grader.workers import default_mode, open_workers  # noqa: PLC0415

    options = Options(lesson=lesson.name)
    assignment = take_in(path, options)
    what = text("Grading {name}, to see where you are …", name=assignment.submission.name)
    try:
        with waiting(what, speaker), open_workers(default_mode(), modules_to_preload([assignment])) as workers:
            return grade(assignment, workers, options)
    except GraderError as problem:
        raise GraderError(_without_grading(problem.message, lesson.name)) from problem


def _without_grading(problem: Text, lesson: str) -> Text:
    return text(
        "{problem} Until that is repaired, there are hints for a task that you name: "
        "python -m grader hint {lesson} --task 1",
        problem=problem,
        lesson=lesson,
    )


def _no_hint(report: Report, speaker: Language) -> int:
    """Say why no task is next: all is done, or nothing could be run, or checks of ours broke."""
    if report.problem is not None:
        complain(_without_grading(report.problem.message, report.lesson), speaker)
        return NOT_RUN
    if report.score < report.max_score:
        broken = text("A check of this lesson broke; that is our fault, not yours.")
        complain(_without_grading(broken, report.lesson), speaker)
        return BROKEN
    done = text(
        "{name} earns all {most} points: there is nothing left to hint at.",
        name=report.submission,
        most=report.max_score,
    )
    show(speaker.say(done) + "\n")
    return 0


def _give(ladder: Ladder, speaker: Language) -> int:
    """Show the rungs taken before, and the next."""
    from grader.errors import SpokenError  # noqa: PLC0415
    from grader.hints.memory import FILE, recall  # noqa: PLC0415
    from grader.hints.page import as_text  # noqa: PLC0415

    memory, remark = recall(FILE)
    if remark is not None:
        complain(remark, speaker)
    taken = min(memory.rungs(ladder.lesson, ladder.task) + 1, len(ladder.rungs))
    show(as_text(ladder, taken, speaker, width=terminal_width(), color=is_colored()))
    try:
        _keep(memory.with_rungs(ladder.lesson, ladder.task, taken))
    except SpokenError as problem:
        complain(text("{problem} So the next hint will be this one again.", problem=problem.message), speaker)
    return 0


def _keep(memory: Memory) -> None:
    """Write down which hints were taken.

    Raises:
        SpokenError: that is not possible here.
    """
    from grader.hints.memory import FILE  # noqa: PLC0415

    with spoken_os_errors(FILE.parent):
        FILE.parent.mkdir(exist_ok=True)
    write_whole(FILE, memory.as_json())


def _forget(lesson: Lesson, task: int | None, speaker: Language) -> int:
    """Let the hints of a lesson, or of one task of it, begin anew."""
    from grader.hints.ladder import ladder_of, read_ladders  # noqa: PLC0415
    from grader.hints.memory import FILE, recall  # noqa: PLC0415

    said = text("The hints of lesson {name} begin anew.", name=lesson.name)
    if task is not None:
        ladder_of(read_ladders(lesson), task)
        said = text("The hints for task {task} of lesson {name} begin anew.", task=task, name=lesson.name)
    memory, _ = recall(FILE)
    _keep(memory.without(lesson.name, task))
    show(speaker.say(said) + "\n")
    return 0
