"""Hints that help too much, or not at all: code of the solution, and what has been said already."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.hints.ladder import Ladder
from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown
from grader.verify.source import Source, name_of

STATEMENTS = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return | ast.Expr


def giveaways(parts: Parts, ladders: dict[int, Ladder]) -> Iterator[Text]:
    """Say which hints could be pasted in as an answer, and which repeat another or what a failed check says."""
    code, file = answers(parts.solution, parts.stub), shown(parts.lesson.checks)
    told = {said for check in parts.checks for said in (check.rules.why, check.rules.hint)}
    for task, ladder in ladders.items():
        before: set[str] = set()
        for number, rung in enumerate((rung.key for rung in ladder.rungs), start=1):
            if rung in before or rung in told:
                yield text(
                    "{file}: hint {number} for task {task} says nothing new.", file=file, number=number, task=task
                )
            before.add(rung)
            given = next((each for each in code if is_in(each, rung, parts.korean.get(rung, ""))), None)
            if given is not None:
                yield text(
                    "{file}: hint {number} for task {task} gives the answer: {code}.",
                    file=file,
                    number=number,
                    task=task,
                    code=given,
                )
    yield from _told_by_checks(parts, [each for each in code if not is_in(each, *parts.pages.values())])


def _told_by_checks(parts: Parts, secret: list[str]) -> Iterator[Text]:
    """Say which failed check tells the answer, unless the page itself does."""
    for check in parts.checks:
        for said in filter(None, (check.rules.why, check.rules.hint)):
            given = next((each for each in secret if is_in(each, said, parts.korean.get(said, ""))), None)
            if given is not None:
                yield text(
                    "{file}: {check} gives the answer in what it says when it fails: {code}.",
                    file=shown(parts.lesson.checks),
                    check=check.name,
                    code=given,
                )


def answers(solution: str, stub: str) -> list[str]:
    """Return the pieces of a solution, as far as the student writes it, that no hint may hold.

    Those are statements, calls with their arguments, single arguments with their names, indexing and arithmetic.
    Names and numbers by themselves are free. Whose function is called does not matter: ``layers.Dense(1)`` is
    ``Dense(1)``.
    """
    source = Source(solution, stub)
    return [_code(source, node) for node in source.nodes() if _is_answer(node)]


def _code(source: Source, node: ast.AST) -> str:
    code = source.segment(node)
    if isinstance(node, ast.Call):
        return name_of(node.func) + code.removeprefix(source.segment(node.func))
    return code


def _is_answer(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return bool(node.args or node.keywords)
    return isinstance(node, ast.keyword | ast.BinOp | ast.Subscript | STATEMENTS)


def is_in(code: str, *sentences: str) -> bool:
    """Tell whether a piece of code stands in a sentence, spaces and kinds of quotes aside."""
    return any(_bare(code) in _bare(sentence) for sentence in sentences)


def _bare(words: str) -> str:
    return re.sub(r"\s+", "", words).replace("'", '"')
