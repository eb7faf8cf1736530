"""The stage that attacks find: whatever is reached or spoilt on it shows."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.selftest.attacks import MARKS
from grader.selftest.stage import VARIABLE, Stage, adopt_orphans, descendants

LESSON = lessons()["4_1"]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setenv(VARIABLE, "canary-of-the-environment")
    made = Stage()
    yield made
    made.close()


def test_untouched_stage_is_unharmed(stage: Stage) -> None:
    assert stage.damage() == []
    assert stage.leaked("Score: 8 of 8", LESSON, "") == []


@pytest.mark.parametrize(
    ("harm", "where"),
    [
        (lambda root: (root / "outside" / "new").write_text("x"), "outside/new"),
        (lambda root: (root / "outside" / "results.json").write_text('{"score": 8}'), "outside/results.json"),
        (lambda root: (root / "others" / "lesson_4_1.py").unlink(), "others/lesson_4_1.py"),
        (lambda root: (root / "home" / "link").symlink_to("/"), "home/link"),
        (lambda root: (root / "scratch" / "submission-1").mkdir(), "scratch/submission-1"),
    ],
    ids=["new", "changed", "deleted", "linked", "left-behind"],
)
def test_harm_is_named_and_mended(stage: Stage, harm: Callable[[Path], object], where: str) -> None:
    harm(stage.root)

    assert [str(each) for each in stage.damage()] == [f"{where} was written, changed or left behind."]
    stage.set_up()
    assert stage.damage() == []


def test_every_secret_is_known_again(stage: Stage) -> None:
    home = (stage.root / "home" / "secret.txt").read_text()
    other = (stage.root / "others" / "lesson_4_1.py").read_text()

    def leaked(words: str) -> list[str]:
        return [str(each) for each in stage.leaked(words, LESSON, "")]

    assert leaked(home) == ["It read a file in the home folder."]
    assert leaked(other) == ["It read another student's answer."]
    assert leaked("x=canary-of-the-environment") == ["It read the grader's environment."]
    assert leaked(LESSON.solution.read_text("utf-8")) == ["It read the reference solution."]
    assert leaked(LESSON.checks.read_text("utf-8")) == ["It read the lesson's checks."]


def test_what_an_attack_says_itself_is_no_secret(stage: Stage) -> None:
    solution = LESSON.solution.read_text("utf-8")

    assert stage.leaked(solution, LESSON, solution) == []


def test_visitors_are_noted(stage: Stage) -> None:
    port = int(stage.fill_in("@PORT@"))
    with socket.create_connection(("127.0.0.1", port)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", port))
        for _ in range(200):
            if len(stage.damage()) == 2:
                break
            time.sleep(0.01)

    assert [str(each) for each in stage.damage()] == ["A connection was made (TCP).", "A connection was made (UDP)."]


def test_marks_become_places(stage: Stage) -> None:
    filled = stage.fill_in(" ".join(f"@{mark}@" for mark in MARKS))

    assert "@" not in filled
    assert str(os.getpid()) in filled.split()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed on Linux")
def test_processes_are_found_whoever_started_them() -> None:
    adopt_orphans()
    before = descendants()
    orphan = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)"
    subprocess.run([sys.executable, "-c", orphan], check=True)

    (left,) = descendants() - before
    os.kill(left, 9)
    os.waitpid(left, 0)

    assert descendants() == before
