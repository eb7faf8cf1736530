"""Whether a message speaks of the mistake that was made.

A message names a change if it shows the statement that was changed, or one that
uses what that statement makes; or if it says a word of it (a name, a keyword, the
old or the new value), or the name of what the line is part of: the function or the
class whose result is then wrong.
"""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass

from grader.report import Feedback
from grader.text import Text

WORD = re.compile(r"[^\W\d]\w*|\d+(?:\.\d+)?")
SAYS_NOTHING = frozenset(
    WORD.findall(
        "self model main call __init__ return def class for in if is not and or none true false pass "
        "np tf keras layers pd plt a i x the"
    )
)
"""Words that stand in every program, or in every message."""


def names_change(before: str, after: str, what: str, feedback: Feedback) -> bool:
    """Tell whether a message speaks of the change from one program to the other, said in a few words as ``what``."""
    change = _change(before, after)
    tree = ast.parse(after)
    made = _set_on(ast.parse(before), change.old_lines) | _set_on(tree, change.new_lines)
    for place in feedback.places:
        span, used = _statement(tree, place.line)
        if span & change.new_lines or used & made:
            return True
    said = _words(" ".join([*map(str, sentences(feedback)), *(place.code for place in feedback.places)]))
    near = {word for word in change.removed | change.added | _words(what) if not word[0].isdigit()}
    return bool(said & ((change.removed ^ change.added) | near | _homes(tree, change.new_lines)))


def sentences(feedback: Feedback) -> tuple[Text, ...]:
    """Return all that a message says."""
    expected = (feedback.expected,) if feedback.expected is not None else ()
    return (feedback.found, *expected, *feedback.details)


@dataclass(frozen=True, slots=True)
class _Change:
    """The lines that differ between two programs, by their numbers and their words."""

    old_lines: frozenset[int]
    new_lines: frozenset[int]
    removed: frozenset[str]
    added: frozenset[str]


def _change(before: str, after: str) -> _Change:
    old, new = before.splitlines(), after.splitlines()
    opcodes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [spans for tag, *spans in opcodes if tag != "equal"]
    return _Change(
        frozenset(line for first, last, _, _ in changed for line in range(first + 1, last + 1)),
        frozenset(line for _, _, first, last in changed for line in range(first + 1, last + 1) or [first]),
        _words("\n".join(line for first, last, _, _ in changed for line in old[first:last])),
        _words("\n".join(line for _, _, first, last in changed for line in new[first:last])),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(text)) - SAYS_NOTHING


def _statement(tree: ast.Module, line: int) -> tuple[set[int], set[str]]:
    """Return the lines of the simple statement that a line is part of, and the variables that it speaks of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            span = set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            if line in span:
                return span, {_variable(each) for each in ast.walk(node)} - {""}
    return {line}, set()


def _set_on(tree: ast.Module, lines: frozenset[int]) -> set[str]:
    """Return the variables that are set on these lines."""
    stores = [node for node in ast.walk(tree) if isinstance(getattr(node, "ctx", None), ast.Store)]
    return {_variable(node) for node in stores if getattr(node, "lineno", 0) in lines} - {""}


def _variable(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _homes(tree: ast.Module, lines: frozenset[int]) -> frozenset[str]:
    """Return the names of the functions and classes that hold these lines."""
    return (
        frozenset(
            node.name.lower()
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and any(node.lineno <= line <= (node.end_lineno or line) for line in lines)
        )
        - SAYS_NOTHING
    )
