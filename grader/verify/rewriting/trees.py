"""A solution's syntax tree changed, and written as text again."""

from __future__ import annotations

import ast
import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from grader.verify.source import Source

Programs = Iterator[tuple[str, str]]
"""What was rewritten, in a few words, and the program that it made."""
Rewriting = Callable[[Source], Programs]
Changed = ast.AST | Sequence[ast.AST] | None
Change = Callable[[Any], Changed]
"""What takes a node's place: itself, another, several, or none."""

TF = "import tensorflow as tf"
KERAS = "from tensorflow import keras"


class _Changer(ast.NodeTransformer):
    """Puts what a function returns in the place of every node, inner ones first."""

    def __init__(self, change: Change) -> None:
        self.change = change

    def visit(self, node: ast.AST) -> Any:
        return self.change(self.generic_visit(node))


def rewritten(source: Source, change: Change, *imports: str) -> str:
    """Return the program with every node changed; with these imports, where that made a difference."""
    tree: ast.Module = _Changer(change).visit(ast.parse(source.text))
    return written(source, tree, *imports)


def written(source: Source, tree: ast.Module, *imports: str) -> str:
    """Write a tree as text. What stands at the top level and did not change keeps its text."""
    known = _known(source)
    found = [ast.dump(node) for node in tree.body]
    if found == list(known):
        return source.text
    place = _first_import(tree)
    new = [node for line in imports for node in statements(line) if ast.dump(node) not in found]
    texts = [known.get(dump) or _block(node) for dump, node in zip(found, tree.body, strict=True)]
    return "".join([*texts[:place], *map(_block, new), *texts[place:]]).lstrip("\n") + "\n"


def _first_import(tree: ast.Module) -> int:
    """Return where imports may begin: after the docstring and what is imported from ``__future__``."""
    place = after_docstring(tree.body)
    while place < len(tree.body) and _from_the_future(tree.body[place]):
        place += 1
    return place


def _from_the_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


@functools.lru_cache(maxsize=2)
def _known(source: Source) -> dict[str, str]:
    """Return the text of each top-level statement of the solution, by what it says."""
    return {ast.dump(node): block for node, block in zip(source.tree.body, blocks(source), strict=True)}


def blocks(source: Source) -> list[str]:
    """Return the text of each top-level statement, with what stands between it and the one before."""
    lines = source.text.splitlines()
    ends = [0, *(node.end_lineno or 0 for node in source.tree.body)]
    return ["\n" + "\n".join(lines[first:last]) for first, last in itertools.pairwise(ends)]


def _block(node: ast.stmt) -> str:
    gap = "\n\n\n" if isinstance(node, ast.FunctionDef | ast.ClassDef) else "\n"
    return gap + ast.unparse(ast.fix_missing_locations(node))


def statements(text: str, **parts: ast.AST) -> list[ast.stmt]:
    """Parse statements; a name in capitals, such as ``LAYER``, stands for the part of that name."""
    tree: ast.Module = _Changer(_filled(parts)).visit(ast.parse(text))
    return tree.body


def expression(text: str, **parts: ast.AST) -> ast.expr:
    """Parse an expression, with parts as in :func:`statements`."""
    tree: ast.Expression = _Changer(_filled(parts)).visit(ast.parse(text, mode="eval"))
    return tree.body


def _filled(parts: Mapping[str, ast.AST]) -> Change:
    def fill(node: ast.AST) -> ast.AST:
        return parts.get(node.id, node) if isinstance(node, ast.Name) else node

    return fill


def called(node: ast.AST) -> str:
    """Return the name of what a call calls, without what stands before the dot."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_method(call: ast.Call) -> bool:
    """Tell whether something stands before the dot of a call."""
    return isinstance(call.func, ast.Attribute)


def keyword(call: ast.Call, name: str) -> ast.keyword | None:
    """Return a keyword argument of a call."""
    return next((each for each in call.keywords if each.arg == name), None)


def text_of(node: ast.AST | None) -> str | None:
    """Return the string that a node stands for."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def mentions(node: ast.AST, name: str) -> bool:
    """Tell whether a name is used anywhere in a node."""
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(node))


def functions(source: Source) -> dict[str, ast.FunctionDef]:
    """Return the functions at the top level, by name."""
    return {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}


def saves_models(source: Source) -> bool:
    """Tell whether a program saves whole models, which asks more of them than training does."""
    return any(called(node) == "ModelCheckpoint" for node in ast.walk(source.tree))


def after_docstring(body: list[ast.stmt]) -> int:
    """Return how many of a body's statements are its docstring: none or one."""
    first = body[0] if body else None
    return int(isinstance(first, ast.Expr) and text_of(first.value) is not None)


def camel_case(name: str) -> str:
    """Write ``build_model`` as ``BuildModel``."""
    return re.sub(r"(?:^|_)([a-z0-9])", lambda found: found[1].upper(), name)
