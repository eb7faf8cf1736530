"""What grading costs, as ratios to importing TensorFlow, all taken in one run.

Run ``python tests/benchmarks/bench_grading.py``; it prints a table and asserts
nothing: machines differ, and no test depends on time.

``cold`` is the whole command in a new process, ``warm`` a submission whose
zygote is running, whole verdict included (checks, report, rendering).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.kit import ROOT, Lesson, lessons
from grader.language import language
from grader.pipeline import Options, grade, modules_to_preload, take_in
from grader.renderers.terminal import Terminal
from grader.workers import Mode, Workers, open_workers

ROUNDS = 3
WARM = 3
"""The column of the warm ratio."""


def seconds(action: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def command(*arguments: str) -> Callable[[], object]:
    """Return a run of Python with these arguments, output thrown away."""
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False, cwd=ROOT)


def whole_verdict(path: Path, workers: Workers) -> Callable[[], object]:
    """Return a grading from path to rendered text."""

    def verdict() -> object:
        assignment = take_in(path, Options())
        report = grade(assignment, workers, Options())
        return Terminal(80).render(report, language("en", assignment.lesson.checks))

    return verdict


def measure(lesson: Lesson, workers: Workers, imports: list[float]) -> list[str]:
    """Return a row of the table: ratios of medians to the median import."""
    reference = statistics.median(imports)
    cold: dict[str, list[float]] = {"stub": [], "solution": []}
    warm: list[float] = []
    for _ in range(ROUNDS):
        for name, path in (("stub", lesson.stub), ("solution", lesson.solution)):
            cold[name].append(seconds(command("-m", "grader", str(path))))
        warm.append(seconds(whole_verdict(lesson.solution, workers)))
    ratios = [statistics.median(times) / reference for times in (*cold.values(), warm)]
    return [lesson.name, *(f"{ratio:.2f}" for ratio in ratios), f"{statistics.median(warm):.2f} s"]


def main() -> None:
    """Print the table for the lessons named on the command line, or all."""
    chosen = [lesson for name, lesson in lessons().items() if name in sys.argv[1:] or len(sys.argv) == 1]
    import_tensorflow = command("-c", "import tensorflow")
    import_tensorflow()  # the first one reads the disk
    imports = [seconds(import_tensorflow) for _ in range(ROUNDS)]
    rows: list[list[str]] = []
    table = Table("lesson", "stub, cold", "solution, cold", "solution, warm", "warm", title="× import tensorflow")
    preload = modules_to_preload([take_in(lesson.solution, Options()) for lesson in chosen])
    with open_workers(Mode.FORK, preload) as workers:
        whole_verdict(chosen[0].solution, workers)()
        for lesson in chosen:
            rows.append(measure(lesson, workers, imports))
            table.add_row(*rows[-1])
    average = statistics.mean(float(row[WARM]) for row in rows)
    imports += [seconds(import_tensorflow) for _ in range(ROUNDS)]
    console = Console(width=80)
    console.print(table)
    console.print(f"solution, warm: {average:.2f} on the average of {len(rows)} lessons")
    console.print(f"import tensorflow: median {statistics.median(imports):.2f} s of {len(imports)}")
    help_ = statistics.median(seconds(command("-m", "grader", "--help")) for _ in range(ROUNDS))
    console.print(f"python -m grader --help: median {help_:.2f} s")


if __name__ == "__main__":
    main()
