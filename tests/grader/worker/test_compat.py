"""Every old spelling is understood, counts as today's, and is noted with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.session import LiveSubmission, Setup
from grader.submission import Cell, Kind, Submission
from grader.text import literal
from grader.workers import Workers

PRELUDE = """\
import numpy as np
import tensorflow as tf
import keras
from tensorflow.keras import layers, Sequential
"""

SPELLINGS = {
    "optimizer_lr": ("float(tf.keras.optimizers.Adam(lr=0.25).learning_rate)", 0.25, "learning_rate"),
    "keras_optimizer_lr": ("float(keras.optimizers.SGD(lr=0.5).learning_rate)", 0.5, "learning_rate"),
    "tf_losses_long_name": ("float(tf.keras.losses.mean_squared_error([[1.0]], [[3.0]])[0])", 4.0, "today's Keras"),
    "keras_losses_short_name": ("float(keras.losses.mse([[1.0]], [[3.0]])[0])", 4.0, None),
    "tf_losses_module": ("float(tf.losses.mean_absolute_error([[1.0]], [[3.0]])[0])", 2.0, None),
    "activation_capital": ("layers.Dense(1, activation='Sigmoid').activation.__name__", "sigmoid", "'Sigmoid'"),
    "embedding_input_length": ("layers.Embedding(10, 4, input_length=7).output_dim", 4, "input_length"),
    "batch_input_shape": ("layers.SimpleRNN(3, batch_input_shape=(None, 4, 1)).units", 3, "keras.Input"),
    "legacy_optimizer": ("float(tf.keras.optimizers.legacy.Adam(0.25).learning_rate)", 0.25, "write Adam"),
    "loss_imported_by_name": (
        "float(__import__('tensorflow.keras.losses', fromlist=['x']).mean_squared_error([[1.0]], [[3.0]])[0])",
        4.0,
        None,
    ),
    "tf_function_in_functional_model": (
        "keras.Model(i := keras.Input((2,)), tf.sigmoid(layers.Dense(1)(i))).output_shape[1]",
        1,
        "tf.sigmoid",
    ),
    "old_module": ("__import__('keras.layers.recurrent', fromlist=['x']).SimpleRNN(3).units", 3, "keras.layers"),
    "layer_input_shape": ("layers.SimpleRNN(3, input_shape=(4, 1)).units", 3, "keras.Input"),
    "numpy_nan": ("bool(np.isnan(np.NaN))", True, "np.nan"),
    "numpy_float": ("float(np.float_(1.5))", 1.5, "np.float64"),
    "cell_flag_by_position": (
        "layers.SimpleRNNCell(3)(tf.ones((2, 4)), [tf.zeros((2, 3))], True)[0].shape[1]",
        3,
        "training=training",
    ),
    "layer_flag_by_position": ("float(layers.Dropout(0.5)(tf.ones((1, 1)), False)[0, 0])", 1.0, "training=training"),
}

COMPILED = """
def compiled():
    model = Sequential([layers.Dense(1)])
    model.compile({arguments})
    model(tf.ones((2, 3)))
    model.evaluate(np.ones((2, 3)), np.ones((2, 1)))
    return True
"""


def in_worker(workers: Workers, source: str) -> LiveSubmission:
    cells = (Cell("old.py", literal("old.py"), PRELUDE + source),)
    return LiveSubmission(Submission("old.py", Kind.SCRIPT, cells, ""), workers.start, Setup())


@pytest.fixture
def old_code(workers: Workers) -> Iterator[Callable[[str], LiveSubmission]]:
    opened: list[LiveSubmission] = []

    def open_it(source: str) -> LiveSubmission:
        opened.append(in_worker(workers, source))
        return opened[-1]

    yield open_it
    for live in opened:
        live.close()


@pytest.mark.parametrize(("expression", "value", "said"), SPELLINGS.values(), ids=SPELLINGS)
def test_old_spelling_means_what_it_says(
    old_code: Callable[[str], LiveSubmission], expression: str, value: object, said: str | None
) -> None:
    live = old_code(f"def answer():\n    return {expression}\n")

    called = live.call("answer")

    assert called.failed is None, called.failed
    assert getattr(called.value, "v", None) == pytest.approx(value)
    notes = [note for note in live.notes if said and said in str(note.message)]
    assert bool(notes) is bool(said), [str(note.message) for note in live.notes]
    assert all(note.places[0].line == 6 for note in notes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param("'adam', 'mse', metrics='accuracy'", "metrics=['accuracy']", id="bare_metrics"),
        pytest.param("'adam', 'mse', ['accuracy']", "metrics go by name", id="metrics_by_position"),
        pytest.param(
            "loss='mse', experimental_run_tf_function=False", "experimental_run_tf_function", id="experimental"
        ),
    ],
)
def test_old_compile_argument_is_understood(
    old_code: Callable[[str], LiveSubmission], arguments: str, said: str
) -> None:
    live = old_code(COMPILED.format(arguments=arguments))

    called = live.call("compiled")

    assert called.failed is None, called.failed
    assert [note for note in live.notes if said in str(note.message)]


def test_unknown_names_still_fail(old_code: Callable[[str], LiveSubmission]) -> None:
    live = old_code("def answer():\n    return keras.losses.mean_cubed_error\n")

    called = live.call("answer")

    assert called.failed is not None
    assert "mean_cubed_error" in str(called.failed.found)


def test_todays_spellings_are_not_noted(old_code: Callable[[str], LiveSubmission]) -> None:
    live = old_code(
        "def answer():\n"
        "    model = Sequential([keras.Input((4, 1)), layers.SimpleRNN(3), layers.Dense(1, activation='sigmoid')])\n"
        "    optimizer = tf.keras.optimizers.Adam(learning_rate=0.1)\n"
        "    model.compile(optimizer, keras.losses.MeanSquaredError(), metrics=['accuracy'])\n"
        "    return model(tf.ones((1, 4, 1)), training=False).shape[1]\n"
    )

    called = live.call("answer")

    assert called.failed is None, called.failed
    assert live.notes == ()
