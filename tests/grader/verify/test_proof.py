"""What a proof makes of its trials, and how it is written."""

from __future__ import annotations

import json

import pytest

from grader.cli import main
from grader.language import ENGLISH
from grader.verify.pages import as_json, as_text
from grader.verify.proof import Kind, Proof, Result, Trial


def a_result(
    kind: Kind, score: int, tasks: tuple[int, ...] = (), name: str = "line 3: 16 → 17", task: int = 2
) -> Result:
    return Result(Trial(kind, name, "", task), score, 8, ("test_sizes",) if tasks else (), tasks, "units is 17")


STUB, SOLUTION = a_result(Kind.STUB, 0, (1, 2), "stub"), a_result(Kind.SOLUTION, 8, name="solution")


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
    assert result.as_expected is expected
    assert Proof("4_2", (result,), ()).shortfalls == (() if expected else (result,))


def test_a_proof_is_written_as_two_figures_and_what_fell_short() -> None:
    results = (STUB, SOLUTION, a_result(Kind.MUTANT, 6, (2,)), a_result(Kind.MUTANT, 8), a_result(Kind.EQUIVALENT, 8))

    page = as_text([Proof("4_2", results, (("line 9: shuffle=True left out", "the default"),))], ENGLISH)

    assert "1/2" in page
    assert "1/1" in page
    assert "4_2 · survived: line 3: 16 → 17 (task 2)" in page


def test_every_trial_stands_in_the_json_with_the_checks_that_it_did_not_pass() -> None:
    results = (STUB, SOLUTION, a_result(Kind.MUTANT, 6, (2,)))

    trials = json.loads(as_json([Proof("4_2", results, ())]))["4_2"]["trials"]

    assert [each["kind"] for each in trials] == ["stub", "solution", "mutant"]
    assert trials[2]["not passed"] == ["test_sizes"]


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
