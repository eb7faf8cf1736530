"""Whether a message speaks of the mistake that was made.

A message names a change if it shows the statement that was changed, or says a
word of it (a name, a keyword, the old or the new value), or the name of what the
line is part of: the function or the class whose result is then wrong.
"""

from __future__ import annotations

import ast
import difflib
import re

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
    removed, added, lines = _change(before, after)
    if any(lines & _statement(after, place.line) for place in feedback.places):
        return True
    said = _words(" ".join([*map(str, sentences(feedback)), *(place.code for place in feedback.places)]))
    near = _names(removed | added | _words(what))
    return bool(said & ((removed ^ added) | near | _homes(after, lines)))


def sentences(feedback: Feedback) -> tuple[Text, ...]:
    """Return all that a message says."""
    expected = (feedback.expected,) if feedback.expected is not None else ()
    return (feedback.found, *expected, *feedback.details)


def _change(before: str, after: str) -> tuple[set[str], set[str], set[int]]:
    """Return the words of the lines that went and of those that came, and the numbers of the latter."""
    old, new = before.splitlines(), after.splitlines()
    removed: set[str] = set()
    added: set[str] = set()
    lines: set[int] = set()
    for tag, first, last, new_first, new_last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            removed |= _words("\n".join(old[first:last]))
            added |= _words("\n".join(new[new_first:new_last]))
            lines |= set(range(new_first + 1, new_last + 1)) or {new_first}
    return removed, added, lines


def _statement(program: str, line: int) -> set[int]:
    """Return the lines of the simple statement that a line is part of."""
    spans = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.stmt) and not hasattr(node, "body")
    ]
    return next((set(span) for span in spans if line in span), {line})


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)} - SAYS_NOTHING


def _names(words: set[str]) -> set[str]:
    return {word for word in words if not word[0].isdigit()}


def _homes(program: str, lines: set[int]) -> set[str]:
    """Return the names of the functions and classes that hold these lines."""
    return {
        node.name.lower()
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and any(node.lineno <= line <= (node.end_lineno or line) for line in lines)
    } - SAYS_NOTHING
