"""Statements: calls, branches and assignments in another form."""

from __future__ import annotations

import ast
import copy

from grader.verify.rewriting.trees import Changed, Programs, Rewriting, rewritten, statements
from grader.verify.source import Source

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
}


def temporaries(source: Source) -> Programs:
    """Name every argument before the call that gets it."""

    def change(node: ast.AST) -> Changed:
        call = node.value if isinstance(node, ast.Expr | ast.Assign | ast.Return) else None
        if not isinstance(call, ast.Call):
            return node
        before: list[ast.stmt] = []

        def named(value: ast.expr) -> ast.expr:
            if isinstance(value, ast.Constant | ast.Name | ast.Starred):
                return value
            before.extend(statements(f"argument{len(before)} = VALUE", VALUE=value))
            return ast.Name(f"argument{len(before) - 1}", ast.Load())

        call.args = [named(each) for each in call.args]
        for each in call.keywords:
            each.value = named(each.value)
        return [*before, node]

    yield "arguments named first", rewritten(source, change)


def result_named(source: Source) -> Programs:
    """Name what is returned before returning it."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Name):
            return statements("result = VALUE\nreturn result", VALUE=node.value)
        return node

    yield "result named first", rewritten(source, change)


def sums_written_out(source: Source) -> Programs:
    """Write ``x = x + y`` for ``x += y``."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.AugAssign):
            return ast.Assign([node.target], ast.BinOp(node.target, node.op, node.value), lineno=0)
        return node

    yield "x = x + y for x += y", rewritten(source, change)


def one_at_a_time(source: Source) -> Programs:
    """Assign one name a line."""

    def change(node: ast.AST) -> Changed:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple):
            return node
        target = node.targets[0]
        if not isinstance(target, ast.Tuple):
            return node
        pairs = list(zip(target.elts, node.value.elts, strict=True))
        for number, (one, _) in enumerate(pairs):
            if any(ast.unparse(one) in ast.unparse(value) for _, value in pairs[number + 1 :]):
                return node
        return [ast.Assign([one], value, lineno=0) for one, value in pairs]

    yield "one name a line", rewritten(source, change)


def branches_for_expressions(source: Source) -> Programs:
    """Write ``if`` and ``else`` for a conditional expression."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.Return | ast.Assign) and isinstance(node.value, ast.IfExp):
            chosen = node.value
            one, other = copy.deepcopy(node), copy.deepcopy(node)
            one.value, other.value = chosen.body, chosen.orelse
            return ast.If(chosen.test, [one], [other])
        return node

    yield "if and else for a conditional expression", rewritten(source, change)


def else_after_return(source: Source) -> Programs:
    """Put what follows a return under an else, or both into one expression."""

    def other(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and _returns_early(node):
            last, early = node.body.pop(), node.body[-1]
            early.orelse = [last]  # type: ignore[attr-defined]
        return node

    def one(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and _returns_early(node):
            last, early = node.body.pop(), node.body.pop()
            parts = {"ONE": early.body[0].value, "TEST": early.test, "OTHER": last.value}  # type: ignore[attr-defined]
            node.body += statements("return ONE if TEST else OTHER", **parts)
        return node

    yield "else after return", rewritten(source, other)
    yield "a conditional expression for two returns", rewritten(source, one)


def _returns_early(node: ast.FunctionDef) -> bool:
    if len(node.body) < 2 or not isinstance(node.body[-1], ast.Return):
        return False
    early = node.body[-2]
    return (
        isinstance(early, ast.If)
        and not early.orelse
        and len(early.body) == 1
        and isinstance(early.body[0], ast.Return)
    )


def comparisons_flipped(source: Source) -> Programs:
    """Write ``b < a`` for ``a > b``."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in FLIPPED:
            other = FLIPPED[type(node.ops[0])]()
            return ast.Compare(node.comparators[0], [other], [node.left])
        return node

    yield "comparisons the other way round", rewritten(source, change)


def lists_for_tuples(source: Source) -> Programs:
    """Return a list where the solution returns a tuple."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            node.value = ast.List(node.value.elts, ast.Load())
        return node

    yield "lists returned for tuples", rewritten(source, change)


def independent_lines_exchanged(source: Source) -> Programs:
    """Exchange neighbouring assignments that know nothing of each other."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef):
            number = 0
            while number + 1 < len(node.body):
                one, two = node.body[number : number + 2]
                if _independent(one, two):
                    node.body[number : number + 2] = [two, one]
                    number += 1
                number += 1
        return node

    yield "independent lines exchanged", rewritten(source, change)


def _independent(one: ast.stmt, two: ast.stmt) -> bool:
    if not (isinstance(one, ast.Assign) and isinstance(two, ast.Assign)):
        return False
    if _does_something(one) and _does_something(two):
        return False
    return not (_stored(one) & _names(two)) and not (_stored(two) & _names(one))


def _does_something(node: ast.stmt) -> bool:
    return any(isinstance(each, ast.Call) for each in ast.walk(node))


def _names(node: ast.stmt) -> set[str]:
    return {ast.unparse(each) for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute | ast.Subscript)}


def _stored(node: ast.Assign) -> set[str]:
    targets = [each for target in node.targets for each in ast.walk(target)]
    return {ast.unparse(each) for each in targets if isinstance(each, ast.Name | ast.Attribute | ast.Subscript)} - {
        "self"
    }


STATEMENTS: tuple[Rewriting, ...] = (
    temporaries,
    result_named,
    sums_written_out,
    one_at_a_time,
    branches_for_expressions,
    else_after_return,
    comparisons_flipped,
    lists_for_tuples,
    independent_lines_exchanged,
)
