"""Runs of the grader as a user starts them: in a process of its own, from some folder, with some environment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.kit import ROOT

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from processes import adopt_orphans, descendants, left_over
else:
    from tests.faults.processes import adopt_orphans, descendants, left_over

LIMIT_S = 300


@dataclass(frozen=True)
class Ended:
    """A run that has ended."""

    code: int
    shown: str
    said: str
    """On standard error."""


@dataclass
class Running(contextlib.AbstractContextManager["Running"]):
    """Starts graders; whatever still runs in the end is killed."""

    temporary: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    before: set[int] = field(default_factory=set)

    def __enter__(self) -> Running:
        adopt_orphans()
        self.before = descendants()
        return self

    def left_over(self) -> set[int]:
        """Return the processes that came of the runs and do not go."""
        return left_over(self.before)

    def start(self, *arguments: object, cwd: Path = ROOT, env: dict[str, str | None] | None = None, **how: Any) -> Any:
        """Start the grader; ``env`` changes the environment, where None takes a variable away."""
        changed = {"TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8", **(env or {})}
        environment = {name: value for name, value in {**os.environ, **changed}.items() if value is not None}
        words = how.pop("words", [sys.executable, "-m", "grader"])
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
        process = subprocess.Popen([*words, *map(str, arguments)], cwd=cwd, env=environment, **streams)
        self.started.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> Ended:
        """Wait for a grader."""
        shown, said = process.communicate(timeout=LIMIT_S)
        return Ended(process.returncode, (shown or b"").decode(), (said or b"").decode())

    def run(self, *arguments: object, **how: Any) -> Ended:
        """Run the grader to its end."""
        return self.end(self.start(*arguments, **how))

    def __exit__(self, *_: object) -> None:
        for process in self.started:
            with process:
                process.kill()
