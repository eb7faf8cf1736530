"""Hints that could be pasted in as an answer are found, in either language; so are hints that say nothing new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.checking import Check
from grader.hints.ladder import Ladder
from grader.kit import lessons
from grader.text import Text
from grader.verify.audit.giveaways import answers, giveaways
from grader.verify.audit.parts import Parts, lesson_parts


@pytest.fixture(name="parts", scope="module")
def parts_of_4_2() -> Parts:
    return lesson_parts(lessons()["4_2"])


def found(parts: Parts, *rungs: str) -> list[str]:
    ladder = Ladder("4_2", Text("Lesson 4-2"), 1, tuple(map(Text, rungs)))
    return [str(each).removeprefix("tests/lessons/test_4_2.py: ") for each in giveaways(parts, {1: ladder})]


@pytest.mark.parametrize(
    ("rung", "code"),
    [
        pytest.param("Write layers.SimpleRNN(16).", "SimpleRNN(16)", id="a-call"),
        pytest.param("Write SimpleRNN(16).", "SimpleRNN(16)", id="a-call-without-its-module"),
        pytest.param(
            "It ends in Dense( 1, activation = 'sigmoid' ).", 'Dense(1, activation="sigmoid")', id="spaces-and-quotes"
        ),
        pytest.param("Say batch_size=100.", "batch_size=100", id="an-argument"),
        pytest.param(
            "optimizer = Adam(learning_rate=0.001)", "optimizer = Adam(learning_rate=0.001)", id="a-statement"
        ),
    ],
)
def test_code_of_the_solution_is_found(rung: str, code: str, parts: Parts) -> None:
    assert found(parts, "Look.", "Think.", rung) == [f"hint 3 for task 1 gives the answer: {code}."]


def test_code_of_the_solution_is_found_in_the_translation(parts: Parts) -> None:
    spoken = replace(parts, korean={"Look.": "batch_size=100을 쓰세요."})

    assert found(spoken, "Look.", "Think.", "Do.") == ["hint 1 for task 1 gives the answer: batch_size=100."]


@pytest.mark.parametrize(
    "rung",
    [
        "Call model.add with a layers.SimpleRNN.",
        "One node, and its activation by name.",
        "16 units, 100 reviews a batch.",
    ],
)
def test_names_and_numbers_are_free(rung: str, parts: Parts) -> None:
    assert found(parts, "Look.", "Think.", rung) == []


def test_indexing_and_arithmetic_are_answers() -> None:
    stub = 'def f(x, n):\n    # TODO task 1: …\n    raise NotImplementedError("task 1")\n'
    solution = "def f(x, n):\n    return x[:, -1] * (n - 1)\n"

    assert answers(solution, stub) == ["return x[:, -1] * (n - 1)", "x[:, -1] * (n - 1)", "x[:, -1]", "n - 1"]


def test_given_lines_are_no_answers(parts: Parts) -> None:
    assert "model = build_rnn_model(num_words, embedding_len)" in parts.solution
    assert not any("build_rnn_model" in each for each in answers(parts.solution, parts.stub))


def test_hints_that_say_nothing_new_are_found(parts: Parts) -> None:
    said = next(check.rules.hint for check in parts.checks if check.rules.hint)

    assert found(parts, "Look.", "Look.", said) == [
        "hint 2 for task 1 says nothing new.",
        "hint 3 for task 1 says nothing new.",
    ]


TELLING = "Add SimpleRNN(16) in the middle."


@pytest.mark.parametrize(
    "tell", [lambda rules: replace(rules, hint=TELLING), lambda rules: replace(rules, why=TELLING)], ids=["hint", "why"]
)
def test_checks_that_tell_the_answer_are_found(tell: Callable[[Check], Check], parts: Parts) -> None:
    first, *others = parts.checks
    telling = replace(first, rules=tell(first.rules))

    assert found(replace(parts, checks=(telling, *others)), "Look.", "Think.", "Do.") == [
        "test_model_layers gives the answer in what it says when it fails: SimpleRNN(16)."
    ]


def test_checks_may_repeat_the_page(parts: Parts) -> None:
    first, *others = parts.checks
    repeating = replace(first, rules=replace(first.rules, hint="Pass epochs=epochs to fit."))

    assert "`epochs=epochs`" in parts.pages["en"]
    assert found(replace(parts, checks=(repeating, *others)), "Look.", "Think.", "Do.") == []
