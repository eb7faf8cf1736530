"""Models that are stacks of layers, put together in other ways."""

from __future__ import annotations

import ast
from collections.abc import Callable

from grader.verify.rewriting.stacks import Stack, listed, of_flat, restacked, stack_of, with_body
from grader.verify.rewriting.trees import (
    Changed,
    Programs,
    Rewriting,
    after_docstring,
    called,
    camel_case,
    expression,
    rewritten,
    saves_models,
    statements,
)
from grader.verify.source import Source

MODEL = "from tensorflow.keras import Model"


def list_in_place(source: Source) -> Programs:
    """Hand Sequential a list of the layers."""
    yield (
        "Sequential of a list",
        of_flat(source, lambda stack: statements("return Sequential(LIST)", LIST=listed(stack.layers))),
    )


def list_made_first(source: Source) -> Programs:
    """Collect the layers in a list, then make the model."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        if stack is None:
            return node
        return restacked(
            stack,
            statements("stack = []"),
            lambda layer: statements("stack.append(LAYER)", LAYER=layer),
            statements("model = Sequential(stack)\nreturn model"),
        )

    yield "a list made first, then Sequential", rewritten(source, change)


def functional(source: Source) -> Programs:
    """Call layer after layer, then make a Model of inputs and outputs."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        if stack is None:
            return node
        inputs = stack.inputs
        return restacked(
            stack,
            statements("inputs = INPUT\nx = inputs", INPUT=inputs),
            lambda layer: [] if layer is inputs else statements("x = LAYER(x)", LAYER=layer),
            statements("return Model(inputs=inputs, outputs=x)"),
        )

    yield "functional", rewritten(source, change, MODEL)


def functional_in_one_expression(source: Source) -> Programs:
    """Nest the calls: ``Dense(1)(SimpleRNN(16)(inputs))``."""

    def body(stack: Stack) -> list[ast.stmt]:
        outputs: ast.expr = expression("inputs")
        for layer in stack.hidden:
            outputs = expression("LAYER(INSIDE)", LAYER=layer, INSIDE=outputs)
        return statements("inputs = INPUT\nreturn Model(inputs, OUTPUTS)", INPUT=stack.inputs, OUTPUTS=outputs)

    yield "functional, in one expression", of_flat(source, body, MODEL)


def functional_by_slice(source: Source) -> Programs:
    """Take the last step of a recurrent layer that returns them all."""
    last_step = (
        ("the last step by a slice", "x = LAYER(x)\nx = x[:, -1]"),
        ("the last step by a Lambda", "x = LAYER(x)\nx = layers.Lambda(lambda states: states[:, -1, :])(x)"),
    )
    for what, text in last_step:
        yield what, of_flat(source, lambda stack, text=text: _sliced(stack, text), MODEL)  # type: ignore[misc]


def _sliced(stack: Stack, text: str) -> list[ast.stmt]:
    body = statements("inputs = INPUT\nx = inputs", INPUT=stack.inputs)
    for layer in stack.hidden:
        recurrent = isinstance(layer, ast.Call) and called(layer) in ("SimpleRNN", "LSTM", "GRU")
        if recurrent and "return_sequences" not in ast.unparse(layer):
            assert isinstance(layer, ast.Call)
            layer.keywords.append(ast.keyword("return_sequences", ast.Constant(True)))
            body += statements(text, LAYER=layer)
        else:
            body += statements("x = LAYER(x)", LAYER=layer)
    return [*body, *statements("return Model(inputs, x)")]


def summarised(source: Source) -> Programs:
    """Print a summary where the model is made."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        if stack is not None:
            stack.function.body[-1:-1] = statements("MODEL.summary()", MODEL=ast.Name(stack.model, ast.Load()))
        return node

    yield "a summary where the model is made", rewritten(source, change)


def nested(source: Source) -> Programs:
    """Put all layers but the last into a Sequential of their own."""

    def body(stack: Stack) -> list[ast.stmt]:
        inner, last = listed(stack.layers[:-1]), stack.layers[-1]
        return statements("body = Sequential(INNER)\nreturn Sequential([body, LAST])", INNER=inner, LAST=last)

    yield "nested Sequential", of_flat(source, body)


def subclass(source: Source) -> Programs:
    """Make a subclass of Model with one attribute a layer."""
    yield (
        "subclass of Model",
        _classed(
            source,
            lambda stack: [
                line
                for number, layer in enumerate(stack.hidden)
                for line in statements(f"self.layer{number} = LAYER", LAYER=layer)
            ],
            lambda stack: "\n".join(f"inputs = self.layer{number}(inputs)" for number, _ in enumerate(stack.hidden)),
        ),
    )


def subclass_with_a_list(source: Source) -> Programs:
    """Make a subclass of Model that keeps its layers in a list."""
    yield (
        "subclass of Model, layers in a list",
        _classed(
            source,
            lambda stack: statements("self.stack = LIST", LIST=listed(stack.hidden)),
            lambda _: "for layer in self.stack:\n    inputs = layer(inputs)",
        ),
    )


def subclass_around_sequential(source: Source) -> Programs:
    """Make a subclass of Model that holds a Sequential."""
    yield (
        "subclass of Model around a Sequential",
        _classed(
            source,
            lambda stack: statements("self.stack = Sequential(LIST)", LIST=listed(stack.hidden)),
            lambda _: "inputs = self.stack(inputs)",
        ),
    )


def _classed(source: Source, made: Callable[[Stack], list[ast.stmt]], run: Callable[[Stack], str]) -> str:
    """Write every stack without loops as a class, and the function as a call of it.

    A program that saves whole models stays as it is: Keras cannot save such a class.
    """
    if saves_models(source):
        return source.text

    def change(node: ast.AST) -> Changed:
        stack = stack_of(node)
        if stack is None or not stack.flat:
            return node
        name = camel_case(stack.function.name)
        names = [each.arg for each in stack.function.args.args]
        lines = "\n".join("        " + line for line in run(stack).splitlines())
        (made_class,) = statements(
            f"class {name}(Model):\n"
            f"    def __init__({', '.join(['self', *names])}):\n        super().__init__()\n"
            f"    def call(self, inputs):\n{lines}\n        return inputs"
        )
        assert isinstance(made_class, ast.ClassDef)
        assert isinstance(made_class.body[0], ast.FunctionDef)
        made_class.body[0].body += made(stack)
        return [made_class, with_body(stack, statements(f"return {name}({', '.join(names)})"))]

    return rewritten(source, change, MODEL)


def sequential_for_functional(source: Source) -> Programs:
    """Stack in a Sequential what the solution calls one after another."""

    def change(node: ast.AST) -> ast.AST:
        chain = _chain(node)
        if chain and isinstance(node, ast.FunctionDef):
            node.body[after_docstring(node.body) :] = statements("return Sequential(LIST)", LIST=listed(tuple(chain)))
        return node

    yield "Sequential in place of functional", rewritten(source, change, "from tensorflow.keras import Sequential")


def _chain(node: ast.AST) -> list[ast.expr]:
    """Return Input and layers of ``inputs = Input(…); x = layer(inputs); …; return Model(inputs, x)``."""
    body = node.body[after_docstring(node.body) :] if isinstance(node, ast.FunctionDef) else []
    last = body[-1] if body else None
    if not isinstance(last, ast.Return) or called(last.value or last) != "Model":
        return []
    found: list[ast.expr] = []
    before = ""
    for line in body[:-1]:
        if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Call):
            return []
        run = line.value
        if called(run) == "Input":
            found.append(run)
        elif isinstance(run.func, ast.Call) and ast.unparse(run.args[0]) == before:
            found.append(run.func)
        else:
            return []
        before = ast.unparse(line.targets[0])
    return found


def dense_at_every_step(source: Source) -> Programs:
    """Write a Dense layer without TimeDistributed: it looks at the last axis alone."""

    def change(node: ast.AST) -> ast.AST:
        inner = node.args[0] if isinstance(node, ast.Call) and called(node) == "TimeDistributed" else None
        return inner if inner is not None and called(inner) == "Dense" else node

    yield "Dense in place of TimeDistributed(Dense)", rewritten(source, change)


MODELS: tuple[Rewriting, ...] = (
    list_in_place,
    list_made_first,
    functional,
    functional_in_one_expression,
    functional_by_slice,
    nested,
    summarised,
    subclass,
    subclass_with_a_list,
    subclass_around_sequential,
    sequential_for_functional,
    dense_at_every_step,
)
