"""Cells and states: how states are made and handed on, how words are read."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from grader.verify.rewriting.classes import attribute, in_classes
from grader.verify.rewriting.trees import (
    TF,
    Changed,
    Programs,
    Rewriting,
    called,
    expression,
    keyword,
    rewritten,
    statements,
)
from grader.verify.source import Source


def _is_step(node: ast.AST) -> bool:
    """Tell whether a call runs a cell: ``self.cell(word, state, training=…)``."""
    return isinstance(node, ast.Call) and bool(attribute(node.func)) and len(node.args) == 2


def how_cells_are_called(source: Source) -> Programs:
    """Name the states, or give the training flag by its place."""

    def named(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and _is_step(node):
            node.keywords.insert(0, ast.keyword("states", node.args.pop()))
        return node

    def placed(node: ast.AST) -> ast.AST:
        flag = keyword(node, "training") if isinstance(node, ast.Call) and _is_step(node) else None
        if isinstance(node, ast.Call) and flag is not None:
            node.keywords.remove(flag)
            node.args.append(flag.value)
        return node

    yield "states= by name", rewritten(source, named)
    yield "the training flag by its place, as the textbook has it", rewritten(source, placed)


def how_words_are_read(source: Source) -> Programs:
    """Read the words by their number, or from a transposed tensor."""
    for what, text in (
        ("words by their number", "for step in range(WORDS.shape[1]):\n    WORD = WORDS[:, step]"),
        ("words by their number, three axes", "for step in range(WORDS.shape[1]):\n    WORD = WORDS[:, step, :]"),
        ("words of a transposed tensor", "for WORD in tf.unstack(tf.transpose(WORDS, [1, 0, 2])):\n    ..."),
    ):

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if not _reads_words(node):
                return node
            assert isinstance(node, ast.For)
            assert isinstance(node.iter, ast.Call)
            (loop,) = statements(text, WORDS=node.iter.args[0], WORD=node.target)
            assert isinstance(loop, ast.For)
            loop.body = [*(each for each in loop.body if isinstance(each, ast.Assign)), *node.body]
            return loop

        yield what, rewritten(source, change, TF)


def _reads_words(node: ast.AST) -> bool:
    """Tell whether this is a loop over ``tf.unstack(…)``."""
    return isinstance(node, ast.For) and called(node.iter) == "unstack"


def one_loop_a_cell(source: Source) -> Programs:
    """Let the first cell read all words before the second one begins."""

    def change(node: ast.AST) -> Changed:
        if not isinstance(node, ast.For) or not _reads_words(node) or len(node.body) != 2:
            return node
        first, second = node.body
        if not isinstance(first, ast.Assign) or not isinstance(first.targets[0], ast.Tuple):
            return node
        output = ast.unparse(first.targets[0].elts[0])
        begin = statements(f"outputs = []\nfor word in ITER:\n    outputs.append({output})", ITER=node.iter)
        assert isinstance(begin[1], ast.For)
        begin[1].target = node.target
        begin[1].body.insert(0, first)
        return [*begin, ast.For(first.targets[0].elts[0], ast.Name("outputs", ast.Load()), [second], [])]

    yield "one loop a cell", rewritten(source, change)


def _states_in(init: ast.FunctionDef) -> Iterator[ast.Assign]:
    for node in init.body:
        if isinstance(node, ast.Assign) and re.fullmatch(r"state\d*", attribute(node.targets[0])):
            yield node


def where_states_are_made(source: Source) -> Programs:
    """Make the first states in call."""

    def moved(init: ast.FunctionDef, call: ast.FunctionDef, text: str = "") -> None:
        found = list(_states_in(init))
        if not found or not any(isinstance(node, ast.For) for node in call.body):
            return
        sizes = rewritten_names({"units": "self.units"})
        made = []
        for node in found:
            init.body.remove(node)
            name = attribute(node.targets[0])
            value = expression(text.format(cell=name.replace("state", "cell"))) if text else sizes(node.value)
            made += statements(f"{name} = VALUE", VALUE=value)
        init.body[1:1] = statements("self.units = units")
        body = [node for node in call.body if "self.state" not in ast.unparse(node) or not isinstance(node, ast.Assign)]
        place = next(number for number, node in enumerate(body) if isinstance(node, ast.For))
        call.body = [*body[:place], *made, *body[place:]]

    yield "states made in call", rewritten(source, in_classes(moved))
    for what, text in (
        ("get_initial_state(batch_size)", "self.{cell}.get_initial_state(batch_size=batch_size)"),
        ("get_initial_state of the batch at hand", "self.{cell}.get_initial_state(batch_size=tf.shape(inputs)[0])"),
    ):

        def from_cell(init: ast.FunctionDef, call: ast.FunctionDef, text: str = text) -> None:
            moved(init, call, text)

        yield what, rewritten(source, in_classes(from_cell), TF)


def rewritten_names(names: dict[str, str]) -> Callable[[ast.expr], ast.expr]:
    """Return a function that writes other expressions for names."""

    def change(value: ast.expr) -> ast.expr:
        return expression(ast.unparse(value), **{name: expression(text) for name, text in names.items()})

    return change


def initial_states(source: Source) -> Programs:
    """Hand the first state over in each legal way."""
    for what, text in (
        ("initial_state without a list", "STATE"),
        ("initial_state in a tuple", "(STATE,)"),
    ):

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if isinstance(node, ast.keyword) and node.arg == "initial_state" and isinstance(node.value, ast.List):
                node.value = expression(text, STATE=node.value.elts[0])
            return node

        yield what, rewritten(source, change)

    def placed(node: ast.AST) -> ast.AST:
        given = keyword(node, "initial_state") if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and given is not None:
            node.keywords.remove(given)
            node.args.append(given.value)
        return node

    yield "initial_state by its place", rewritten(source, placed)


def states_by_number(source: Source) -> Programs:
    """Take the state of what a layer returns by its number."""

    def change(node: ast.AST) -> Changed:
        target = node.targets[0] if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) else None
        if isinstance(node, ast.Assign) and isinstance(target, ast.Tuple) and attribute(node.value.func):  # type: ignore[attr-defined]
            lines = [f"{ast.unparse(each)} = returned[{number}]" for number, each in enumerate(target.elts)]
            return statements("returned = CALL\n" + "\n".join(lines), CALL=node.value)
        return node

    yield "what a layer returns, by number", rewritten(source, change)


CELLS: tuple[Rewriting, ...] = (
    how_cells_are_called,
    how_words_are_read,
    one_loop_a_cell,
    where_states_are_made,
    initial_states,
    states_by_number,
)
