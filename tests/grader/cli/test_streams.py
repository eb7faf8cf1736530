"""Standard streams that are closed, or that cannot say what has to be said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell of POSIX")

PROGRAM = """
import os
from grader.cli.streams import discard_output, make_usable
make_usable()
file = open(os.devnull)
assert file.fileno() > 2, file.fileno()
{then}
"""
FULL = """
try:
    print("x", flush=True)
except OSError:
    discard_output()
"""


Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program whose streams the shell has redirected."""

    def run(then: str, redirections: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
        program = tmp_path / "program.py"
        program.write_text(PROGRAM.format(then=then), encoding="utf-8")
        return subprocess.run(
            ["sh", "-c", f'exec "$0" "$1" {redirections}', sys.executable, str(program)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            capture_output=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_opened_so_that_no_file_takes_their_place(closed: str, run: Run) -> None:
    done = run("import sys; print('가', flush=True); print('가', file=sys.stderr, flush=True)", closed)

    assert done.returncode == 0, done.stderr


def test_any_text_can_be_written_whatever_the_locale(run: Run) -> None:
    done = run("print('한글 \\udc80')", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert done.stdout.decode() == "한글 ?\n", done.stderr


def test_what_is_discarded_is_not_tried_again_at_the_end(run: Run) -> None:
    done = run(FULL, "> /dev/full")

    assert (done.returncode, done.stderr) == (0, b"")
