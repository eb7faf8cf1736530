"""Proofs as text and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from grader.language import Language
from grader.text import text
from grader.verify.proof import Kind, Proof, Result

WIDTH = 100


def as_text(proofs: Sequence[Proof], speaker: Language) -> str:
    """Return the two figures of each lesson, and what fell short."""
    say = speaker.say
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False)
    heads = (
        text("lesson"),
        text("stub"),
        text("solution"),
        text("killed / made"),
        text("exempt"),
        text("accepted / made"),
    )
    for number, head in enumerate(heads):
        table.add_column(say(head), justify="right" if number else "left")
    for proof in proofs:
        table.add_row(*_row(proof))
    console.print(table)
    for proof in proofs:
        for result in proof.shortfalls:
            console.print(f"{proof.lesson} · {_shortfall(result, speaker)}", soft_wrap=True)
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def _row(proof: Proof) -> list[str]:
    (stub,), (solution,) = proof.of_kind(Kind.STUB), proof.of_kind(Kind.SOLUTION)
    mutants, equivalents = proof.of_kind(Kind.MUTANT), proof.of_kind(Kind.EQUIVALENT)
    return [
        proof.lesson,
        f"{stub.score}/{stub.max_score}",
        f"{solution.score}/{solution.max_score}",
        f"{sum(each.as_expected for each in mutants)}/{len(mutants)}",
        str(len(proof.exempt)),
        f"{sum(each.as_expected for each in equivalents)}/{len(equivalents)}",
    ]


def _shortfall(result: Result, speaker: Language) -> str:
    trial = result.trial
    match trial.kind:
        case Kind.MUTANT if result.score == result.max_score:
            said = text("survived: {name} (task {task})", name=trial.name, task=trial.task)
        case Kind.MUTANT:
            lost = ", ".join(map(str, result.tasks))
            said = text(
                "loses points at task {lost}, not at {task}: {name}", lost=lost, task=trial.task, name=trial.name
            )
        case Kind.EQUIVALENT:
            said = text("rejected falsely: {name}: {message}", name=trial.name, message=result.message)
        case _:
            said = text(
                "{name} has {score} of {max_score}", name=trial.name, score=result.score, max_score=result.max_score
            )
    return speaker.say(said)


def as_json(proofs: Sequence[Proof]) -> str:
    """Return every trial with the checks that it did not pass: the kill matrix."""
    return json.dumps(
        {
            proof.lesson: {
                "trials": [_trial(each) for each in proof.results],
                "exempt": [{"mutant": name, "reason": reason} for name, reason in proof.exempt],
            }
            for proof in proofs
        },
        ensure_ascii=False,
        indent=1,
    )


def _trial(result: Result) -> dict[str, object]:
    return {
        "kind": result.trial.kind.value,
        "name": result.trial.name,
        "task": result.trial.task,
        "score": result.score,
        "of": result.max_score,
        "not passed": list(result.failed),
        "message": result.message,
        "as expected": result.as_expected,
    }
