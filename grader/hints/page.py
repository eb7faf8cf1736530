"""A ladder as text for a terminal: the rungs taken so far, and what comes next."""

from __future__ import annotations

import io

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from grader.hints.ladder import Ladder
from grader.language import Language
from grader.text import Text, literal, text


def as_text(ladder: Ladder, taken: int, speaker: Language, *, width: int, color: bool = False) -> str:
    """Return the first ``taken`` rungs of a ladder, and what to do then."""
    say = speaker.say
    shown = ladder.rungs[:taken]
    head = text("Task {task}: hint {number} of {most}", task=ladder.task, number=len(shown), most=len(ladder.rungs))
    rungs = Table.grid(padding=(0, 2))
    rungs.add_column(width=3, justify="right", style="dim")
    rungs.add_column(ratio=1, overflow="fold")
    for number, rung in enumerate(shown, start=1):
        rungs.add_row(str(number), Styled(say(rung), style="bold" if number == taken else ""))
    output = io.StringIO()
    console = Console(
        file=output,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    title = Styled.assemble((say(ladder.title), "bold"), "\n", say(head))
    console.print(
        Group(title, Rule(style="dim"), rungs, Styled(""), *(Styled(say(each)) for each in _next(ladder, shown)))
    )
    return "\n".join(line.rstrip() for line in output.getvalue().split("\n"))


def _next(ladder: Ladder, shown: tuple[Text, ...]) -> tuple[Text, ...]:
    """Say what to do with the hints, and what to do when they do not help."""
    lesson, task = ladder.lesson, ladder.task
    if len(shown) < len(ladder.rungs):
        return (
            text("Try that first, and grade again. If it does not help:"),
            literal(f"python -m grader hint {lesson} --task {task}"),
        )
    return (
        text(
            'That was the last hint for task {task}. Still stuck? Read "The idea" in exercises/{lesson}/README.md '
            "once more, look at what the grader says about the task, or show your teacher how far you are.",
            task=task,
            lesson=lesson,
        ),
    )
