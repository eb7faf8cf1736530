"""NumPy and pandas: the same numbers by another spelling."""

from __future__ import annotations

import ast

from grader.verify.rewriting.trees import Change, Programs, Rewriting, called, expression, is_method, rewritten
from grader.verify.source import Source

PRODUCTS = (
    ("np.dot", "np.dot(LEFT, RIGHT)"),
    ("np.matmul", "np.matmul(LEFT, RIGHT)"),
    ("the method dot", "LEFT.dot(RIGHT)"),
    ("np.einsum", "np.einsum('...i,ij->...j', LEFT, RIGHT)"),
    ("np.tensordot", "np.tensordot(LEFT, RIGHT, axes=1)"),
)
"""Right operands are matrices in every lesson."""
SQUARES = (
    ("np.square", "np.square(BASE)"),
    ("np.power", "np.power(BASE, 2)"),
    ("a product with itself", "BASE * BASE"),
)
CALLS = (
    ("np.asarray for np.array", "array", "np.asarray(FIRST)"),
    ("np.stack for np.array", "array", "np.stack(FIRST)"),
    ("np.hstack for np.concatenate", "concatenate", "np.hstack(FIRST)"),
    ("np.append for np.concatenate", "concatenate", "np.append(*FIRST)"),
    ("np.concatenate for np.vstack", "vstack", "np.concatenate([np.atleast_2d(each) for each in FIRST])"),
    ("np.full for np.zeros", "zeros", "np.full(FIRST, 0.0)"),
    ("np.zeros of the same shape", "zeros_like", "np.zeros(FIRST.shape)"),
    ("a difference of exponentials for tanh", "tanh", "1 - 2 / (np.exp(2 * (FIRST)) + 1)"),
)
"""Calls of NumPy with one argument, and what computes the same."""
PANDAS = (
    ("values for to_numpy()", "to_numpy", "RECEIVER.values"),
    ("np.array for to_numpy()", "to_numpy", "np.array(RECEIVER)"),
)


def products(source: Source) -> Programs:
    """Multiply matrices by another function."""
    for what, text in PRODUCTS:

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                return expression(text, LEFT=node.left, RIGHT=node.right)
            return node

        yield what, rewritten(source, change)


def squares(source: Source) -> Programs:
    """Square by another function."""
    for what, text in SQUARES:

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and ast.unparse(node.right) == "2":
                return expression(text, BASE=node.left)
            return node

        yield what, rewritten(source, change)


def _of_numpy(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == f"np.{name}"


def other_functions(source: Source) -> Programs:
    """Take another function of NumPy that gives the same array."""
    for what, name, text in CALLS:

        def change(node: ast.AST, name: str = name, text: str = text) -> ast.AST:
            if isinstance(node, ast.Call) and _of_numpy(node, name) and len(node.args) == 1 and not node.keywords:
                return expression(text, FIRST=node.args[0])
            return node

        yield what, rewritten(source, change)


def methods_for_functions(source: Source) -> Programs:
    """Write ``x.mean(axis=1)`` for ``np.mean(x, axis=1)``."""
    yield "methods for functions of NumPy", rewritten(source, _as_method("sum", "mean"))


def _as_method(*names: str) -> Change:
    def change(node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.Call) or not any(_of_numpy(node, name) for name in names):
            return node
        if not isinstance(node.args[0], ast.List | ast.ListComp | ast.GeneratorExp):
            node.func = ast.Attribute(node.args.pop(0), called(node), ast.Load())
        return node

    return change


def functions_for_methods(source: Source) -> Programs:
    """Write ``np.mean(x)`` for ``x.mean()``."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args + node.keywords:
            return expression(f"np.{called(node)}(ARRAY)", ARRAY=node.func.value) if called(node) == "max" else node
        return node

    yield "functions of NumPy for methods", rewritten(source, change, "import numpy as np")


def outer_products(source: Source) -> Programs:
    """Write an outer product by its axes."""
    for what, text in (
        ("outer product by axes", "LEFT[:, np.newaxis] * RIGHT[np.newaxis, :]"),
        ("np.multiply.outer", "np.multiply.outer(LEFT, RIGHT)"),
    ):

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if isinstance(node, ast.Call) and _of_numpy(node, "outer"):
                return expression(text, LEFT=node.args[0], RIGHT=node.args[1])
            return node

        yield what, rewritten(source, change)


def pandas_spellings(source: Source) -> Programs:
    """Take the numbers out of a Series in another way."""
    for what, name, text in PANDAS:

        def change(node: ast.AST, name: str = name, text: str = text) -> ast.AST:
            if isinstance(node, ast.Call) and is_method(node) and called(node) == name and not node.args:
                assert isinstance(node.func, ast.Attribute)
                return expression(text, RECEIVER=node.func.value)
            return node

        yield what, rewritten(source, change, "import numpy as np")


def axes_by_other_names(source: Source) -> Programs:
    """Write ``None`` for ``np.newaxis`` and ``...`` for whole axes."""

    def none(node: ast.AST) -> ast.AST:
        return ast.Constant(None) if isinstance(node, ast.Attribute) and node.attr == "newaxis" else node

    def whole(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Subscript) and ast.unparse(node.slice) in (":, -1, :", "(:, -1, :)"):
            node.slice = ast.Tuple([ast.Slice(), expression("-1")], ast.Load())
        return node

    yield "None for np.newaxis", rewritten(source, none)
    yield "[:, -1] for [:, -1, :]", rewritten(source, whole)


ARRAYS: tuple[Rewriting, ...] = (
    products,
    squares,
    other_functions,
    methods_for_functions,
    functions_for_methods,
    outer_products,
    pandas_spellings,
    axes_by_other_names,
)
