"""The reference solutions run for real: they train, print their figures and draw."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.kit import lessons

PRINTED = {
    "4_1": ["77 (308.00 B)", "28,230 (110.27 KB)"],
    "4_2": ["Epoch 5/5", "Test loss", "(2000 reviews)"],
    "4_3": ["Epoch 10/10", "Test MSE"],
    "4_4": ["[RNN] Test MSE", "[Deep RNN] Test MSE"],
    "4_5": ["985 (3.85 KB)", "(1, 30, 5)"],
}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons())
def test_solution_runs_to_its_end(name: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "KERAS_HOME": str(tmp_path),
        "MPLBACKEND": "Agg",
        "PYTHONUTF8": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    words = [sys.executable, str(lessons()[name].solution)]

    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, env=env, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert [figure for figure in PRINTED[name] if figure not in done.stdout] == []
    if name == "4_3":
        assert (tmp_path / "airline_rnn.png").read_bytes().startswith(PNG)
        assert (tmp_path / "airline_rnn.png").stat().st_size > 10_000
