"""Equivalents: the solution written in other ways, each of which must keep full marks."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Equivalent:
    """The solution, written in another way."""

    what: str
    """Such as ``functional``."""
    source: str
    """As it would lie in a file, with its line ends."""
    notebook: bool = False
    """The source is the content of an ``.ipynb`` file."""


def equivalents(source: Source) -> list[Equivalent]:
    """Return every rewriting that changes this solution, each different program once."""
    seen = {source.text}
    made: list[Equivalent] = []
    for rewriting in EVERY_REWRITING:
        for what, program in rewriting(source):
            if program not in seen:
                seen.add(program)
                made.append(Equivalent(what, program, rewriting in NOTEBOOKS))
    return made
