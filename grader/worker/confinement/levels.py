"""Levels of isolation, and the parts that each is made of."""

from __future__ import annotations

NEEDED: dict[str, frozenset[str]] = {
    "A+": frozenset({"limits", "seccomp", "landlock", "namespaces"}),
    "A": frozenset({"limits", "seccomp", "landlock"}),
    "B": frozenset({"limits", "seccomp"}),
    "C": frozenset({"limits"}),
    "D": frozenset(),
}
"""The strongest first; each holds all that the next one holds."""


def level_of(parts: frozenset[str]) -> str:
    """Return the strongest level whose parts are all there."""
    return next(level for level, needed in NEEDED.items() if needed <= parts)


def at_most(level: str) -> frozenset[str]:
    """Return the parts of a level."""
    return NEEDED[level]
