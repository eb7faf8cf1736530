"""One attack, carried out: what it got, and what it reached."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass, replace

from grader.errors import SpokenError
from grader.kit import Lesson, lessons
from grader.language import ENGLISH
from grader.pipeline import Assignment, Options, grade
from grader.renderers import Format, renderer
from grader.report import Outcome, Report
from grader.selftest.attacks import Attack
from grader.selftest.stage import Stage, descendants
from grader.submission import read_submission, submission_of
from grader.text import Text, literal, text
from grader.workers import ForkingWorkers, Workers

BREACH = re.compile(r"^BREACH: (.{1,200})", re.MULTILINE)
"""How an attack itself says that it reached what only it can see."""
UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^\s*::|##\w*\[", re.MULTILINE)
"""What a terminal, or the log of a CI service, would obey."""
BYSTANDER = "4_1"
"""The lesson of the honest submission that is graded after each attack."""
PATIENT_S = 60.0
"""For each call of the honest one: it may be slow after an attack on the machine, but not harmed."""
PATIENCE_S = 3.0
"""A killed process takes a moment to be gone."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an attack."""

    attack: Attack
    level: str
    """The isolation in force; "-" if nothing was run."""
    score: int
    max_score: int
    reached: tuple[Text, ...]
    """What it should not have reached."""
    output: str = ""
    """What it printed."""

    @property
    def stopped(self) -> bool:
        """Whether it got its due, and nothing else."""
        return not self.reached


def carry_out(attack: Attack, workers: Workers, stage: Stage) -> Result:
    """Grade an attack and look at what it reached; then grade an honest submission."""
    stage.set_up()
    lesson = lessons()[attack.lesson]
    before = descendants()
    source = ""
    try:
        assignment, source = _assignment(attack, lesson, stage)
        report = grade(assignment, workers, Options(timeout_s=attack.timeout_s))
        result = Result(attack, report.conditions.isolation, report.score, report.max_score, (), report.output)
        reached = [*_misjudged(attack, report), *_unfit(report), *_seen(report, stage, lesson, source)]
    except SpokenError as problem:
        result = Result(attack, "-", 0, attack.max_score, ())
        reached = [text("The grader stopped: {why}", why=problem.message)]
    except Exception as problem:  # an attack that breaks the grader has not been stopped, whatever it broke
        result = Result(attack, "-", 0, attack.max_score, ())
        reached = [text("The grader broke: {why}", why=f"{type(problem).__name__}: {problem}")]
    if isinstance(workers, ForkingWorkers):  # with fresh ones, the next is warming up
        reached += left_over({*before, workers.zygote.pid})
    reached += [*stage.damage(), *_bystander(workers)]
    return replace(result, reached=tuple(reached))


def _assignment(attack: Attack, lesson: Lesson, stage: Stage) -> tuple[Assignment, str]:
    if attack.file.parent.name != attack.lesson or attack.file.is_symlink():  # files are planted beside it
        return Assignment(lesson, read_submission(attack.file)), ""
    source = stage.fill_in(attack.file.read_text("utf-8"))
    return Assignment(lesson, submission_of(attack.file.name, source.encode())), source


def _misjudged(attack: Attack, report: Report) -> list[Text]:
    found = []
    if (report.score, report.max_score) != (attack.score, attack.max_score):
        due = f"{attack.score}/{attack.max_score}"
        found.append(text("It got {score}; its due is {due}.", score=f"{report.score}/{report.max_score}", due=due))
    broken = [check for check in report.checks if check.outcome is Outcome.ERROR]
    found += [
        text("A check broke: {why}", why=check.feedback.found if check.feedback else literal(check.name))
        for check in broken[:1]
    ]
    return found


def _unfit(report: Report) -> list[Text]:
    """Say what in the report a terminal would obey."""
    pages = [renderer(each)(report, ENGLISH) for each in Format]
    found = [match.group() for page in pages for match in UNFIT.finditer(page)]
    return [text("The report carries control characters ({what}).", what=ascii(found[0]))] if found else []


def _seen(report: Report, stage: Stage, lesson: Lesson, source: str) -> list[Text]:
    """Say which secrets came out, in the report or in the output."""
    page = renderer(Format.JSON)(replace(report, output=""), ENGLISH) + report.output
    told = [literal(words) for words in dict.fromkeys(BREACH.findall(report.output))]
    return [*stage.leaked(page, lesson, source), *told]


def left_over(before: set[int]) -> list[Text]:
    """Say how many processes are left, and end them."""
    deadline = time.monotonic() + PATIENCE_S
    while (left := descendants() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return [text("Processes were left over: {count}.", count=len(left))] if left else []


def _bystander(workers: Workers) -> list[Text]:
    lesson = lessons()[BYSTANDER]
    honest = Assignment(lesson, submission_of(lesson.solution.name, lesson.solution.read_bytes()))
    try:
        report = grade(honest, workers, Options(timeout_s=PATIENT_S))
    except SpokenError as problem:
        return [text("The next submission could not be graded: {why}", why=problem.message)]
    if report.score == report.max_score:
        return []
    lost = next(check for check in report.checks if check.earned < check.points)
    why = lost.feedback.found if lost.feedback else literal(lost.name)
    score = f"{report.score}/{report.max_score}"
    return [text("The next submission lost points ({score}): {why}", score=score, why=why)]
