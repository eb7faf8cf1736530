"""Where names come from: the same layer, optimizer or function by another import."""

from __future__ import annotations

import ast

from grader.verify.rewriting.trees import (
    KERAS,
    TF,
    Programs,
    Rewriting,
    after_docstring,
    called,
    expression,
    is_method,
    rewritten,
    statements,
    written,
)
from grader.verify.source import Source

LAYER_MODULES = (
    ("keras.layers.…", "keras.layers", "import keras"),
    ("tensorflow's keras.layers.…", "keras.layers", KERAS),
    ("tf.keras.layers.…", "tf.keras.layers", TF),
    ("layers under another name", "L", "import tensorflow.keras.layers as L"),
)
HOMES = {
    "Adam": "optimizers",
    "RMSprop": "optimizers",
    "BinaryCrossentropy": "losses",
    "EarlyStopping": "callbacks",
    "ModelCheckpoint": "callbacks",
    "History": "callbacks",
}
"""The modules of Keras in which the names live that solutions import one by one."""


def layers_from_elsewhere(source: Source) -> Programs:
    """Write what stands before the dot of each layer in another way."""
    for what, text, line in LAYER_MODULES:

        def change(node: ast.AST, text: str = text) -> ast.AST:
            return expression(text) if isinstance(node, ast.Name) and node.id == "layers" else node

        yield what, rewritten(source, change, line)


def layers_imported(source: Source) -> Programs:
    """Import each layer by its name."""
    names = sorted({node.attr for node in ast.walk(source.tree) if _is_layer(node)})  # type: ignore[attr-defined]
    if names:
        for what, wanted in (("layers imported by name", ", ".join(names)), ("from … import *", "*")):
            yield what, rewritten(source, _without_module, f"from tensorflow.keras.layers import {wanted}")


def _without_module(node: ast.AST) -> ast.AST:
    return ast.Name(node.attr, ast.Load()) if _is_layer(node) else node  # type: ignore[attr-defined]


def _is_layer(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "layers"


def other_homes(source: Source) -> Programs:
    """Reach optimizers, losses and callbacks through ``tf.keras``, ``keras`` and ``tf``."""
    for home, line in (("tf.keras", TF), ("keras", "import keras")):

        def change(node: ast.AST, home: str = home) -> ast.AST:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in HOMES:
                return expression(f"{home}.{HOMES[node.id]}.{node.id}")
            return node

        yield f"{home}.optimizers.… and so on", rewritten(source, change, line)

    def shortened(node: ast.AST) -> ast.AST:
        module = HOMES.get(called(node), "callbacks")
        if isinstance(node, ast.Call) and not is_method(node) and module != "callbacks":
            node.func = expression(f"tf.{module}.{called(node)}")
        return node

    yield "tf.optimizers.…, tf.losses.…", rewritten(source, shortened, TF)


def keras_for_tensorflow(source: Source) -> Programs:
    """Import from ``keras`` what comes from ``tensorflow.keras``, and the other way round."""

    def plain(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tensorflow.keras"):
            node.module = (node.module or "").replace("tensorflow.", "").replace("preprocessing.sequence", "utils")
        return node

    def long(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "keras":
            node.module = f"tensorflow.{node.module}"
        return node

    yield "from keras in place of tensorflow.keras", rewritten(source, plain)
    yield "from tensorflow.keras in place of keras", rewritten(source, long)


def padding_from_elsewhere(source: Source) -> Programs:
    """Reach pad_sequences in other ways."""
    for what, text, line in (
        ("tf.keras.utils.pad_sequences", "tf.keras.utils.pad_sequences", TF),
        ("sequence.pad_sequences", "sequence.pad_sequences", "from tensorflow.keras.preprocessing import sequence"),
    ):

        def change(node: ast.AST, text: str = text) -> ast.AST:
            return expression(text) if isinstance(node, ast.Name) and node.id == "pad_sequences" else node

        yield what, rewritten(source, change, line)


def reviews_of_keras(source: Source) -> Programs:
    """Load the reviews by Keras and not by the kit."""
    for what, line in (
        ("imdb of tensorflow.keras", "from tensorflow.keras.datasets import imdb"),
        ("imdb of keras", "from keras.datasets import imdb"),
    ):

        def change(node: ast.AST, line: str = line) -> ast.AST:
            mine = isinstance(node, ast.ImportFrom) and node.module == "grader.datasets"
            return statements(line)[0] if mine else node

        yield what, rewritten(source, change)

    def by_dots(node: ast.AST) -> ast.AST:
        return expression("tf.keras.datasets.imdb") if isinstance(node, ast.Name) and node.id == "imdb" else node

    yield "tf.keras.datasets.imdb", rewritten(source, by_dots, TF)


def numpy_by_its_name(source: Source) -> Programs:
    """Write ``numpy`` for ``np``, ``pandas`` for ``pd``."""
    for short, name in (("np", "numpy"), ("pd", "pandas")):

        def change(node: ast.AST, short: str = short, name: str = name) -> ast.AST:
            if isinstance(node, ast.alias) and node.asname == short:
                node.asname = None
            if isinstance(node, ast.Name) and node.id == short:
                node.id = name
            return node

        yield f"{name} by its own name", rewritten(source, change)


def pyplot_from_matplotlib(source: Source) -> Programs:
    """Write ``from matplotlib import pyplot as plt``."""

    def change(node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Import) and node.names[0].name == "matplotlib.pyplot":
            return statements("from matplotlib import pyplot as plt")[0]
        return node

    yield "from matplotlib import pyplot", rewritten(source, change)


def imports_in_another_order(source: Source) -> Programs:
    """Write the imports from the last to the first."""
    tree = ast.parse(source.text)
    places = [number for number, node in enumerate(tree.body) if isinstance(node, ast.Import | ast.ImportFrom)]
    for place, node in zip(places, [tree.body[number] for number in reversed(places)], strict=True):
        tree.body[place] = node
    yield "imports in another order", written(source, tree)


def imports_that_nobody_needs(source: Source) -> Programs:
    """Import what many notebooks begin with."""
    lines = (
        "import os",
        "import math",
        "import random",
        "import warnings",
        "from sklearn.metrics import accuracy_score",
    )
    tree = ast.parse(source.text)
    quiet = statements("warnings.filterwarnings('ignore')\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'")
    places = [number for number, node in enumerate(tree.body) if isinstance(node, ast.Import | ast.ImportFrom)]
    place = places[-1] + 1 if places else after_docstring(tree.body)
    tree.body[place:place] = [each for line in lines for each in statements(line)] + quiet
    yield "imports that nobody needs", written(source, tree)


MODULES: tuple[Rewriting, ...] = (
    layers_from_elsewhere,
    layers_imported,
    other_homes,
    keras_for_tensorflow,
    padding_from_elsewhere,
    reviews_of_keras,
    numpy_by_its_name,
    pyplot_from_matplotlib,
    imports_in_another_order,
    imports_that_nobody_needs,
)
