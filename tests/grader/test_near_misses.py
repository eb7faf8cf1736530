"""Mistakes that nearly everybody makes once: each has words of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.report import Outcome, Report

SIGMOID = 'activation="sigmoid"'
BINARY = 'loss="binary_crossentropy"'
STATES = "self.state0 = [tf.zeros([batch_size, units]), tf.zeros([batch_size, units])]"


@pytest.mark.parametrize(
    ("lesson", "right", "wrong", "words"),
    [
        pytest.param(
            "5_1",
            "SimpleRNN(units, return_sequences=True))\n    return",
            "SimpleRNN(units))\n    return",
            "returns its last output only; expected the output at every step (return_sequences=True)",
            id="return_sequences-left-off",
        ),
        pytest.param(
            "5_1",
            "model.add(layers.SimpleRNN(units))\n    return model\n\n\ndef returned",
            "model.add(layers.SimpleRNN(units, return_sequences=True))\n    return model\n\n\ndef returned",
            "returns its output at every step (return_sequences=True); expected the last output only",
            id="return_sequences-left-on",
        ),
        pytest.param(
            "5_1",
            "for _ in range(depth - 1):\n        model.add(layers.SimpleRNN(units, return_sequences=True))",
            "for _ in range(depth - 1):\n        model.add(layers.SimpleRNN(units))",
            "that one must return its whole sequence: return_sequences=True",
            id="return_sequences-left-off-between-layers",
        ),
        pytest.param(
            "7_4_layer",
            "dropout=",
            "recurrent_dropout=",
            "recurrent_dropout drops parts of the state, dropout parts of the input",
            id="dropout-of-the-state",
        ),
        pytest.param(
            "4_2",
            SIGMOID,
            'activation="softmax"',
            "softmax over one node, which is always 1",
            id="softmax-with-one-node",
        ),
        pytest.param(
            "4_2",
            BINARY,
            "loss=__import__('keras').losses.BinaryCrossentropy(from_logits=True)",
            "from_logits=True is for a model whose last layer has no sigmoid",
            id="logits-of-probabilities",
        ),
        pytest.param(
            "4_2",
            BINARY,
            'loss="categorical_crossentropy"',
            "one column for each class (one-hot)",
            id="loss-for-one-hot",
        ),
        pytest.param(
            "4_2",
            BINARY,
            'loss="sparse_categorical_crossentropy"',
            "labels that are class numbers",
            id="loss-for-classes",
        ),
        pytest.param(
            "4_2",
            "epochs=epochs",
            "epochs=5",
            "epochs is 5, although epochs=3 was asked for: use the argument epochs",
            id="epochs-written-in",
        ),
        pytest.param(
            "7_5_cell",
            STATES,
            "self.state0 = tf.zeros([batch_size, units])",
            "The number of tensors in self.state0: 1",
            id="state-not-wrapped",
        ),
        pytest.param(
            "7_4_cell",
            "training=training",
            "training=False",
            "call needs the parameter training, and hands it on to what drops out",
            id="cell-without-its-training-flag",
        ),
        pytest.param(
            "4_4",
            "series[:, :window_size, np.newaxis]",
            "series[:, 1:, np.newaxis]",
            "The target, y, is value",
            id="window-that-contains-the-target",
        ),
    ],
)
def test_a_near_miss_is_named(
    lesson: str, right: str, wrong: str, words: str, grade_path: Callable[..., Report], tmp_path: Path
) -> None:
    solution = lessons()[lesson].solution.read_text(encoding="utf-8")
    assert right in solution
    file = tmp_path / f"lesson_{lesson}.py"
    file.write_text(solution.replace(right, wrong), encoding="utf-8")

    report = grade_path(file)

    first = next(check for check in report.checks if check.outcome is not Outcome.PASSED)
    assert first.feedback is not None
    said = " ".join(str(each) for each in (first.feedback.found, first.feedback.expected, *first.feedback.details))
    assert words in said
