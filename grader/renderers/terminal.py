"""The report for a terminal, 80 columns by default, with or without colour."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from grader.isolation import NOT_STOPPED
from grader.language import Language
from grader.report import CheckReport, Feedback, Note, Outcome, Place, Report
from grader.text import Text, text

MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.BLOCKED: ("–", "yellow"),
    Outcome.ERROR: ("!", "magenta"),
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CI_COMMAND, CI_TAG = re.compile(r"^(\s*)::"), re.compile(r"##(\w*)\[")
MAX_WORDS = 1_200


@dataclass(frozen=True, slots=True)
class Terminal:
    """Renders reports for a terminal of some width."""

    width: int
    color: bool = False

    def render(self, report: Report, language: Language) -> str:
        """Return the report as lines of text."""
        page = _Page(language)
        file = io.StringIO()
        console = Console(
            file=file,
            width=self.width,
            force_terminal=self.color,
            color_system="standard" if self.color else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        console.print(Group(*page.parts(report)))
        written = "\n".join(_disarmed(line.rstrip()) for line in file.getvalue().split("\n")).rstrip("\n") + "\n"
        return written.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, from a file name


def _disarmed(line: str) -> str:
    """Take apart what the log of a CI service would obey: ``::set-output …``, ``##[group]``, ``##vso[…]``."""
    return CI_TAG.sub(r"# #\1[", CI_COMMAND.sub(r"\1: :", line))


@dataclass(frozen=True, slots=True)
class _Page:
    language: Language

    def parts(self, report: Report) -> Iterator[RenderableType]:
        """The page from top to bottom."""
        yield Styled.assemble((self.say(report.title), "bold"), "  ", (self.name(report.submission), "dim"))
        yield Rule(style="dim")
        if report.problem is not None:
            yield from self.problem(report.problem)
        for task, checks in groupby(report.checks, key=lambda each: each.task):
            yield self.task(task, list(checks), report.problem)
        yield from self.notes(report.notes)
        yield Rule(style="dim")
        yield self.score(report)
        yield from self.hint(report)
        yield Styled(self.conditions(report), style="dim")
        yield Styled(self.say(NOT_STOPPED[report.conditions.isolation]), style="dim")

    def say(self, sentence: Text) -> str:
        """Say a sentence, fit for a terminal."""
        return self.clean(self.language.say(sentence))

    def clean(self, words: str) -> str:
        """Take out what a student's text could do to a terminal."""
        words = CONTROL.sub("�", words.replace("\t", "    "))
        return words if len(words) <= MAX_WORDS else words[:MAX_WORDS] + " …"

    def name(self, name: str) -> str:
        """Return a file name fit for a terminal: on one line."""
        return self.clean(name.replace("\n", "�"))

    def problem(self, problem: Note) -> Iterator[RenderableType]:
        """Why nothing could be run."""
        details = [Styled(self.say(detail)) for detail in problem.details]
        parts = [Styled(self.say(problem.message), style="bold red"), *details, *self.places(problem.places)]
        yield Padding(Group(*parts), (0, 0, 0, 2))
        yield Styled("")

    def task(self, number: int, checks: list[CheckReport], problem: Note | None) -> RenderableType:
        """A task and its checks; the problem that blocks them all is not said again."""
        earned, points = sum(each.earned for each in checks), sum(each.points for each in checks)
        head = self.say(text("Task {number}", number=number))
        lines: list[RenderableType] = [Styled.assemble((head, "bold"), (f"  {earned}/{points}", "dim"))]
        for each in checks:
            known = problem is not None and each.feedback == Feedback(problem.message)
            lines.append(self.check(replace(each, feedback=None) if known else each))
        return Group(*lines, Styled(""))

    def check(self, check: CheckReport) -> RenderableType:
        """A check, and its feedback if it did not pass."""
        mark, style = MARKS[check.outcome]
        row = Table.grid(padding=(0, 1))
        row.add_column(width=1)
        row.add_column(justify="right", width=5)
        row.add_column(ratio=1, overflow="fold")
        points = Styled(f"{check.earned}/{check.points}", style="dim")
        row.add_row(Styled(mark, style=style), points, self.say(check.title))
        parts: list[RenderableType] = [Padding(row, (0, 0, 0, 2))]
        if check.feedback is not None:
            parts.append(Padding(self.feedback(check, check.feedback), (0, 0, 0, 11)))
        return Group(*parts)

    def feedback(self, check: CheckReport, feedback: Feedback) -> RenderableType:
        """What was found, what was expected, why it matters, what to look at."""
        if check.outcome is Outcome.BLOCKED:
            return Styled(self.say(feedback.found), style="yellow")
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.add_row(self.say(text("Found")), Styled(self.say(feedback.found), style="red"))
        if feedback.expected is not None:
            table.add_row(self.say(text("Expected")), Styled(self.say(feedback.expected), style="green"))
        for detail in feedback.details:
            table.add_row("", self.say(detail))
        for place in self.places(feedback.places):
            table.add_row("", place)
        if check.why is not None:
            table.add_row(self.say(text("Why")), self.say(check.why))
        if check.hint is not None:
            table.add_row(self.say(text("Look at")), self.say(check.hint))
        return Group(table)

    def places(self, places: Iterable[Place]) -> Iterator[RenderableType]:
        """The student's own lines."""
        for place in places:
            where = text("{file}, line {line}", file=place.file, line=place.line)
            shown = Styled(self.say(where), style="dim")
            if place.code.strip():
                shown.append(f"\n    {self.clean(place.code.strip())}", style="default")
            yield shown

    def notes(self, notes: tuple[Note, ...]) -> Iterator[RenderableType]:
        """Remarks that cost nothing."""
        if not notes:
            return
        yield Styled(self.say(text("Notes")), style="bold")
        for note in notes:
            details = [Styled(self.say(detail)) for detail in note.details]
            parts = [Styled(self.say(note.message)), *details, *self.places(note.places)]
            yield Padding(Group(*parts), (0, 0, 0, 2))
        yield Styled("")

    def score(self, report: Report) -> RenderableType:
        """The sum."""
        full = report.score == report.max_score
        words = text("Score: {score} of {most}", score=report.score, most=report.max_score)
        if full:
            words = text("Score: {score} of {most} — full marks", score=report.score, most=report.max_score)
        return Styled(self.say(words), style="bold green" if full else "bold")

    def hint(self, report: Report) -> Iterator[RenderableType]:
        """Where there is more help for the task that comes next."""
        task = report.open_task
        if task is not None:
            words = text("Stuck? python -m grader hint {lesson} --task {task}", lesson=report.lesson, task=task)
            yield Styled(self.say(words))

    def conditions(self, report: Report) -> str:
        """How it was run."""
        return self.say(
            text(
                "Isolation level {level} · worker: {worker} · {seconds} s",
                level=report.conditions.isolation,
                worker=report.conditions.worker,
                seconds=f"{report.conditions.seconds:.1f}",
            )
        )
