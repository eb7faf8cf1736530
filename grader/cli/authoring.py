"""``python -m grader new LESSON``: begin a new lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.common import SETTINGS, USAGE, complain, help_option, lang_option, show
from grader.language import language, language_code
from grader.text import text

if TYPE_CHECKING:
    from grader.language import Language


def command(speaker: Language) -> click.Command:
    """Return the command, its help in the speaker's language."""
    say = speaker.say
    return click.Command(
        "new",
        callback=_run,
        help=say(
            text(
                "Begin a new lesson: page, stub, solution, checks, hints and submissions of a small lesson that is "
                "whole. Replace it by your own, one thing at a time; grader/AUTHORS.md says how."
            )
        ),
        epilog=say(text("Exit codes: 0 written, 2 wrong usage (nothing is written then).")),
        context_settings=SETTINGS,
        add_help_option=False,
        params=[
            click.Argument(["name"], required=False, metavar=say(text("LESSON"))),
            click.Option(["--title"], help=say(text("The lesson's title, to begin with in both languages."))),
            lang_option(say),
            help_option(say),
        ],
    )


def _run(name: str | None, title: str | None, lang: str | None) -> int:
    from grader import kit  # noqa: PLC0415 - the help must not wait for them
    from grader.authoring.naming import new_lesson  # noqa: PLC0415
    from grader.authoring.page import as_text  # noqa: PLC0415
    from grader.authoring.skeleton import skeleton  # noqa: PLC0415
    from grader.authoring.writing import write  # noqa: PLC0415
    from grader.errors import UsageError  # noqa: PLC0415

    speaker = language(language_code(lang))
    try:
        if name is None:
            raise UsageError(text("Name the new lesson, such as: python -m grader new 9_1"))
        lesson = new_lesson(name, title)
        files = skeleton(lesson)
        write(files, kit.ROOT)
    except UsageError as problem:
        complain(problem.message, speaker)
        return USAGE
    show(as_text(lesson, files, speaker))
    return 0
