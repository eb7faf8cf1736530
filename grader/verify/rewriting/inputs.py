"""What goes into a model, said in each legal way."""

from __future__ import annotations

import ast

from grader.verify.rewriting.stacks import stack_of
from grader.verify.rewriting.trees import (
    KERAS,
    TF,
    Programs,
    Rewriting,
    called,
    expression,
    keyword,
    rewritten,
    statements,
)
from grader.verify.source import Source

WAYS = (
    ("keras.Input(shape=…)", "keras.Input(shape=SHAPE)", KERAS),
    ("tf.keras.Input(…)", "tf.keras.Input(SHAPE)", TF),
    ("keras.layers.Input(shape=…)", "keras.layers.Input(shape=SHAPE)", KERAS),
    ("a shape that is a list", "keras.Input(shape=list(SHAPE))", KERAS),
    ("batch_shape", "keras.Input(batch_shape=(None, *SHAPE))", KERAS),
    ("an Input with a name and a type", "keras.Input(SHAPE, name='in', dtype='float32')", KERAS),
)
WORDS = ast.Tuple([ast.Constant(None)], ast.Load())
"""The shape of sequences of words, of any length."""


def _shape(call: ast.Call) -> ast.expr:
    named = keyword(call, "shape")
    return named.value if named else call.args[0]


def other_inputs(source: Source) -> Programs:
    """Write each Input in another way."""
    for what, text, line in WAYS:

        def change(node: ast.AST, text: str = text) -> ast.AST:
            if isinstance(node, ast.Call) and called(node) == "Input":
                return expression(text, SHAPE=_shape(node))
            return node

        yield what, rewritten(source, change, line)


def _with_first(source: Source, begin: str, *imports: str) -> str:
    """Write other statements where a stack gets its Input; ``FIRST`` is the layer after it."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        first = next((each for each in node.body if _adds(each)), None) if isinstance(node, ast.FunctionDef) else None
        if stack is None or first is None:
            return node
        place = stack.function.body.index(first)
        until = place + 1 + (called(stack.layers[0]) == "Input")
        shape = _shape(stack.inputs)
        stack.function.body[place:until] = statements(
            begin, MODEL=_name(stack.model), SHAPE=shape, FIRST=stack.hidden[0]
        )
        return stack.function

    return rewritten(source, change, *imports)


def _adds(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and called(node.value) == "add"


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def an_input_layer(source: Source) -> Programs:
    """Begin with an InputLayer, or with an Input where the solution has none."""
    yield (
        "layers.InputLayer",
        _with_first(source, "MODEL.add(layers.InputLayer(shape=SHAPE))\nMODEL.add(FIRST)"),
    )
    yield "keras.Input first", _with_first(source, "MODEL.add(keras.Input(shape=SHAPE))\nMODEL.add(FIRST)", KERAS)


def no_input(source: Source) -> Programs:
    """Let the model be built by the first data that it sees."""
    yield "no Input", _with_first(source, "MODEL.add(FIRST)")


def shape_on_the_first_layer(source: Source) -> Programs:
    """Give input_shape to the first layer, as older courses do."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and called(node) == "with_shape":
            layer, shape = node.args
            assert isinstance(layer, ast.Call)
            layer.keywords.append(ast.keyword("input_shape", shape))
            return layer
        return node

    begun = Source(_with_first(source, "MODEL.add(with_shape(FIRST, SHAPE))"), source.stub)
    yield "input_shape on the first layer", rewritten(begun, change)


def any_length(source: Source) -> Programs:
    """Leave the length of the sequences open."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        shape = _shape(stack.inputs) if stack else None
        if isinstance(shape, ast.Tuple) and len(shape.elts) == 2:
            shape.elts[0] = ast.Constant(None)
        return node

    yield "sequences of any length", rewritten(source, change)


def input_length(source: Source) -> Programs:
    """Say how long sequences are on the Embedding, as older courses do."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and called(node) == "Embedding":
            node.keywords.append(ast.keyword("input_length", ast.Constant(None)))
        return node

    yield "input_length", rewritten(source, change)


INPUTS: tuple[Rewriting, ...] = (
    other_inputs,
    an_input_layer,
    no_input,
    shape_on_the_first_layer,
    any_length,
    input_length,
)
