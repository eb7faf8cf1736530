"""Calls: arguments by place and by name, in another order, defaults written and left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.rewriting.trees import Programs, Rewriting, called, functions, is_method, keyword, rewritten
from grader.verify.source import Source

RECURRENT = ("units", "activation")
SIGNATURES: dict[str, tuple[str, ...]] = {
    "Embedding": ("input_dim", "output_dim"),
    "SimpleRNN": RECURRENT,
    "LSTM": (*RECURRENT, "recurrent_activation"),
    "GRU": (*RECURRENT, "recurrent_activation"),
    "SimpleRNNCell": RECURRENT,
    "LSTMCell": RECURRENT,
    "GRUCell": RECURRENT,
    "Dense": RECURRENT,
    "Dropout": ("rate",),
    "Bidirectional": ("layer", "merge_mode"),
    "TimeDistributed": ("layer",),
    "Input": ("shape",),
    "Sequential": ("layers",),
    "Model": ("inputs", "outputs"),
    "Adam": ("learning_rate",),
    "RMSprop": ("learning_rate",),
    "EarlyStopping": ("monitor", "min_delta", "patience"),
    "ModelCheckpoint": ("filepath", "monitor", "verbose", "save_best_only"),
    "pad_sequences": ("sequences", "maxlen"),
    "ARIMA": ("endog", "exog", "order", "seasonal_order", "trend"),
}
METHODS: dict[str, tuple[str, ...]] = {
    "compile": ("optimizer", "loss"),
    "fit": ("x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data"),
    "evaluate": ("x", "y", "batch_size", "verbose"),
    "predict": ("x", "batch_size", "verbose"),
    "batch": ("batch_size", "drop_remainder"),
    "shuffle": ("buffer_size",),
    "add": ("layer",),
}
DEFAULTS: dict[str, dict[str, object]] = {
    "SimpleRNN": {"activation": "tanh", "return_sequences": False, "go_backwards": False},
    "LSTM": {"activation": "tanh", "recurrent_activation": "sigmoid", "return_sequences": False},
    "GRU": {"activation": "tanh", "recurrent_activation": "sigmoid", "return_sequences": False, "reset_after": True},
    "SimpleRNNCell": {"activation": "tanh", "recurrent_dropout": 0.0},
    "LSTMCell": {"activation": "tanh", "unit_forget_bias": True},
    "GRUCell": {"activation": "tanh", "reset_after": True},
    "Dense": {"use_bias": True},
    "Embedding": {"mask_zero": False},
    "Bidirectional": {"merge_mode": "concat"},
    "Adam": {"beta_1": 0.9, "beta_2": 0.999},
    "RMSprop": {"rho": 0.9, "momentum": 0.0},
    "BinaryCrossentropy": {"from_logits": False},
    "EarlyStopping": {"monitor": "val_loss", "mode": "auto"},
    "ModelCheckpoint": {"monitor": "val_loss", "save_weights_only": False},
    "pad_sequences": {"padding": "pre", "truncating": "pre"},
    "fit": {"shuffle": True},
    "batch": {"drop_remainder": False},
}
"""Keras's own: written or left out, they say the same."""


def _signature(source: Source, call: ast.Call) -> tuple[str, ...]:
    name = called(call)
    own = functions(source).get(name)
    if own is not None and not is_method(call):
        return tuple(each.arg for each in own.args.args)
    classes = {node.name: node for node in source.tree.body if isinstance(node, ast.ClassDef)}
    if name in classes:
        return tuple(_constructor(classes[name]))
    return METHODS.get(name, ()) if is_method(call) and name in METHODS else SIGNATURES.get(name, ())


def _constructor(made: ast.ClassDef) -> Iterator[str]:
    for node in made.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from (each.arg for each in node.args.args[1:])


def _starred(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Starred) for each in call.args) or any(not each.arg for each in call.keywords)


def by_name(source: Source) -> Programs:
    """Name every argument whose name is known."""

    def change(node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.Call) or _starred(node):
            return node
        names = _signature(source, node)
        if node.args and len(node.args) <= len(names):
            named = [ast.keyword(name, value) for name, value in zip(names, node.args, strict=False)]
            node.args, node.keywords = [], [*named, *node.keywords]
        return node

    yield "arguments by name", rewritten(source, change)


def by_place(source: Source) -> Programs:
    """Give arguments by their place, as far as no name between them is left out."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and not _starred(node):
            for name in _signature(source, node)[len(node.args) :]:
                given = keyword(node, name)
                if given is None:
                    break
                node.args.append(given.value)
                node.keywords.remove(given)
        return node

    yield "arguments by place", rewritten(source, change)


def keywords_in_another_order(source: Source) -> Programs:
    """Write the named arguments from the last to the first."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and not _starred(node):
            node.keywords.reverse()
        return node

    yield "named arguments in another order", rewritten(source, change)


def defaults_written(source: Source) -> Programs:
    """Write what Keras takes when nothing is said."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call):
            given = {*_signature(source, node)[: len(node.args)], *(each.arg for each in node.keywords)}
            for name, value in DEFAULTS.get(called(node), {}).items():
                if given and name not in given:
                    node.keywords.append(ast.keyword(name, ast.Constant(value)))  # type: ignore[arg-type]
        return node

    yield "defaults written out", rewritten(source, change)


def defaults_left_out(source: Source) -> Programs:
    """Leave out what Keras takes anyway."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call):
            known = DEFAULTS.get(called(node), {})
            node.keywords = [each for each in node.keywords if not _is_default(each, known)]
        return node

    yield "defaults left out", rewritten(source, change)


def _is_default(given: ast.keyword, known: dict[str, object]) -> bool:
    return given.arg in known and isinstance(given.value, ast.Constant) and given.value.value == known[given.arg]


def a_dictionary_of_arguments(source: Source) -> Programs:
    """Hand the named arguments of fit and compile over in a dictionary: ``fit(x, y, **settings)``."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and called(node) in ("fit", "compile") and node.keywords and not _starred(node):
            keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in node.keywords]
            settings = ast.Dict(keys, [each.value for each in node.keywords])
            node.keywords = [ast.keyword(None, settings)]
        return node

    yield "named arguments in a dictionary", rewritten(source, change)


def names_of_layers(source: Source) -> Programs:
    """Give every layer a name."""
    kinds = [name for name in DEFAULTS if name in SIGNATURES and SIGNATURES[name][:1] in (("units",), ("input_dim",))]
    numbers = iter(range(1000))

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and called(node) in kinds and keyword(node, "name") is None:
            node.keywords.append(ast.keyword("name", ast.Constant(f"my_{called(node).lower()}_{next(numbers)}")))
        if isinstance(node, ast.For):  # names in a model must differ
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and called(call) in kinds:
                    call.keywords = [each for each in call.keywords if each.arg != "name"]
        return node

    yield "layers with names", rewritten(source, change)


def initializers(source: Source) -> Programs:
    """Choose other first weights, which no task names."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and called(node) in ("Dense", "SimpleRNN", "LSTM", "GRU"):
            node.keywords.append(ast.keyword("kernel_initializer", ast.Constant("he_normal")))
        return node

    yield "other initializers", rewritten(source, change)


ARGUMENTS: tuple[Rewriting, ...] = (
    by_name,
    by_place,
    keywords_in_another_order,
    defaults_written,
    defaults_left_out,
    a_dictionary_of_arguments,
    names_of_layers,
    initializers,
)
