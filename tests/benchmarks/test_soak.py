"""A short soak: what two thousand submissions must not do, a hundred must not do either."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from soak import soak
else:
    from tests.benchmarks.soak import soak


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_a_hundred_submissions_leave_nothing_behind() -> None:
    found = soak(100, hundred=25)

    start, end = found.held[0], found.held[-1]
    assert found.shortfalls == []
    assert found.graded == 100
    assert found.hostile == 8
    assert [held.left_over for held in found.held] == [0] * 5
    assert max(held.remembered for held in found.held) <= 1
    assert (end.zygote_descriptors, end.grader_descriptors) == (start.zygote_descriptors, start.grader_descriptors)
    assert end.zygote_mb < start.zygote_mb * 1.1
    assert end.grader_mb < start.grader_mb * 1.5  # it has met more lessons; what it forgets is counted above
