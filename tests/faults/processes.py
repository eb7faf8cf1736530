"""Which processes a run leaves behind."""

from __future__ import annotations

import time

from grader.selftest.stage import adopt_orphans, descendants

__all__ = ["adopt_orphans", "descendants", "left_over"]


def left_over(before: set[int], patience_s: float = 30) -> set[int]:
    """Return what came since ``before`` and does not go; a zygote in the middle of an import is slow to notice."""
    limit = time.monotonic() + patience_s
    while (left := descendants() - before) and time.monotonic() < limit:
        time.sleep(0.05)
    return left
