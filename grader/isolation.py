"""Levels of isolation: how much of the machine is out of a submission's reach.

What they are made of stands in ``grader/worker/confinement``.
"""

from __future__ import annotations

from enum import StrEnum

from grader.text import text


class Level(StrEnum):
    """How a submission was shut in, the weakest first."""

    NONE = "-"
    """Nothing was run."""
    D = "D"
    """A process with a deadline."""
    C = "C"
    """Limits of what it may use."""
    B = "B"
    """And no network, no other process."""
    A = "A"
    """And no file but its own and the libraries'."""
    A_PLUS = "A+"
    """And a tree of files in which nothing else is."""

    def reaches(self, other: Level) -> bool:
        """Tell whether this level stops all that another one stops."""
        order = list(Level)
        return order.index(self) >= order.index(other)


NOT_STOPPED = {
    Level.NONE: text("Nothing of the submission was run."),
    Level.D: text(
        "Not stopped: code that reads or changes your files, uses the network, starts programs, or fills the memory."
    ),
    Level.C: text("Not stopped: code that reads or changes your files, uses the network, or starts programs."),
    Level.B: text("Not stopped: code that reads or changes your files."),
    Level.A: text("Not stopped: code that looks up whether a file is there, and faults of the system's kernel."),
    Level.A_PLUS: text("Not stopped: faults of the system's kernel and of the hardware."),
}
"""What a level does not stop, in a sentence; the same for everyone who reads a report."""
