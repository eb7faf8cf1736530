"""Loops: counted, by number, in comprehensions."""

from __future__ import annotations

import ast
import copy

from grader.verify.rewriting.trees import Changed, Programs, Rewriting, called, expression, rewritten, statements
from grader.verify.source import Source


def while_for_range(source: Source) -> Programs:
    """Count in a while loop."""

    def change(node: ast.AST) -> Changed:
        if (
            not isinstance(node, ast.For)
            or not isinstance(node.target, ast.Name)
            or not isinstance(node.iter, ast.Call)
        ):
            return node
        last, backwards = node.iter, called(node.iter) == "reversed"
        if backwards and isinstance(last.args[0], ast.Call):
            last = last.args[0]
        if called(last) != "range" or len(last.args) != 1:
            return node
        name = node.target.id
        if backwards:
            text = f"{name} = END - 1\nwhile {name} >= 0:\n    {name} -= 1"
        else:
            text = f"{name} = 0\nwhile {name} < END:\n    {name} += 1"
        begin, loop = statements(text, END=last.args[0])
        assert isinstance(loop, ast.While)
        loop.body[:0] = node.body
        return [begin, loop]

    yield "while for range", rewritten(source, change)


def loops_by_number(source: Source) -> Programs:
    """Take the elements of a sequence by their number."""
    numbers = iter(range(1000))

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.For) and called(node.iter) not in ("range", "reversed"):
            name = f"items{next(numbers)}"
            made = statements(
                f"{name} = list(ITER)\nfor number_{name} in range(len({name})):\n    TARGET = {name}[number_{name}]",
                ITER=node.iter,
                TARGET=node.target,
            )
            assert isinstance(made[1], ast.For)
            made[1].body += node.body
            return made
        return node

    yield "elements by their number", rewritten(source, change)


def enumerated(source: Source) -> Programs:
    """Count the elements with enumerate, and do not use the number."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.For):
            node.iter = expression("enumerate(ITER)", ITER=node.iter)
            node.target = ast.Tuple([ast.Name("_number", ast.Store()), node.target], ast.Store())
        return node

    yield "enumerate", rewritten(source, change)


def loops_for_comprehensions(source: Source) -> Programs:
    """Collect in a loop what a comprehension makes."""

    def change(node: ast.AST) -> Changed:
        made = node.value if isinstance(node, ast.Assign | ast.Return) else None
        if not isinstance(made, ast.ListComp | ast.DictComp) or len(made.generators) != 1:
            return node
        source_of, listed = made.generators[0], isinstance(made, ast.ListComp)
        text = "collected.append(ELEMENT)" if listed else "collected[KEY] = ELEMENT"
        parts = {"ELEMENT": made.elt} if isinstance(made, ast.ListComp) else {"KEY": made.key, "ELEMENT": made.value}
        body = statements(text, **parts)
        for condition in source_of.ifs:
            body = [ast.If(condition, body, [])]
        loop = ast.For(source_of.target, source_of.iter, body, [])
        assert isinstance(node, ast.Assign | ast.Return)
        node.value = ast.Name("collected", ast.Load())
        return [*statements("collected = []" if listed else "collected = {}"), loop, node]

    yield "loops for comprehensions", rewritten(source, change)


def comprehensions_for_loops(source: Source) -> Programs:
    """Make in comprehensions what a loop appends."""

    def change(node: ast.AST) -> Changed:
        if not isinstance(node, ast.For) or not all(_appends(each) for each in node.body):
            return node
        made: list[ast.stmt] = []
        for each in node.body:
            call = each.value  # type: ignore[attr-defined]
            parts = {"LIST": call.func.value, "ELEMENT": call.args[0], "ITER": node.iter}
            made += statements(f"LIST = [ELEMENT for {ast.unparse(node.target)} in ITER]", **parts)
        return copy.deepcopy(made)

    yield "comprehensions for loops", rewritten(source, change)


def _appends(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and called(call) == "append"
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
    )


LOOPS: tuple[Rewriting, ...] = (
    while_for_range,
    loops_by_number,
    enumerated,
    loops_for_comprehensions,
    comprehensions_for_loops,
)
