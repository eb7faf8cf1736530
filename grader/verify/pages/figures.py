"""What every page shows: the figures of a lesson, and what fell short in a sentence each."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.text import Text, text
from grader.verify.naming import sentences
from grader.verify.proof import Proof, Result
from grader.verify.trial import Kind

HEADS = (
    text("lesson"),
    text("stub"),
    text("solution"),
    text("killed / made"),
    text("message names it"),
    text("exempt"),
    text("accepted / made"),
)
MAX_DIFF_LINES = 40


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    good: int
    made: int

    def __str__(self) -> str:
        """Return ``59/60``."""
        return f"{self.good}/{self.made}"

    def __add__(self, other: Count) -> Count:
        """Return both together."""
        return Count(self.good + other.good, self.made + other.made)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one lesson, or of all together."""

    stub: Count
    solution: Count
    mutants: Count
    named: Count
    exempt: int
    equivalents: Count

    def cells(self) -> tuple[str, ...]:
        """Return them as they stand in a table's row."""
        return tuple(map(str, (self.stub, self.solution, self.mutants, self.named, self.exempt, self.equivalents)))


def figures(proof: Proof) -> Figures:
    """Return the figures of a lesson."""
    killed = [each for each in proof.of_kind(Kind.MUTANT) if each.as_expected]
    return Figures(
        Count(proof.stub.score, proof.stub.max_score),
        Count(proof.solution.score, proof.solution.max_score),
        Count(len(killed), len(proof.of_kind(Kind.MUTANT))),
        Count(sum(each.named for each in killed), len(killed)),
        len(proof.exempt),
        Count(sum(each.as_expected for each in proof.of_kind(Kind.EQUIVALENT)), len(proof.of_kind(Kind.EQUIVALENT))),
    )


def total(proofs: Sequence[Proof]) -> Figures:
    """Return the figures of all lessons together."""
    each = [figures(proof) for proof in proofs]
    nothing = Count(0, 0)
    return Figures(
        sum((one.stub for one in each), nothing),
        sum((one.solution for one in each), nothing),
        sum((one.mutants for one in each), nothing),
        sum((one.named for one in each), nothing),
        sum(one.exempt for one in each),
        sum((one.equivalents for one in each), nothing),
    )


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that is not as it should be."""

    said: Text
    message: tuple[Text, ...]
    """What the submission's first message says."""
    diff: tuple[str, ...]
    """What the program has in place of the solution's lines."""


def shortfalls(proof: Proof) -> Iterator[Shortfall]:
    """Yield what fell short in a lesson, the gravest first."""
    yield from (Shortfall(said, (), ()) for said in proof.findings)
    yield from (_shortfall(proof, each, _sentence(each)) for each in proof.shortfalls)
    for each in proof.mute:
        said = text("the message does not speak of the mistake: {name}", name=each.trial.name)
        yield _shortfall(proof, each, said)


def _shortfall(proof: Proof, result: Result, said: Text) -> Shortfall:
    return Shortfall(said, message(result), diff(proof.solution.trial.source, result.trial.source))


def message(result: Result) -> tuple[Text, ...]:
    """Return the sentences of a result's first message."""
    return sentences(result.feedback) if result.feedback else ()


def diff(before: str, after: str) -> tuple[str, ...]:
    """Return the lines that differ, with their signs."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    return tuple(line for line in lines if not line.startswith("@@"))[:MAX_DIFF_LINES]


def _sentence(result: Result) -> Text:
    trial = result.trial
    match trial.kind:
        case Kind.MUTANT if result.score == result.max_score:
            return text("survived: {name} (task {task})", name=trial.name, task=trial.task)
        case Kind.MUTANT:
            tasks = ", ".join(map(str, sorted({each.task for each in result.lost})))
            return text(
                "loses points at task {lost}, not at {task}: {name}", lost=tasks, task=trial.task, name=trial.name
            )
        case Kind.EQUIVALENT:
            return text("rejected falsely: {name}", name=trial.name)
    return text("{name} has {score} of {max_score}", name=trial.name, score=result.score, max_score=result.max_score)
