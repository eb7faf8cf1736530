"""What an author is told: which files there are now, and what to do next."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from grader.authoring.naming import NewLesson
from grader.authoring.skeleton import File
from grader.language import Language
from grader.text import Text, text

WIDTH = 80


def as_text(lesson: NewLesson, files: Sequence[File], speaker: Language) -> str:
    """Return what was written and what comes next, in lines of 80 columns."""
    say, name = speaker.say, lesson.name
    output = io.StringIO()
    console = Console(file=output, width=WIDTH, highlight=False, markup=False, emoji=False)
    console.print(
        Group(
            Styled(say(text("Lesson {name} is there: a small lesson that is whole.", name=name))),
            "",
            _table(*((path, say(what)) for path, what in _written(name, files))),
            "",
            Styled(
                say(
                    text(
                        "Replace it by your own lesson, one thing at a time, and prove it each time: what was right "
                        "before is right after, or you know what broke it."
                    )
                )
            ),
            "",
            _table(*((words, say(what)) for words, what in _next(name))),
            "",
            Styled(say(text("How, step by step: grader/AUTHORS.md"))),
        )
    )
    return "\n".join(line.rstrip() for line in output.getvalue().split("\n"))


def _table(*rows: tuple[str, str]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*map(Styled, row))
    return Padding(table, (0, 0, 0, 2))


def _written(name: str, files: Sequence[File]) -> tuple[tuple[str, Text], ...]:
    zoo = f"tests/submissions/{name}/"
    count = sum(str(file.path).startswith(zoo) for file in files)
    return (
        (f"exercises/{name}/README.md", text("the page")),
        (f"exercises/{name}/README.ko.md", text("the page in Korean")),
        (f"exercises/{name}/lesson_{name}.py", text("the stub")),
        (f"solutions/{name}/lesson_{name}.py", text("the reference solution")),
        (f"tests/lessons/test_{name}.py", text("the checks and the hints")),
        (f"tests/lessons/test_{name}.ko.po", text("their Korean")),
        (zoo, text("{count} submissions whose score is known", count=count)),
    )


def _next(name: str) -> tuple[tuple[str, Text], ...]:
    return (
        (f"python -m grader verify {name}", text("the proof")),
        (f"python -m grader exercises/{name}", text("what a student sees")),
        (f"python -m pytest -k {name}", text("the kit's tests of the lesson")),
    )
