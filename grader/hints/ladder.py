"""A lesson's ladders, read from its checks without running them.

They stand there as one literal::

    HINTS = {
        1: ("a nudge", "the idea", "nearly there"),
        2: ("a nudge", "the idea", "nearly there"),
    }
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

import msgspec

from grader.errors import GraderError, UsageError
from grader.kit import Lesson
from grader.text import Text, text

NAME = "HINTS"
Rungs = tuple[str, str, str]
"""A nudge (where to look), the idea, and nearly there: never the answer."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The hints for one task."""

    lesson: str
    title: Text
    """The lesson's."""
    task: int
    rungs: tuple[Text, ...]


def read_ladders(lesson: Lesson) -> dict[int, Ladder]:
    """Return a lesson's ladders by task.

    Raises:
        UsageError: the lesson has none.
        GraderError: what it has is not what hints look like.
    """
    try:
        tree = ast.parse(lesson.checks.read_text(encoding="utf-8"))
        literal = _literal_in(tree)
        found = msgspec.convert(ast.literal_eval(literal), dict[int, Rungs]) if literal else {}
    except (SyntaxError, ValueError) as problem:  # msgspec's are ValueErrors, too
        raise GraderError(
            text("The hints of lesson {name} cannot be read: {why}.", name=lesson.name, why=str(problem))
        ) from None
    if not found:
        raise UsageError(text("Lesson {name} has no hints.", name=lesson.name))
    title = Text((ast.get_docstring(tree) or lesson.name).split("\n")[0])
    return {task: Ladder(lesson.name, title, task, tuple(map(Text, rungs))) for task, rungs in sorted(found.items())}


def ladder_of(ladders: dict[int, Ladder], task: int) -> Ladder:
    """Return the ladder of a task.

    Raises:
        UsageError: the lesson has no such task.
    """
    if task not in ladders:
        lesson = next((each.lesson for each in ladders.values()), "")
        tasks = ", ".join(map(str, ladders))
        raise UsageError(
            text("Lesson {name} has no task {task}; its tasks: {tasks}.", name=lesson, task=task, tasks=tasks)
        )
    return ladders[task]


def _literal_in(tree: ast.Module) -> ast.expr | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == NAME for each in node.targets
        ):
            return node.value
    return None
