"""Two thousand submissions through one zygote, a tenth of them hostile or broken.

Run ``python tests/benchmarks/soak.py [COUNT]``. It holds every report against
the score that its submission states, and prints after each hundred what the
zygote and the grader hold: memory, descriptors, processes. The first and the
last hundred are the same programs, so that their mean costs can be compared; in
between comes the whole zoo. What falls short is named at the end (exit code 1).
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.errors import GraderError
from grader.kit import Lesson, lessons
from grader.pipeline import Assignment, Options, grade, modules_to_preload
from grader.report import Outcome, Report
from grader.selftest.attacks import attacks
from grader.selftest.stage import Stage, adopt_orphans, descendants
from grader.session import LiveSubmission
from grader.submission import read_submission, submission_of
from grader.workers import ForkingWorkers, Mode, open_workers

COUNT, HUNDRED = 2_000, 100
EXPECT = re.compile(r"\bexpect: (\d+)/\d+")
BROKEN = {
    "loops_when_loaded": "while True: pass\n",
    "loops_when_called": "def build_model1():\n    while True: pass\n\nbuild_model2 = build_model1\n",
    "sleeps": "import time\ntime.sleep(600)\n",
    "exits_by_the_back_door": "import os\nos._exit(0)\n",
    "exits_with_a_word": "raise SystemExit('done')\n",
    "crashes": "import ctypes\nctypes.string_at(0)\n",
    "aborts": "import os\nos.abort()\n",
    "ends_by_a_signal_without_name": "import os\nos.kill(os.getpid(), 40)\n",
    "floods_the_output": "while True: print('x' * 100_000)\n",
    "asks_for_all_memory": "import numpy\nall_of_it = [numpy.ones(2 ** 28) for _ in range(64)]\n",
    "recurses": "def f(): return f()\n\nf()\n",
    "is_no_python": "def build_model1(:\n",
    "is_binary": "\0\1\2",
    "is_empty": "",
    "nests_folders": "import os\nfor _ in range(300):\n    os.mkdir('x')\n    os.chdir('x')\n",
    "leaves_files": "for number in range(200):\n    open(f'file{number}', 'w').write('x' * 1000)\n",
    "starts_threads": "import threading\nfor _ in range(20): threading.Thread(target=threading.Event().wait).start()\n",
}
"""Submissions of 4_1 that earn nothing."""


@dataclass(frozen=True)
class Item:
    """A submission, and the score that it must get."""

    name: str
    assignment: Assignment
    score: int
    timeout_s: float = 60.0
    """Of an honest one, what it never takes."""
    honest: bool = True


@dataclass(frozen=True)
class Held:
    """What the processes hold at some moment."""

    graded: int
    zygote_mb: float
    zygote_descriptors: int
    grader_mb: float
    grader_descriptors: int
    left_over: int
    """Processes that are neither the grader nor its zygote."""
    remembered: int
    """Submissions that the grader has not forgotten; one at most, in the traceback that Python keeps as the last."""


@dataclass
class Soak:
    """What came of a run."""

    held: list[Held] = field(default_factory=list)
    hundreds: list[list[float]] = field(default_factory=list)
    """Seconds of each honest submission, by hundreds."""
    hostile: int = 0
    shortfalls: list[str] = field(default_factory=list)

    @property
    def graded(self) -> int:
        """How many reports there are."""
        return self.held[-1].graded

    @property
    def ratio(self) -> float:
        """The mean cost of the last hundred to that of the first."""
        return statistics.mean(self.hundreds[-1]) / statistics.mean(self.hundreds[0])


def honest() -> list[Item]:
    """Return the zoo and the solutions, in an order of chance that is the same in every run."""
    files = [
        (lesson, file) for lesson in lessons().values() for file in (*sorted(lesson.zoo.glob("*.*")), lesson.solution)
    ]
    random.Random(0).shuffle(files)
    return [_stated(lesson, file) for lesson, file in files]


def _stated(lesson: Lesson, file: Path) -> Item:
    header = EXPECT.search(file.read_bytes()[:3000].decode("utf-8", "replace"))
    score = int(header.group(1)) if header else -1
    return Item(f"{lesson.name}/{file.name}", Assignment(lesson, read_submission(file)), score)


def hostile(stage: Stage, level: str) -> Iterator[Item]:
    """Return broken submissions, and the attacks that are stopped at a level of isolation, for ever in turn."""
    of = lessons()
    broken = [
        Item(name, Assignment(of["4_1"], submission_of(f"{name}.py", source.encode())), 0, 2.0, honest=False)
        for name, source in BROKEN.items()
    ]
    attacking = [
        Item(
            each.id,
            Assignment(
                of[each.lesson], submission_of(each.file.name, stage.fill_in(each.file.read_text("utf-8")).encode())
            ),
            each.score,
            each.timeout_s,
            honest=False,
        )
        for each in attacks()
        if level in each.stopped and each.worker in (None, Mode.FORK) and each.file.parent.name == each.lesson
    ]
    mixed = [*broken, *attacking]
    random.Random(0).shuffle(mixed)
    return itertools.cycle(mixed)


def schedule(count: int, hundred: int, bad: Iterator[Item]) -> list[list[Item]]:
    """Return ``count`` submissions in hundreds, of which the last is the first again."""
    good = honest()
    enough = itertools.cycle(good)

    def one() -> list[Item]:
        tenth = hundred // 10
        found = [*itertools.islice(enough, hundred - tenth), *itertools.islice(bad, tenth)]
        random.Random(len(found)).shuffle(found)
        return found

    first = one()
    return [first, *(one() for _ in range(count // hundred - 2)), first]


def soak(count: int = COUNT, hundred: int = HUNDRED, show: Console | None = None) -> Soak:
    """Grade so many submissions through one zygote and look at what that leaves."""
    adopt_orphans()
    before = descendants()
    found = Soak()
    preload = modules_to_preload([item.assignment for item in honest()])
    with open_workers(Mode.FORK, preload, many=True) as workers, contextlib.closing(Stage()) as stage:
        assert isinstance(workers, ForkingWorkers)
        level = ""
        for lesson in lessons().values():  # the first of a lesson imports its checks
            level = grade(Assignment(lesson, read_submission(lesson.solution)), workers, Options()).conditions.isolation
        zygote, own = workers.zygote.pid, _with_children(workers.zygote.pid)
        found.held.append(_held(0, own, before))
        hundreds = schedule(count, hundred, hostile(stage, level))
        for number, items in enumerate(hundreds, 1):
            found.hundreds.append([])
            for item in items:
                stage.set_up()
                _grade_one(item, workers, found)
            found.held.append(_held(number * len(items), own, before))
            if show:
                show.print(_line(found, level))
        if workers.zygote.pid != zygote:
            found.shortfalls.append("the zygote was lost, and replaced")
    left = descendants() - before
    if left:
        found.shortfalls.append(f"{len(left)} processes outlive the grader's workers")
    return found


def _grade_one(item: Item, workers: ForkingWorkers, found: Soak) -> None:
    started = time.perf_counter()
    try:
        report = grade(item.assignment, workers, Options(timeout_s=item.timeout_s))
    except GraderError as problem:
        found.shortfalls.append(f"{item.name}: {problem}")
        return
    if item.honest:
        found.hundreds[-1].append(time.perf_counter() - started)
    found.hostile += not item.honest
    found.shortfalls += [f"{item.name}: {fault}" for fault in _faults(item, report)]


def _faults(item: Item, report: Report) -> Iterable[str]:
    """Say what is not true of a report."""
    stated = report.max_score if item.score < 0 else item.score
    if report.score != stated:
        yield f"{report.score} points instead of {stated}"
    if report.score != sum(check.earned for check in report.checks):
        yield "points do not add up"
    if any(check.outcome is Outcome.ERROR for check in report.checks):
        yield f"a check broke: {report.problem or [check.feedback for check in report.checks]}"


# What is held.


def _with_children(pid: int) -> set[int]:
    """Return a process and what it started: a zygote may be wrapped."""
    alive = descendants()
    found = {pid}
    while more := {each for each in alive - found if _parent(each) in found}:
        found |= more
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _held(graded: int, zygote: set[int], before: set[int]) -> Held:
    time.sleep(0.2)  # a process that was killed takes a moment to go
    return Held(
        graded,
        sum(map(_megabytes, zygote)),
        sum(map(_descriptors, zygote)),
        _megabytes(os.getpid()),
        _descriptors(os.getpid()),
        len(descendants() - before - zygote),
        _remembered(),
    )


def _remembered() -> int:
    gc.collect()
    return sum(isinstance(each, LiveSubmission) for each in gc.get_objects())


def _megabytes(pid: int) -> float:
    """Return the memory that a process holds."""
    try:
        words = Path(f"/proc/{pid}/status").read_text().split()
    except OSError:
        return 0
    return int(words[words.index("VmRSS:") + 1]) / 1024 if "VmRSS:" in words else 0


def _descriptors(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


# What is shown.


def _line(found: Soak, level: str) -> str:
    held, mean = found.held[-1], statistics.mean(found.hundreds[-1])
    return (
        f"{held.graded:5} graded at level {level}"
        f" · zygote {held.zygote_mb:.0f} MB, {held.zygote_descriptors} descriptors"
        f" · grader {held.grader_mb:.0f} MB, {held.grader_descriptors} descriptors"
        f" · {held.left_over} left over, {held.remembered} remembered"
        f" · mean {mean:.2f} s · {len(found.shortfalls)} shortfalls"
    )


def table(found: Soak) -> Table:
    """Return what the processes held at the start, after each hundred and at the end."""
    page = Table(
        *("graded", "zygote MB", "its descriptors", "grader MB", "its descriptors", "left over", "remembered"),
        title="Soak",
    )
    for held in found.held:
        page.add_row(
            str(held.graded),
            f"{held.zygote_mb:.0f}",
            str(held.zygote_descriptors),
            f"{held.grader_mb:.0f}",
            str(held.grader_descriptors),
            str(held.left_over),
            str(held.remembered),
        )
    return page


def main() -> None:
    """Run it, and print what came of it."""
    console = Console(width=140)
    started = time.monotonic()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found = soak(count, min(HUNDRED, count // 4), console)
    console.print(table(found))
    console.print(
        f"{found.graded} submissions, {found.hostile} of them hostile or broken, in {time.monotonic() - started:.0f} s"
    )
    console.print(f"mean of the last hundred to the first, honest ones: {found.ratio:.2f}")
    for each in found.shortfalls:
        console.print(f"✗ {each}", markup=False)
    sys.exit(bool(found.shortfalls))


if __name__ == "__main__":
    main()
