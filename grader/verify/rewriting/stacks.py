"""Models that are stacks of layers: the ways to put one together, and to say what goes in."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from grader.verify.rewriting.trees import (
    KERAS,
    TF,
    Programs,
    Rewriting,
    after_docstring,
    called,
    camel_case,
    expression,
    mentions,
    rewritten,
    statements,
)
from grader.verify.source import Source

MODEL = "from tensorflow.keras import Model"
SEQUENTIAL = "from tensorflow.keras import Sequential"


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
    found = [each for each in ast.walk(node) if (_added(each, model)) is not None]
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
            return call.args[0]
    return None


def _restacked(
    stack: Stack, begin: list[ast.stmt], add: Callable[[ast.expr], list[ast.stmt]], end: list[ast.stmt]
) -> ast.FunctionDef:
    """Write a stack with other statements where it begins, adds a layer, and ends."""

    class Restacker(ast.NodeTransformer):
        def visit_Assign(self, node: ast.Assign) -> ast.Assign | list[ast.stmt]:  # noqa: N802
            return begin if _begins(node) else node

        def visit_Expr(self, node: ast.Expr) -> ast.Expr | list[ast.stmt]:  # noqa: N802
            layer = _added(node, stack.model)
            return node if layer is None else add(layer)

        def visit_Return(self, _: ast.Return) -> list[ast.stmt]:  # noqa: N802
            return end

    function: ast.FunctionDef = Restacker().visit(stack.function)
    return function


def _with_body(stack: Stack, body: list[ast.stmt]) -> ast.FunctionDef:
    """Write other statements in the place of all but the docstring."""
    stack.function.body[after_docstring(stack.function.body) :] = body
    return stack.function


def _of_flat(source: Source, body: Callable[[Stack], list[ast.stmt]], *imports: str) -> str:
    """Write every stack without loops anew."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        return _with_body(stack, body(stack)) if stack and stack.flat else node

    return rewritten(source, change, *imports)


def _listed(layers: tuple[ast.expr, ...]) -> ast.List:
    return ast.List(list(layers), ast.Load())


def list_in_place(source: Source) -> Programs:
    """Hand Sequential a list of the layers."""
    yield (
        "Sequential of a list",
        _of_flat(source, lambda stack: statements("return Sequential(LIST)", LIST=_listed(stack.layers))),
    )


def list_made_first(source: Source) -> Programs:
    """Collect the layers in a list, then make the model."""

    def change(node: ast.AST) -> ast.AST:
        stack = stack_of(node)
        if stack is None:
            return node
        return _restacked(
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
        return _restacked(
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

    yield "functional, in one expression", _of_flat(source, body, MODEL)


def functional_by_slice(source: Source) -> Programs:
    """Take the last step of a recurrent layer that returns them all."""
    last_step = (
        ("the last step by a slice", "x = LAYER(x)\nx = x[:, -1]"),
        ("the last step by a Lambda", "x = LAYER(x)\nx = layers.Lambda(lambda states: states[:, -1, :])(x)"),
    )
    for what, text in last_step:
        yield what, _of_flat(source, lambda stack, text=text: _sliced(stack, text), MODEL)  # type: ignore[misc]


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


def nested(source: Source) -> Programs:
    """Put all layers but the last into a Sequential of their own."""

    def body(stack: Stack) -> list[ast.stmt]:
        inner, last = _listed(stack.layers[:-1]), stack.layers[-1]
        return statements("body = Sequential(INNER)\nreturn Sequential([body, LAST])", INNER=inner, LAST=last)

    yield "nested Sequential", _of_flat(source, body)


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
            lambda stack: statements("self.stack = LIST", LIST=_listed(stack.hidden)),
            lambda _: "for layer in self.stack:\n    inputs = layer(inputs)",
        ),
    )


def subclass_around_sequential(source: Source) -> Programs:
    """Make a subclass of Model that holds a Sequential."""
    yield (
        "subclass of Model around a Sequential",
        _classed(
            source,
            lambda stack: statements("self.stack = Sequential(LIST)", LIST=_listed(stack.hidden)),
            lambda _: "inputs = self.stack(inputs)",
        ),
    )


def _classed(source: Source, made: Callable[[Stack], list[ast.stmt]], run: Callable[[Stack], str]) -> str:
    """Write every stack without loops as a class, and the function as a call of it."""

    def change(node: ast.AST) -> ast.AST | list[ast.AST]:
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
        return [made_class, _with_body(stack, statements(f"return {name}({', '.join(names)})"))]

    return rewritten(source, change, MODEL)


STACKS: tuple[Rewriting, ...] = (
    list_in_place,
    list_made_first,
    functional,
    functional_in_one_expression,
    functional_by_slice,
    nested,
    subclass,
    subclass_with_a_list,
    subclass_around_sequential,
)

__all__ = ["KERAS", "SEQUENTIAL", "STACKS", "TF"]
