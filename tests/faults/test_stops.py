"""Ctrl-C, and the other ways to stop a grader, at several moments: exit code 130, one word, nothing left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from processes import descendants, left_over
    from running import LIMIT_S, Running
else:
    from tests.faults.processes import descendants, left_over
    from tests.faults.running import LIMIT_S, Running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("nothing_is_ignored"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals"),
]

LOOPS_WHEN_LOADED = "while True: pass\n"
LOOPS_WHEN_CALLED = "def build_model1():\n    while True: pass\n"
SLEEPS = "import time\ntime.sleep(300)\n"


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    return tmp_path / "answer_4_1.py"


def until(happens: Callable[[], Any], process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + LIMIT_S
    while not happens():
        assert process.poll() is None
        assert time.monotonic() < limit
        time.sleep(0.02)


def until_code_runs(temporary: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a submission has its folder; what it does there may be invisible from here."""
    until(lambda: list(temporary.glob("submission-*")), process)
    time.sleep(1.5)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    "source",
    [
        pytest.param(LOOPS_WHEN_LOADED, id="while-it-is-loaded"),
        pytest.param(LOOPS_WHEN_CALLED, id="while-it-is-called"),
        pytest.param(SLEEPS, id="while-it-sleeps"),
    ],
)
def test_stopped_while_student_code_runs(
    name: str, source: str, answer: Path, grader: Running, temporary: Path, tmp_path: Path
) -> None:
    answer.write_text(source)
    output = tmp_path / "report.txt"
    output.write_text("the report of yesterday")
    process = grader.start(answer, "--timeout", 300, "--output", output, "--lang", "ko")
    until_code_runs(temporary, process)

    process.send_signal(getattr(signal, name))
    ended = grader.end(process)

    assert (ended.code, ended.shown, ended.said) == (130, "", "grader: 중단했습니다.\n")
    assert output.read_text() == "the report of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer_4_1.py", "report.txt", "temporary"]


@pytest.mark.parametrize("worker", ["fork", "fresh"])
def test_stopped_while_tensorflow_is_imported(worker: str, answer: Path, grader: Running) -> None:
    answer.write_text(SLEEPS)
    before = descendants()
    process = grader.start(answer, "--worker", worker, "--lang", "en")
    until(lambda: len(descendants() - before) > 1, process)

    process.send_signal(signal.SIGINT)
    ended = grader.end(process)

    assert (ended.code, ended.shown, ended.said) == (130, "", "grader: Stopped.\n")


@pytest.mark.parametrize("delay_s", [0.01, 0.05, 0.1, 0.2, 0.4, 0.8])
def test_stopped_soon_after_the_start(delay_s: float, answer: Path, grader: Running) -> None:
    answer.write_text(SLEEPS)
    process = grader.start(answer, "--lang", "en", start_new_session=True)
    time.sleep(delay_s)

    process.send_signal(signal.SIGINT)
    ended = grader.end(process)

    assert ended.code in (130, -signal.SIGINT) or "init_import_site" in ended.said  # Python itself was not ready
    assert "grader" not in ended.said or ended.said == "grader: Stopped.\n"


def test_impatience_does_not_stop_the_cleaning_up(answer: Path, grader: Running, temporary: Path) -> None:
    answer.write_text(LOOPS_WHEN_LOADED)
    process = grader.start(answer, "--timeout", 300, "--lang", "en")
    until_code_runs(temporary, process)

    for _ in range(20):
        process.send_signal(signal.SIGINT)
        time.sleep(0.005)
    ended = grader.end(process)

    assert ended.code in (130, -signal.SIGINT)  # one more may come when all is done
    assert ended.said in ("grader: Stopped.\n", "")


def test_grader_that_is_killed_outright_leaves_no_process(answer: Path, tmp_path: Path, temporary: Path) -> None:
    answer.write_text(LOOPS_WHEN_LOADED)
    before = descendants()
    with Running(temporary) as running:
        process = running.start(answer, "--timeout", 300)
        until_code_runs(temporary, process)

        process.kill()
        running.end(process)

    assert left_over(before) == set()


def test_ctrl_c_that_is_ignored_stays_so(answer: Path, grader: Running, temporary: Path) -> None:
    answer.write_text("import time\ntime.sleep(4)\n")
    words = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-m", "grader"]
    process = grader.start(answer, "--lang", "en", words=words)
    until_code_runs(temporary, process)

    process.send_signal(signal.SIGINT)
    ended = grader.end(process)

    assert ended.code == 1
    assert "Score: 0 of 8" in ended.shown
