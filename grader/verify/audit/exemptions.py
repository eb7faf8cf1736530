"""Mutants that a lesson lists as equivalent: each is there, and has a reason."""

from __future__ import annotations

from collections.abc import Iterator

from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown
from grader.verify.mutants import mutants
from grader.verify.rules import listed
from grader.verify.source import Source


def exemptions(parts: Parts) -> Iterator[Text]:
    """Say which entries of ``test_4_2.equivalent.toml`` excuse nothing, or say not why."""
    file = shown(parts.lesson.checks.with_suffix(".equivalent.toml"))
    excused = listed(parts.lesson.checks)
    made = {key for mutant in mutants(Source(parts.solution, parts.stub)) for key in mutant.keys} if excused else set()
    for mutant, why in excused.items():
        if mutant not in made:
            yield text("{file} lists a mutant that is not made: {mutant}.", file=file, mutant=mutant)
        if not why.key.strip():
            yield text("{file} gives no reason for: {mutant}.", file=file, mutant=mutant)
