"""Which rungs of which ladders a student has taken: a small file in the student's copy of the kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from grader.kit import ROOT
from grader.text import Text, text

FILE = ROOT / ".grader" / "hints.json"
FORMAT, VERSION = "rnn-exercise-kit hints", 1

Count = Annotated[int, msgspec.Meta(ge=0)]


class Memory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rungs were taken, by lesson and task."""

    taken: dict[str, dict[int, Count]] = {}
    format: str = FORMAT
    version: int = VERSION

    def rungs(self, lesson: str, task: int) -> int:
        """Return how many rungs of a task's ladder were taken."""
        return self.taken.get(lesson, {}).get(task, 0)

    def as_json(self) -> bytes:
        """Return the memory as a file's content."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    def with_rungs(self, lesson: str, task: int, count: int) -> Memory:
        """Return the memory with so many rungs of a task's ladder taken."""
        return Memory({**self.taken, lesson: {**self.taken.get(lesson, {}), task: count}})

    def without(self, lesson: str, task: int | None = None) -> Memory:
        """Return the memory without a lesson, or without one task of it."""
        left = {number: count for number, count in self.taken.get(lesson, {}).items() if task not in (None, number)}
        others = {name: tasks for name, tasks in self.taken.items() if name != lesson}
        return Memory({**others, lesson: left} if left else others)


def recall(file: Path) -> tuple[Memory, Text | None]:
    """Read the memory.

    Returns:
        The memory, and what to say where a file is there but cannot be used: then it begins anew.
    """
    try:
        memory = msgspec.json.decode(file.read_bytes(), type=Memory)
    except (FileNotFoundError, NotADirectoryError):
        return Memory(), None
    except OSError as problem:
        return Memory(), text(
            "{path} cannot be read ({why}), so the hints begin anew.",
            path=str(file),
            why=problem.strerror or str(problem),
        )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        memory = None
    if memory is None or (memory.format, memory.version) != (FORMAT, VERSION):
        return Memory(), text("{path} is no memory of hints that we know, so the hints begin anew.", path=str(file))
    return memory, None
