"""One page of HTML: the figures, what fell short, and the kill matrix of each lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.language import Language, language
from grader.report import Outcome
from grader.text import Text, text
from grader.verify.pages.figures import HEADS, Figures, Shortfall, figures, message, shortfalls, total
from grader.verify.proof import Proof, Result
from grader.verify.trial import Exempt, Kind

WORDS = {
    "title": text("How far the verdicts can be trusted"),
    "what": text(
        "A mutant is the reference solution with one mistake in it: it must lose points, at the task that it breaks, "
        "and be told so. An equivalent is the solution written in another way: it must keep them all."
    ),
    "all": text("all"),
    "matrix": text("Which check caught which mutant"),
    "signs": text("× failed, – not asked because an earlier check failed; the message stands behind each row."),
    "exempt": text("Changes that are no mistakes"),
}
SIGNS = {Outcome.PASSED: "", Outcome.FAILED: "×", Outcome.BLOCKED: "–", Outcome.ERROR: "!"}


@dataclass(frozen=True, slots=True)
class Row:
    """A mutant, and what each check made of it."""

    name: str
    signs: tuple[str, ...]
    as_expected: bool
    message: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What the page shows of one lesson, and who says it."""

    name: str
    figures: Figures
    shortfalls: tuple[Shortfall, ...]
    checks: tuple[str, ...]
    rows: tuple[Row, ...]
    exempt: tuple[Exempt, ...]
    say: Callable[[Text], str]


def as_html(proofs: Sequence[Proof], speaker: Language) -> str:
    """Return the whole page; it needs no other file."""
    environment = Environment(
        loader=PackageLoader("grader.verify.pages", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("proof.html.j2").render(
        sections=[_section(proof, speaker) for proof in proofs],
        total=total(proofs),
        heads=HEADS,
        words=WORDS,
        say=speaker.say,
        lang=speaker.code,
    )


def _section(proof: Proof, speaker: Language) -> Section:
    return Section(
        proof.lesson.name,
        figures(proof),
        tuple(shortfalls(proof)),
        tuple(each.name.removeprefix("test_").replace("_", " ") for each in proof.solution.checks),
        tuple(_row(each) for each in proof.of_kind(Kind.MUTANT)),
        proof.exempt,
        language(speaker.code, proof.lesson.checks).say,
    )


def _row(result: Result) -> Row:
    signs = tuple(SIGNS[each.outcome] for each in result.checks)
    return Row(result.trial.name, signs, result.as_expected and result.named, message(result))
