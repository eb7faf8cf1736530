"""Classes of models: what they inherit from, how attributes, layers and call are written."""

from __future__ import annotations

import ast
from collections.abc import Callable

from grader.verify.rewriting.trees import (
    KERAS,
    TF,
    Changed,
    Programs,
    Rewriting,
    called,
    expression,
    keyword,
    rewritten,
    statements,
    text_of,
)
from grader.verify.source import Source


def _methods(made: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in made.body if isinstance(node, ast.FunctionDef)}


def attribute(node: ast.AST) -> str:
    """Return the name after ``self.``."""
    mine = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return node.attr if mine else ""  # type: ignore[attr-defined]


def in_classes(change: Callable[[ast.FunctionDef, ast.FunctionDef], None]) -> Callable[[ast.AST], ast.AST]:
    """Change the ``__init__`` and the ``call`` of each class that has both."""

    def changed(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ClassDef):
            methods = _methods(node)
            if {"__init__", "call"} <= set(methods):
                change(methods["__init__"], methods["call"])
        return node

    return changed


def other_bases(source: Source) -> Programs:
    """Inherit from Model by another name."""
    for base, line in (("tf.keras.Model", TF), ("keras.Model", KERAS)):

        def change(node: ast.AST, base: str = base) -> ast.AST:
            if isinstance(node, ast.ClassDef):
                mine = {"Model": expression(base)}
                node.bases = [mine.get(ast.unparse(each), each) for each in node.bases]
            return node

        yield f"class of {base}", rewritten(source, change, line)


def super_with_arguments(source: Source) -> Programs:
    """Write super as Python 2 had it."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ClassDef):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call) == "super()":
                    call.args = [ast.Name(node.name, ast.Load()), ast.Name("self", ast.Load())]
        return node

    yield "super(Class, self)", rewritten(source, change)


def more_keywords(source: Source) -> Programs:
    """Take ``**kwargs`` and hand them to Model."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            node.args.kwarg = ast.arg("kwargs")
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call) == "super().__init__()":
                    call.keywords = [ast.keyword(None, ast.Name("kwargs", ast.Load()))]
        return node

    yield "**kwargs for Model", rewritten(source, change)


def other_attributes(source: Source) -> Programs:
    """Call the attributes of a class by other names."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ClassDef):
            mine = [each for each in ast.walk(node) if _is_own(each)]
            known = {each.attr for each in mine if isinstance(each.ctx, ast.Store)}  # type: ignore[attr-defined]
            for each in mine:
                assert isinstance(each, ast.Attribute)
                each.attr = f"my_{each.attr}" if each.attr in known else each.attr
        return node

    yield "attributes with other names", rewritten(source, change)


def _is_own(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def call_hands_on(source: Source) -> Programs:
    """Let call do its work by another method."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name == "call":
            names = ", ".join(each.arg for each in node.args.args[1:])
            (caller,) = statements(f"def call(self):\n    return self.run({names})")
            assert isinstance(caller, ast.FunctionDef)
            caller.args, node.name = node.args, "run"
            return [node, caller]
        return node

    yield "call by another method", rewritten(source, change)


def call_overridden(source: Source) -> Programs:
    """Write ``__call__`` in place of ``call``, in a model that nothing trains."""
    if any(called(node) in ("fit", "compile") for node in ast.walk(source.tree)):
        return

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef) and node.name == "call":
            node.name = "__call__"
        return node

    yield "__call__ in place of call", rewritten(source, change)


def flag_off_by_default(source: Source) -> Programs:
    """Write ``training=False`` in the head of call."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef) and node.name == "call" and node.args.args[-1].arg == "training":
            node.args.defaults = [ast.Constant(False)]
        return node

    yield "training=False by default", rewritten(source, change)


def prints_in_call(source: Source) -> Programs:
    """Print shapes while the model is run."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef) and node.name == "call":
            first = node.args.args[1].arg
            node.body[-1:-1] = statements(f"print('shape:', {first}.shape)")
        return node

    yield "prints in call", rewritten(source, change)


def activation_in_call(source: Source) -> Programs:
    """Leave the activation of a Dense layer out and write it in call."""

    def change(init: ast.FunctionDef, call: ast.FunctionDef) -> None:
        for node in init.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) == "Dense":
                given, layer = keyword(node.value, "activation"), attribute(node.targets[0])
                name = text_of(given.value) if given else None
                last = call.body[-1]
                if given and name and isinstance(last, ast.Return) and called(last.value or last) == layer:
                    node.value.keywords.remove(given)
                    call.body[-1:] = statements(f"return tf.nn.{name}(SCORES)", SCORES=last.value or last)

    yield "activation in call", rewritten(source, in_classes(change), TF)


def sequential_in_a_class(source: Source) -> Programs:
    """Write the Sequential that a class holds by add, or as layers of the class."""

    def added(node: ast.AST) -> Changed:
        layers = _held(node)
        if not isinstance(node, ast.Assign) or not layers:
            return node
        target = ast.unparse(node.targets[0])
        made = statements(f"{target} = Sequential()")
        return made + [each for layer in layers for each in statements(f"{target}.add(LAYER)", LAYER=layer)]

    def flat(init: ast.FunctionDef, call: ast.FunctionDef) -> None:
        node = next((each for each in init.body if _held(each)), None)
        name = attribute(node.targets[0]) if isinstance(node, ast.Assign) else ""
        line = next((each for each in call.body if isinstance(each, ast.Assign) and called(each.value) == name), None)
        if node is None or line is None:
            return
        layers = _held(node)
        place = init.body.index(node)
        init.body[place : place + 1] = [
            each
            for number, layer in enumerate(layers)
            for each in statements(f"self.{name}_{number} = LAYER", LAYER=layer)
        ]
        place = call.body.index(line)
        text = ast.unparse(line)
        call.body[place : place + 1] = [
            each
            for number, _ in enumerate(layers)
            for each in statements(text.replace(f"self.{name}(", f"self.{name}_{number}("))
        ]

    yield "add in a class", rewritten(source, added)
    yield "layers of the class in place of a Sequential", rewritten(source, in_classes(flat))


def _held(node: ast.AST) -> list[ast.expr]:
    """Return the layers of ``self.rnn = Sequential([…])``."""
    if isinstance(node, ast.Assign) and attribute(node.targets[0]) and called(node.value) == "Sequential":
        given = node.value.args  # type: ignore[attr-defined]
        return list(given[0].elts) if given and isinstance(given[0], ast.List) else []
    return []


def unrolled_or_not(source: Source) -> Programs:
    """Unroll the loop over the words, or leave that to Keras: it computes the same."""

    def rolled(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call):
            node.keywords = [each for each in node.keywords if each.arg != "unroll"]
        return node

    yield "unroll left out", rewritten(source, rolled)


CLASSES: tuple[Rewriting, ...] = (
    other_bases,
    super_with_arguments,
    more_keywords,
    other_attributes,
    call_hands_on,
    call_overridden,
    flag_off_by_default,
    prints_in_call,
    activation_in_call,
    sequential_in_a_class,
    unrolled_or_not,
)
