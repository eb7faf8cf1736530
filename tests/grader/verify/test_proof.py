"""What a proof makes of its trials, and how it is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from grader.cli import main
from grader.kit import lessons
from grader.language import ENGLISH, language
from grader.report import Feedback, Outcome
from grader.text import literal
from grader.verify.pages import as_html, as_json, as_markdown, as_text
from grader.verify.proof import Line, Proof, Result
from grader.verify.trial import Exempt, Kind, Trial

LESSON = lessons()["4_2"]
SOLUTION_SOURCE = "import keras\nlayer = SimpleRNN(16)\n"
MUTANT_SOURCE = "import keras\nlayer = SimpleRNN(17)\n"


def a_result(
    kind: Kind, score: int, lost: tuple[int, ...] = (), name: str = "line 2: 16 → 17", *, named: bool = True
) -> Result:
    trial = Trial(kind, name, MUTANT_SOURCE if kind is Kind.MUTANT else SOLUTION_SOURCE, 2)
    lines = tuple(Line(f"test_{task}", task, Outcome.FAILED if task in lost else Outcome.PASSED) for task in (1, 2, 3))
    feedback = Feedback(literal("units is <b>17</b>"), literal("16")) if lost else None
    return Result(trial, score, 8, lines, feedback, named)


STUB, SOLUTION = a_result(Kind.STUB, 0, (1, 2), "stub"), a_result(Kind.SOLUTION, 8, name="solution")


def a_proof(*results: Result) -> Proof:
    return Proof(LESSON, (STUB, SOLUTION, *results), (Exempt("line 9: shuffle=True left out", literal("the default")),))


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        pytest.param(STUB, True, id="the-stub-earns-nothing"),
        pytest.param(a_result(Kind.STUB, 1), False, id="a-stub-that-earns-a-point"),
        pytest.param(SOLUTION, True, id="the-solution-earns-everything"),
        pytest.param(a_result(Kind.SOLUTION, 7), False, id="a-solution-that-loses-a-point"),
        pytest.param(a_result(Kind.MUTANT, 6, (2, 3)), True, id="a-mutant-loses-at-its-task"),
        pytest.param(a_result(Kind.MUTANT, 6, (3,)), False, id="a-mutant-loses-elsewhere"),
        pytest.param(a_result(Kind.MUTANT, 8), False, id="a-mutant-survives"),
        pytest.param(a_result(Kind.EQUIVALENT, 8), True, id="an-equivalent-keeps-all"),
        pytest.param(a_result(Kind.EQUIVALENT, 7, (2,)), False, id="an-equivalent-is-rejected"),
    ],
)
def test_each_kind_of_trial_has_its_own_expectation(result: Result, expected: bool) -> None:
    proof = Proof(LESSON, (result,), ())

    assert result.as_expected is expected
    assert proof.shortfalls == (() if expected else (result,))
    assert proof.holds is expected


def test_a_message_that_does_not_speak_of_the_mistake_falls_short() -> None:
    mute = a_result(Kind.MUTANT, 6, (2,), named=False)

    assert a_proof(mute).mute == (mute,)
    assert not a_proof(mute).holds


def test_a_finding_falls_short() -> None:
    assert not replace(a_proof(), findings=(literal("no hint"),)).holds


def test_a_proof_is_written_as_its_figures_and_what_fell_short() -> None:
    proof = a_proof(a_result(Kind.MUTANT, 6, (2,)), a_result(Kind.MUTANT, 8), a_result(Kind.EQUIVALENT, 8))

    page = as_text([proof], ENGLISH)

    assert "1/2" in page
    assert "1/1" in page
    assert "4_2 · survived: line 2: 16 → 17 (task 2)\n    -layer = SimpleRNN(16)\n    +layer = SimpleRNN(17)\n" in page


def test_several_proofs_are_added_up() -> None:
    proof = a_proof(a_result(Kind.MUTANT, 6, (2,)), a_result(Kind.EQUIVALENT, 7, (2,)))

    lines = as_markdown([proof, proof], ENGLISH).splitlines()

    assert len(lines) == 5
    assert lines[-1].split() == [
        "|",
        "all",
        "|",
        "0/16",
        "|",
        "16/16",
        "|",
        "2/2",
        "|",
        "2/2",
        "|",
        "2",
        "|",
        "0/2",
        "|",
    ]


def test_every_trial_stands_in_the_json_with_the_checks_that_it_did_not_pass() -> None:
    trials = json.loads(as_json([a_proof(a_result(Kind.MUTANT, 6, (2,)))], ENGLISH))["4_2"]["trials"]

    assert [each["kind"] for each in trials] == ["stub", "solution", "mutant"]
    assert trials[2]["lost"] == {"test_2": "failed"}
    assert trials[2]["message"] == ["units is <b>17</b>", "16"]


@pytest.mark.parametrize("code", ["en", "ko"])
def test_the_page_shows_each_mutant_and_runs_nothing_of_it(code: str) -> None:
    page = as_html([a_proof(a_result(Kind.MUTANT, 8, (2,)))], language(code))

    assert f'<html lang="{code}">' in page
    assert "line 2: 16 → 17" in page
    assert "+layer = SimpleRNN(17)" in page
    assert "&lt;b&gt;17" in page
    assert "<b>" not in page


def test_a_file_of_another_kind_is_refused_before_any_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", "4_2", "--output", "proof.pdf", "--lang", "en"])

    assert stopped.value.code == 2
    assert ".html" in capsys.readouterr().err


def test_a_lesson_that_there_is_not_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify", "9_9", "--lang", "en"])

    assert ended.value.code == 2
    assert "There is no lesson 9_9" in capsys.readouterr().err


@pytest.mark.slow
def test_a_lesson_is_proved(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify", "4_1", "--lang", "en"])

    assert ended.value.code == 0, capsys.readouterr().out
