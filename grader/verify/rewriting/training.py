"""Losses, metrics, optimizers and activations: a string, an object, a function, an alias."""

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
    is_method,
    keyword,
    rewritten,
    saves_models,
    statements,
    text_of,
)
from grader.verify.source import Source

LOSSES = {
    "binary_crossentropy": (
        "'BinaryCrossentropy'",
        "'bce'",
        "tf.keras.losses.BinaryCrossentropy()",
        "tf.losses.BinaryCrossentropy()",
        "tf.keras.losses.BinaryCrossentropy",
        "tf.keras.losses.binary_crossentropy",
        "keras.losses.binary_crossentropy",
    ),
    "mean_squared_error": (
        "'mse'",
        "'MSE'",
        "'MeanSquaredError'",
        "tf.keras.losses.MeanSquaredError()",
        "tf.losses.MeanSquaredError()",
        "keras.losses.MeanSquaredError",
        "keras.losses.mean_squared_error",
    ),
}
METRICS = (
    "['acc']",
    "['binary_accuracy']",
    "['BinaryAccuracy']",
    "[tf.keras.metrics.BinaryAccuracy(name='accuracy')]",
    "[keras.metrics.BinaryAccuracy()]",
    "('accuracy',)",
    "'accuracy'",
)
OPTIMIZERS = {
    ("Adam", 0.001): (
        "'adam'",
        "'Adam'",
        "Adam()",
        "Adam(1e-3)",
        "Adam(lr=0.001)",
        "tf.keras.optimizers.Adam(learning_rate=0.001)",
        "keras.optimizers.get('adam')",
    ),
    ("RMSprop", 0.0001): (
        "RMSprop(0.0001)",
        "RMSprop(learning_rate=10**-4)",
        "tf.keras.optimizers.RMSprop(learning_rate=1e-4)",
        "RMSprop(lr=1e-4)",
    ),
}
OF_A_STRING = {
    "rmsprop": (
        "'RMSprop'",
        "tf.keras.optimizers.RMSprop()",
        "keras.optimizers.RMSprop(learning_rate=0.001)",
        "keras.optimizers.RMSprop(1e-3)",
    )
}
ACTIVATIONS = (
    ("tf.nn.…", "tf.nn.{name}", TF),
    ("keras.activations.…", "keras.activations.{name}", KERAS),
    ("tf.keras.activations.get", "tf.keras.activations.get('{name}')", TF),
    ("a Lambda for an activation", "lambda scores: tf.nn.{name}(scores)", TF),
)


def losses(source: Source) -> Programs:
    """Name the loss in another way."""
    for name, others in LOSSES.items():
        for other in others:
            is_class = other.rpartition(".")[2].isidentifier() and other.rpartition(".")[2][0].isupper()
            if is_class and saves_models(source):
                continue  # Keras trains with a class, but cannot save it

            def change(node: ast.AST, name: str = name, other: str = other) -> ast.AST:
                given = keyword(node, "loss") if isinstance(node, ast.Call) and called(node) == "compile" else None
                if given is not None and _asks_for(given.value, name):
                    given.value = expression(other)
                return node

            yield f"loss={other}", rewritten(source, change, TF, KERAS)


def _asks_for(value: ast.expr, name: str) -> bool:
    return text_of(value) == name or called(value).lower() == name.replace("_", "")


def metrics(source: Source) -> Programs:
    """Name the metric in another way; the history's keys follow."""
    words = [text_of(node) for node in ast.walk(source.tree)]
    read = "val_accuracy" in words or words.count("accuracy") > 1
    for other in METRICS:
        if read and "'accuracy'" not in other:
            continue

        def change(node: ast.AST, other: str = other) -> ast.AST:
            given = keyword(node, "metrics") if isinstance(node, ast.Call) and called(node) == "compile" else None
            if given is not None:
                given.value = expression(other)
            return node

        yield f"metrics={other}", rewritten(source, change, TF, KERAS)


def acc(source: Source) -> Programs:
    """Say ``acc``, here and where the history is read."""
    words = {"accuracy": "acc", "val_accuracy": "val_acc"}

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Dict):
            back = {short: long for long, short in words.items()}
            node.keys = [ast.Constant(back[text_of(key) or ""]) if text_of(key) in back else key for key in node.keys]
        name = text_of(node)
        return ast.Constant(words[name]) if name in words else node

    yield "acc for accuracy, everywhere", rewritten(source, change)


def optimizers(source: Source) -> Programs:
    """Make the optimizer in another way, or name it where it has its own settings."""
    for (name, rate), others in OPTIMIZERS.items():
        for other in others:

            def change(node: ast.AST, name: str = name, rate: float = rate, other: str = other) -> ast.AST:
                asked = isinstance(node, ast.Call) and called(node) == name and _only_number(node) == rate
                return expression(other) if asked else node

            yield f"optimizer {other}", rewritten(source, change, TF, KERAS)


def _only_number(call: ast.Call) -> object:
    values = [*call.args, *(each.value for each in call.keywords)]
    return values[0].value if len(values) == 1 and isinstance(values[0], ast.Constant) else None


def optimizers_of_a_string(source: Source) -> Programs:
    """Make the optimizer that a string names."""
    for name, others in OF_A_STRING.items():
        for other in others:

            def change(node: ast.AST, name: str = name, other: str = other) -> ast.AST:
                return expression(other) if text_of(node) == name else node

            yield f"optimizer {other}", rewritten(source, change, TF, KERAS)


def activations(source: Source) -> Programs:
    """Give an activation as a function."""
    for what, text, line in ACTIVATIONS:

        def change(node: ast.AST, text: str = text) -> ast.AST:
            name = text_of(node.value) if isinstance(node, ast.keyword) and node.arg == "activation" else None
            return ast.keyword("activation", expression(text.format(name=name))) if name else node

        yield what, rewritten(source, change, line)


def activation_as_a_layer(source: Source) -> Programs:
    """Add the activation of the last layer of a stack as a layer."""
    for what, text in (
        ("an Activation layer", "MODEL.add(LAYER)\nMODEL.add(layers.Activation(NAME))"),
        ("a Lambda layer for the activation", "MODEL.add(LAYER)\nMODEL.add(layers.Lambda(getattr(tf.nn, NAME)))"),
    ):

        def change(node: ast.AST, text: str = text) -> ast.AST:
            stack = stack_of(node)
            last = stack.layers[-1] if stack else None
            given = keyword(last, "activation") if isinstance(last, ast.Call) else None
            if stack is None or given is None or not isinstance(last, ast.Call):
                return node
            last.keywords.remove(given)
            model = ast.Name(stack.model, ast.Load())
            stack.function.body[-2:-1] = statements(text, MODEL=model, LAYER=last, NAME=given.value)
            return stack.function

        yield what, rewritten(source, change, TF)


def validation_as_a_list(source: Source) -> Programs:
    """Hand validation data over in a list."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.keyword) and node.arg == "validation_data" and isinstance(node.value, ast.Tuple):
            node.value = ast.List(node.value.elts, ast.Load())
        return node

    yield "validation data in a list", rewritten(source, change)


def other_progress(source: Source) -> Programs:
    """Let evaluate and predict show their progress."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and is_method(node) and called(node) in ("evaluate", "predict"):
            node.keywords = [each for each in node.keywords if each.arg != "verbose"]
        return node

    yield "evaluate with its progress", rewritten(source, change)


def prefetched(source: Source) -> Programs:
    """Let a pipeline prepare batches ahead."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and is_method(node) and called(node) == "batch":
            return expression("BATCHES.prefetch(tf.data.AUTOTUNE)", BATCHES=node)
        return node

    yield "batches prefetched", rewritten(source, change, TF)


TRAINING: tuple[Rewriting, ...] = (
    losses,
    metrics,
    acc,
    optimizers,
    optimizers_of_a_string,
    activations,
    activation_as_a_layer,
    validation_as_a_list,
    other_progress,
    prefetched,
)
