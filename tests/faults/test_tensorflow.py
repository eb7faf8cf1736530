"""No TensorFlow, a broken one, or one that ends its process: one sentence in the report, exit code 3."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.kit import lessons

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from running import Running
else:
    from tests.faults.running import Running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="a shell stands in for Python")]

BROKEN = {
    "missing": ("", "cannot be imported (ModuleNotFoundError"),
    "cannot_be_loaded": ("raise ImportError('DLL load failed')", "cannot be imported (ImportError: DLL load failed"),
    "too_old": ("__version__ = '1.15'", "cannot be imported ("),
    "is_interrupted": ("raise KeyboardInterrupt", "cannot be imported (KeyboardInterrupt"),
    "is_talkative": ("import os\nfor to in (1, 2): os.write(to, b'x' * 9000)\nraise OSError('no')", "(OSError: no"),
    "ends_its_process": ("import os\nos._exit(9)", "9)"),
    "needs_another_processor": ("import os, signal\nos.kill(os.getpid(), signal.SIGILL)", "SIGILL)"),
}
"""A module tensorflow, and what is said of it."""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python that finds what lies in its folder first, and nothing that is installed."""
    folder = tmp_path / "python"
    folder.mkdir()
    base = sys._base_executable  # type: ignore[attr-defined]
    start = (
        "import runpy, sys; program = sys.argv.index('utf8') + 1; sys.argv[:] = sys.argv[program:]; "
        f"sys.path.insert(0, {str(folder)!r}); runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    shell = folder / "python"
    shell.write_text(f'#!/bin/sh\nexec "{base}" -S -c "{start}" "$@"\n')
    shell.chmod(0o755)
    return shell


@pytest.mark.parametrize("worker", ["fork", "fresh"])
@pytest.mark.parametrize("name", BROKEN)
def test_each_kind_of_broken_tensorflow_is_named(name: str, worker: str, python: Path, grader: Running) -> None:
    source, said = BROKEN[name]
    if source:
        (python.parent / "tensorflow.py").write_text(source)
    code = f"import sys; sys.executable = {str(python)!r}; from grader import cli; cli.main()"
    words = [sys.executable, "-c", code]

    ended = grader.run(lessons()["4_1"].solution, "--worker", worker, "--format", "json", "--lang", "en", words=words)

    report = json.loads(ended.shown)
    assert (ended.code, ended.said) == (3, "")
    assert said in report["problem"]["message"]
    assert [check["outcome"] for check in report["checks"]] == ["error"] * 6
    assert (report["score"], report["max_score"]) == (0, 8)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "TensorFlow cannot be imported"), ("ko", "TensorFlow를 불러올 수 없습니다")]
)
def test_it_is_said_once_in_both_languages(language: str, said: str, python: Path, grader: Running) -> None:
    words = [sys.executable, "-c", f"import sys; sys.executable = {str(python)!r}; from grader import cli; cli.main()"]

    ended = grader.run(lessons()["4_1"].solution, "--lang", language, words=words)

    assert ended.code == 3
    assert " ".join(ended.shown.split()).count(said) == 1


def test_several_submissions_each_get_their_report(python: Path, grader: Running) -> None:
    words = [sys.executable, "-c", f"import sys; sys.executable = {str(python)!r}; from grader import cli; cli.main()"]

    ended = grader.run(*[lessons()["4_1"].solution] * 2, "--format", "json", words=words)

    with contextlib.suppress(json.JSONDecodeError):
        reports = [json.loads(line) for line in ended.shown.splitlines()]
    assert ended.code == 3
    assert [report["score"] for report in reports] == [0, 0]
