"""The reference solutions run for real: they train, print their figures and draw.

A lesson's checks say what: ``PRINTS`` are pieces of the output, ``DRAWS`` are pictures;
``SOLUTION_EPOCHS`` shortens a training that would take minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grader.kit import Lesson, lessons
from grader.verify.audit.parts import checks_module

PNG = b"\x89PNG\r\n\x1a\n"


def arguments(lesson: Lesson, checks: ModuleType) -> list[str]:
    """Return how Python runs the solution: as a program, or its main for a few epochs."""
    if not hasattr(checks, "SOLUTION_EPOCHS"):
        return [str(lesson.solution)]
    return ["-c", f"import runpy; runpy.run_path({str(lesson.solution)!r})['main'](epochs={checks.SOLUTION_EPOCHS})"]


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons())
def test_solution_runs_to_its_end(name: str, tmp_path: Path) -> None:
    lesson = lessons()[name]
    checks = checks_module(lesson)
    env = {
        **os.environ,
        "KERAS_HOME": str(tmp_path),
        "MPLBACKEND": "Agg",
        "PYTHONUTF8": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    words = [sys.executable, *arguments(lesson, checks)]

    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, env=env, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert [figure for figure in checks.PRINTS if figure not in done.stdout] == []
    for picture in getattr(checks, "DRAWS", ()):
        assert (tmp_path / picture).read_bytes().startswith(PNG)
        assert (tmp_path / picture).stat().st_size > 10_000
