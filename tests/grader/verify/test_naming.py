"""Whether a message speaks of the mistake."""

from __future__ import annotations

import pytest

from grader.report import Feedback, Place
from grader.text import literal
from grader.verify.naming import names_change

BEFORE = """\
def build(units):
    cell = SimpleRNN(units)
    return cell


def main():
    fitted = train(
        build(16),
        epochs=3,
    )
    return fitted
"""


def said(words: str, *lines: int, code: str = "") -> Feedback:
    return Feedback(literal(words), places=tuple(Place(literal("lesson.py"), line, code) for line in lines))


@pytest.mark.parametrize(
    ("right", "wrong", "feedback"),
    [
        pytest.param("build(16)", "build(17)", said("The layer has 17 units."), id="the-new-value"),
        pytest.param("build(16)", "build(17)", said("Expected 16."), id="the-old-value"),
        pytest.param("epochs=3,", "", said("epochs is 1."), id="a-keyword-left-out"),
        pytest.param("SimpleRNN(", "LSTM(", said("Layer 2 is LSTM."), id="another-layer"),
        pytest.param("return cell", "return None", said("build returned None."), id="the-function-that-is-then-wrong"),
        pytest.param("epochs=3,", "", said("It stopped.", 7), id="the-statement-that-it-is-part-of"),
        pytest.param(
            "epochs=3,", "epochs=cell,", said("It stopped.", 2, code="cell = LSTM(3)"), id="a-line-that-says-it"
        ),
    ],
)
def test_a_message_names_a_change(right: str, wrong: str, feedback: Feedback) -> None:
    assert names_change(BEFORE, BEFORE.replace(right, wrong), "", feedback)


@pytest.mark.parametrize(
    ("right", "wrong", "feedback"),
    [
        pytest.param("build(16)", "build(17)", said("Something is wrong."), id="no-word-of-it"),
        pytest.param("build(16)", "build(17)", said("main is wrong."), id="main-is-everything"),
        pytest.param("SimpleRNN(", "LSTM(", said("It stopped.", 7), id="another-statement"),
        pytest.param("epochs=3,", "epochs=30,", said("The model is wrong."), id="a-word-of-every-message"),
    ],
)
def test_a_message_that_says_nothing_of_it_is_mute(right: str, wrong: str, feedback: Feedback) -> None:
    assert not names_change(BEFORE, BEFORE.replace(right, wrong), "", feedback)


def test_what_was_done_counts_as_a_word_of_the_change() -> None:
    after = BEFORE.replace("epochs=3", "epochs=4")

    assert names_change(BEFORE, after, "exchanged: Input and epochs", said("Input stands first."))
