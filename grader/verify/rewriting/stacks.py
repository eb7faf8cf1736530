"""Functions that stack layers: found in a solution, and written anew."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from grader.verify.rewriting.trees import (
    after_docstring,
    called,
    expression,
    mentions,
    rewritten,
)
from grader.verify.source import Source


@dataclass(frozen=True, slots=True)
class Stack:
    """A function that makes a Sequential model, adds layers to it, and returns it."""

    function: ast.FunctionDef
    model: str
    layers: tuple[ast.expr, ...]
    """In the order of the text."""
    flat: bool
    """No layer is added in a loop."""

    @property
    def inputs(self) -> ast.Call:
        """The Input that it begins with; of sequences of any length where there is none, as for an Embedding."""
        first = self.layers[0]
        if isinstance(first, ast.Call) and called(first) == "Input":
            return first
        made = expression("layers.Input((None,))")
        assert isinstance(made, ast.Call)
        return made

    @property
    def hidden(self) -> tuple[ast.expr, ...]:
        """Its layers, without an Input."""
        return self.layers[1:] if called(self.layers[0]) == "Input" else self.layers


def stack_of(node: ast.AST) -> Stack | None:
    """Return the stack that a function builds, where it builds one and does nothing else with it."""
    if not isinstance(node, ast.FunctionDef):
        return None
    beginning = next((each for each in node.body if _begins(each)), None)
    last = node.body[-1]
    if beginning is None or not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name):
        return None
    assert isinstance(beginning, ast.Assign)
    if not isinstance(beginning.targets[0], ast.Name) or beginning.targets[0].id != last.value.id:
        return None
    model = last.value.id
    found = [each for each in ast.walk(node) if _added(each, model) is not None]
    uses = [each for each in ast.walk(node) if isinstance(each, ast.Name) and each.id == model]
    if not found or len(uses) != len(found) + 2:
        return None
    found.sort(key=lambda each: each.lineno)  # type: ignore[attr-defined]
    layers = tuple(layer for each in found if (layer := _added(each, model)) is not None)
    return Stack(node, model, layers, all(each in node.body for each in found))


def _begins(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Assign)
        and called(node.value) == "Sequential"
        and isinstance(node.value, ast.Call)
        and not node.value.args
    )


def _added(node: ast.AST, model: str) -> ast.expr | None:
    """Return the layer that a statement adds to a model."""
    if isinstance(node, ast.Expr) and called(node.value) == "add":
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and mentions(call.func.value, model):
            return next(iter([*call.args, *(each.value for each in call.keywords)]), None)
    return None


def restacked(
    stack: Stack, begin: list[ast.stmt], add: Callable[[ast.expr], list[ast.stmt]], end: list[ast.stmt]
) -> ast.FunctionDef:
    """Write a stack with other statements where it begins, adds a layer, and ends."""

    class Restacker(ast.NodeTransformer):
        def visit_Assign(self, node: ast.Assign) -> ast.Assign | list[ast.stmt]:
            return begin if _begins(node) else node

        def visit_Expr(self, node: ast.Expr) -> ast.Expr | list[ast.stmt]:
            layer = _added(node, stack.model)
            return node if layer is None else add(layer)

        def visit_Return(self, _: ast.Return) -> list[ast.stmt]:
            return end

    function: ast.FunctionDef = Restacker().visit(stack.function)
    return function


def with_body(stack: Stack, body: list[ast.stmt]) -> ast.FunctionDef:
    """Write other statements in the place of all but the docstring."""
    stack.function.body[after_docstring(stack.function.body) :] = body
    return stack.function


def of_flat(source: Source, body: Callable[[Stack], list[ast.stmt]], *imports: str) -> str:
    """Write every stack without loops anew."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        return with_body(stack, body(stack)) if stack and stack.flat else node

    return rewritten(source, change, *imports)


def listed(layers: tuple[ast.expr, ...]) -> ast.List:
    """Return a list of these layers."""
    return ast.List(list(layers), ast.Load())
