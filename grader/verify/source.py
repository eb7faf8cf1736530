"""A reference solution as text that can be edited by its syntax tree."""

from __future__ import annotations

import ast
import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

TASK = re.compile(r"TODO task (\d+)")
GIVEN = 0
"""The task of a line that stands in the stub already."""


@dataclass(frozen=True)
class Source:
    """A solution beside its stub: what of it is the student's to write, and in which task."""

    text: str
    stub: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        """The solution's syntax tree; every node but the module knows its parent."""
        tree = ast.parse(self.text)
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node  # type: ignore[attr-defined]
        return tree

    @functools.cached_property
    def tasks(self) -> dict[int, int]:
        """The task of each line, numbered from 1, that a student writes.

        Lines of the solution that the stub does not have are the student's; the
        task is the one that the stub asks for in their place, or else the next
        one that it asks for. Where it asks for several, they share the lines.
        """
        mine, asked = self.text.splitlines(), self.stub.splitlines()
        tasks: dict[int, int] = {}
        waiting: list[int] = []
        for tag, first, last, stub_first, stub_last in difflib.SequenceMatcher(
            None, mine, asked, autojunk=False
        ).get_opcodes():
            if tag not in ("replace", "delete"):
                continue
            found = list(map(int, dict.fromkeys(TASK.findall("\n".join(asked[stub_first:stub_last])))))
            lines = [number for number in range(first + 1, last + 1) if mine[number - 1].strip()]
            if not found:
                waiting += lines
                continue
            tasks |= dict.fromkeys(waiting, found[0])
            tasks |= {line: found[number * len(found) // len(lines)] for number, line in enumerate(lines)}
            waiting = []
        return tasks

    def task_of(self, node: ast.AST) -> int:
        """Return the task that a node is part of."""
        return self.tasks.get(node.lineno, GIVEN)  # type: ignore[attr-defined]

    def nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes that a student writes, in the order of the text."""
        found = [node for node in ast.walk(self.tree) if getattr(node, "lineno", None) in self.tasks]
        yield from sorted(found, key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]

    def given_nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes that the stub gives in the bodies of functions in which a student writes."""
        for function in ast.walk(self.tree):
            if not isinstance(function, ast.FunctionDef) or not self._is_written_in(function):
                continue
            for statement in function.body:
                inside = [node for node in ast.walk(statement) if getattr(node, "lineno", None) is not None]
                yield from (node for node in inside if self.task_of(node) == GIVEN)

    def _is_written_in(self, function: ast.FunctionDef) -> bool:
        return any(line in self.tasks for line in range(function.lineno, (function.end_lineno or 0) + 1))

    def segment(self, node: ast.AST) -> str:
        """Return the text of a node."""
        first, last = self.span(node)
        return self._bytes[first:last].decode()

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node's text begins and ends, in bytes."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def replaced(self, *edits: tuple[tuple[int, int], str]) -> str:
        """Return the text with other text at these places, which must not overlap."""
        content = self._bytes
        for (first, last), new in sorted(edits, reverse=True):
            content = content[:first] + new.encode() + content[last:]
        return content.decode()

    @functools.cached_property
    def _bytes(self) -> bytes:
        return self.text.encode()

    @functools.cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self._bytes.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts


def parent_of(node: ast.AST) -> ast.AST | None:
    """Return the node that holds a node of :attr:`Source.tree`."""
    return getattr(node, "parent", None)


def next_statement(node: ast.AST) -> ast.AST | None:
    """Return the statement after this one in the same block."""
    body = getattr(parent_of(node), "body", None)
    if isinstance(body, list) and node in body and body.index(node) + 1 < len(body):
        following: ast.AST = body[body.index(node) + 1]
        return following
    return None


def ancestors(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node's parent, its parent's parent, and so on."""
    above = parent_of(node)
    while above is not None:
        yield above
        above = parent_of(above)


def name_of(node: ast.AST) -> str:
    """Return the last name of what is called: ``Dense`` of ``layers.Dense``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
