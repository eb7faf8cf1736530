"""The figures of all lessons as a table, for a terminal and for a Markdown page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from grader.language import Language, language
from grader.text import Text, text
from grader.verify.pages.figures import HEADS, figures, shortfalls, total
from grader.verify.proof import Proof

TERMINAL = 80
UNBROKEN = 1000
"""A head of a Markdown table stands in one line."""


def as_text(proofs: Sequence[Proof], speaker: Language) -> str:
    """Return the figures of each lesson, then what fell short, each with its lines."""
    console = _console(TERMINAL)
    console.print(_table(proofs, speaker.say, Table(box=None, pad_edge=False)))
    for proof in proofs:
        say = language(speaker.code, proof.lesson.checks).say
        for each in shortfalls(proof):
            console.print(f"{proof.lesson.name} · {say(each.said)}", soft_wrap=True)
            for line in (*each.diff, *map(say, each.message)):
                console.print(f"    {line}", soft_wrap=True)
    return _written(console)


def as_markdown(proofs: Sequence[Proof], speaker: Language) -> str:
    """Return the figures as a table for a page."""
    console = _console(UNBROKEN)
    console.print(_table(proofs, speaker.say, Table(box=MARKDOWN)))
    return "\n".join(line.rstrip() for line in _written(console).splitlines() if line.strip()) + "\n"


def _table(proofs: Sequence[Proof], say: Callable[[Text], str], table: Table) -> Table:
    for number, head in enumerate(HEADS):
        table.add_column(say(head), justify="right" if number else "left")
    for proof in proofs:
        table.add_row(proof.lesson.name, *figures(proof).cells())
    if len(proofs) > 1:
        table.add_row(say(text("all")), *total(proofs).cells())
    return table


def _console(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, highlight=False, markup=False)


def _written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
