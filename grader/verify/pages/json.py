"""Every trial of every proof, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from grader.language import Language, language
from grader.verify.pages.figures import message
from grader.verify.proof import Proof, Result
from grader.verify.trial import Kind


def as_json(proofs: Sequence[Proof], speaker: Language) -> str:
    """Return every trial with what became of each check: the kill matrix."""
    pages = {proof.lesson.name: _lesson(proof, language(speaker.code, proof.lesson.checks)) for proof in proofs}
    return json.dumps(pages, ensure_ascii=False, indent=1) + "\n"


def _lesson(proof: Proof, speaker: Language) -> dict[str, object]:
    return {
        "findings": [speaker.say(each) for each in proof.findings],
        "trials": [_trial(each, speaker) for each in proof.results],
        "exempt": [{"mutant": each.mutant, "reason": speaker.say(each.reason)} for each in proof.exempt],
    }


def _trial(result: Result, speaker: Language) -> dict[str, object]:
    about: dict[str, object] = {
        "kind": result.trial.kind.value,
        "name": result.trial.name,
        "score": result.score,
        "of": result.max_score,
        "as expected": result.as_expected,
    }
    if result.trial.kind is Kind.MUTANT:
        about |= {"task": result.trial.task, "names the change": result.named}
    if result.together:
        about |= {"together": list(result.together)}
    if result.lost:
        about |= {"lost": {each.name: each.outcome.value for each in result.lost}}
        about |= {"message": [speaker.say(each) for each in message(result)]}
    if not result.as_expected:
        about |= {"source": result.trial.source}
    return about
