"""Equivalents: the solution written in other ways, each of which must keep full marks."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.verify.rewriting.arguments import ARGUMENTS
from grader.verify.rewriting.arrays import ARRAYS
from grader.verify.rewriting.cells import CELLS
from grader.verify.rewriting.classes import CLASSES
from grader.verify.rewriting.functions import FUNCTIONS
from grader.verify.rewriting.inputs import INPUTS
from grader.verify.rewriting.layout import LAYOUT
from grader.verify.rewriting.loops import LOOPS
from grader.verify.rewriting.models import MODELS
from grader.verify.rewriting.modules import MODULES
from grader.verify.rewriting.notebooks import NOTEBOOKS
from grader.verify.rewriting.statements import STATEMENTS
from grader.verify.rewriting.training import TRAINING
from grader.verify.rewriting.trees import Rewriting
from grader.verify.source import Source

EVERY_REWRITING: tuple[Rewriting, ...] = (
    *MODELS,
    *INPUTS,
    *CELLS,
    *CLASSES,
    *ARGUMENTS,
    *MODULES,
    *TRAINING,
    *ARRAYS,
    *LOOPS,
    *STATEMENTS,
    *FUNCTIONS,
    *LAYOUT,
    *NOTEBOOKS,
)


TOGETHER = 5
"""So many rewritings are tried in one program."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """The solution, written in another way."""

    what: str
    """Such as ``functional``."""
    source: str
    """As it would lie in a file, with its line ends."""
    rewriting: Rewriting
    notebook: bool = False
    """The source is the content of an ``.ipynb`` file."""

    def again(self, source: Source) -> str | None:
        """Rewrite another program in the same way; None where that changes nothing or undoes what was there."""
        program = next((program for what, program in self.rewriting(source) if what == self.what), None)
        return None if program in (source.text, self.source) else program


@dataclass(frozen=True, slots=True)
class Group:
    """Rewritings one upon the other, in one program: if it keeps full marks, each of them does."""

    members: tuple[Equivalent, ...]
    source: str


def equivalents(source: Source) -> list[Equivalent]:
    """Return every rewriting that changes this solution, each different program once."""
    seen = {source.text}
    made: list[Equivalent] = []
    for rewriting in EVERY_REWRITING:
        for what, program in rewriting(source):
            if program not in seen:
                seen.add(program)
                made.append(Equivalent(what, program, rewriting, rewriting in NOTEBOOKS))
    return made


def groups(source: Source, made: Sequence[Equivalent]) -> list[Group]:
    """Put rewritings together that can stand in one program, those that are far apart in the list first."""
    waiting = list(made)
    found: list[Group] = []
    while waiting:
        first = waiting.pop(0)
        members, program = [first], first.source
        for other in [] if first.notebook else _spread(waiting):
            together = None if other.notebook else _upon(program, source.stub, other)
            if together is not None:
                members.append(other)
                program = together
                waiting.remove(other)
            if len(members) == TOGETHER:
                break
        found.append(Group(tuple(members), program))
    return found


def _spread(waiting: list[Equivalent]) -> list[Equivalent]:
    """Begin in the middle: neighbours in the list rewrite the same things."""
    middle = len(waiting) // 2
    return waiting[middle:] + waiting[:middle]


def _upon(program: str, stub: str, other: Equivalent) -> str | None:
    try:
        together = other.again(Source(program, stub))
    except (SyntaxError, ValueError):
        return None
    broken = together is not None and _is_python(program) and _is_python(other.source) and not _is_python(together)
    return None if broken else together


def _is_python(program: str) -> bool:
    """Tell a program from one that only the intake can read: with a byte order mark, fences, magics."""
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True
