"""What is tried of a lesson: its stub, its solution, mutants and equivalents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from grader.kit import Lesson
from grader.text import Text
from grader.verify.audit import audit
from grader.verify.equivalents import Equivalent, Group, equivalents, groups
from grader.verify.mutants import mutants
from grader.verify.rules import listed
from grader.verify.source import Source


class Kind(Enum):
    """What a program is tried for."""

    STUB = "stub"
    SOLUTION = "solution"
    MUTANT = "mutant"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Trial:
    """A program to be graded, and what is expected of it."""

    kind: Kind
    name: str
    source: str
    task: int = 0
    """The task that a mutant breaks."""
    notebook: bool = False
    members: tuple[Trial, ...] = ()
    """Equivalents that are tried together in this one program; by themselves only if it falls short."""


@dataclass(frozen=True, slots=True)
class Exempt:
    """A mutant that is no mistake, and why."""

    mutant: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be tried of a lesson."""

    lesson: Lesson
    trials: tuple[Trial, ...]
    exempt: tuple[Exempt, ...]
    findings: tuple[Text, ...] = ()
    """What is wrong with the lesson before anything of it is run."""

    @property
    def size(self) -> int:
        """How many results there will be."""
        return sum(len(each.members) or 1 for each in self.trials)


def plan(lesson: Lesson) -> Plan:
    """Return what is to be tried of a lesson."""
    source = Source(lesson.solution.read_text("utf-8"), lesson.stub.read_text("utf-8"))
    known = listed(lesson.checks)
    trials = [Trial(Kind.STUB, "stub", source.stub), Trial(Kind.SOLUTION, "solution", source.text)]
    exempt: list[Exempt] = []
    for mutant in mutants(source):
        why = mutant.equivalent or next((known[key] for key in mutant.keys if key in known), None)
        if why:
            exempt.append(Exempt(mutant.name, why))
        else:
            trials.append(Trial(Kind.MUTANT, mutant.name, mutant.source, mutant.task))
    trials += [_together(group) for group in groups(source, equivalents(source))]
    return Plan(lesson, tuple(trials), tuple(exempt), audit(lesson))


def _together(group: Group) -> Trial:
    members = tuple(_alone(each) for each in group.members)
    return members[0] if len(members) == 1 else Trial(Kind.EQUIVALENT, "", group.source, members=members)


def _alone(equivalent: Equivalent) -> Trial:
    return Trial(Kind.EQUIVALENT, equivalent.what, equivalent.source, notebook=equivalent.notebook)
