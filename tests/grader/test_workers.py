"""Processes: deadlines, deaths and limits, with both kinds of workers."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.child import Cause, ChildDied, Conversation
from grader.errors import GraderError
from grader.evidence import Answer
from grader.worker.channel import Blob
from grader.workers import (
    MEMORY_BYTES,
    ForkingWorkers,
    Mode,
    Workers,
    command,
    default_mode,
    open_workers,
    worker_environment,
)

Ask = Callable[..., Answer]


@pytest.fixture
def child(workers: Workers, tmp_path: Path) -> Iterator[Conversation]:
    started = workers.start()
    begin(started, tmp_path)
    yield started
    started.close()


def begin(child: Conversation, scratch: Path) -> Answer:
    return child.ask({"do": "begin", "scratch": str(scratch), "memory_bytes": MEMORY_BYTES}, Blob(), 120)


def load(child: Conversation, source: str, timeout_s: float = 20) -> Answer:
    return child.ask({"do": "load", "cells": [{"label": "x.py", "source": source}]}, Blob(), timeout_s)


def test_endless_loop_is_killed_at_the_deadline(child: Conversation) -> None:
    with pytest.raises(ChildDied) as died:
        load(child, "while True: pass", timeout_s=0.5)

    assert died.value.death.cause is Cause.TIMEOUT


def test_endless_output_is_cut_and_killed(child: Conversation) -> None:
    with pytest.raises(ChildDied) as died:
        load(child, "while True: print('x' * 100000)")

    assert died.value.death.cause is Cause.OUTPUT
    assert len(child.output()) == 64 * 2**10


def test_exit_of_the_process_is_a_named_death(child: Conversation) -> None:
    with pytest.raises(ChildDied) as died:
        load(child, "import os; os._exit(7)")

    assert died.value.death.cause is Cause.EXIT
    assert died.value.death.detail == "7"


def test_crash_of_the_process_names_its_signal(child: Conversation) -> None:
    with pytest.raises(ChildDied) as died:
        load(child, "import ctypes; ctypes.string_at(0)")

    assert died.value.death.cause is Cause.SIGNAL
    assert died.value.death.detail == "SIGSEGV"


def test_garbage_on_the_channel_is_a_protocol_violation(child: Conversation) -> None:
    source = (
        "import os, time\n"
        "for fd in range(3, 30):\n"
        "    try: os.write(fd, b'x' * 64)\n"
        "    except OSError: pass\n"
        "time.sleep(9)\n"
    )

    with pytest.raises(ChildDied) as died:
        load(child, source)

    assert died.value.death.cause is Cause.PROTOCOL


def test_memory_is_limited(child: Conversation) -> None:
    answer = load(child, "import numpy as np\nx = np.ones((3 * 2**30,), 'uint8')")

    assert answer.failures[0].type in ("MemoryError", "_ArrayMemoryError")


def test_environment_holds_no_secret(child: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")

    assert "GITHUB_TOKEN" not in worker_environment()
    answer = load(child, "import os\nraise RuntimeError(sorted(os.environ))")

    assert "TOKEN" not in answer.failures[0].message
    assert "HOME" in answer.failures[0].message


def test_scratch_folder_is_working_directory_and_home(child: Conversation, tmp_path: Path) -> None:
    load(child, "import os, tempfile\nopen('here', 'w').close()\nopen(os.path.expanduser('~/home'), 'w').close()")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "home"]


def test_nothing_of_the_kit_is_importable(child: Conversation) -> None:
    answer = load(child, "import sys\nassert 'grader' not in sys.modules\nimport grader.expect")

    assert answer.failures[0].type in ("ModuleNotFoundError", "AssertionError")


def test_no_process_is_left_when_a_child_is_closed(workers: Workers, tmp_path: Path) -> None:
    child = workers.start()
    begin(child, tmp_path)
    load(child, "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])")
    before = processes_in_group(child)

    child.close()

    assert len(before) == 2
    assert [pid for pid in before if alive(pid)] == []


def processes_in_group(child: Conversation) -> list[int]:
    group = child._process._pid  # type: ignore[attr-defined]
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(stat[2]) == group:
                found.append(int(entry.name))
    return found


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_zygote_has_one_thread_and_no_solution_in_memory(workers: Workers) -> None:
    assert isinstance(workers, ForkingWorkers)
    workers.start().close()

    tasks = os.listdir(f"/proc/{workers._process.pid}/task")

    assert len(tasks) == 1


@pytest.mark.slow
def test_fresh_worker_serves_and_dies_like_a_forked_one(tmp_path: Path) -> None:
    with open_workers(Mode.FRESH, many=True) as fresh:
        first, second = fresh.start(), fresh.start()
        begin(first, tmp_path)
        answer = load(first, "print('hello')\nx = 1/0")
        begin(second, tmp_path)
        with pytest.raises(ChildDied) as died:
            load(second, "while True: pass", timeout_s=0.5)
        first.close()
        second.close()

    assert answer.failures[0].type == "ZeroDivisionError"
    assert first.output() == "hello\n"
    assert died.value.death.cause is Cause.TIMEOUT


@pytest.mark.parametrize("mode", Mode)
def test_missing_tensorflow_is_a_clear_error_of_ours(
    mode: Mode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys._base_executable}" -S "$@"\n')  # type: ignore[attr-defined]
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))

    with (
        open_workers(mode) as broken,
        pytest.raises(GraderError, match="cannot be imported"),
        contextlib.closing(broken.start()) as child,
    ):
        begin(child, tmp_path)


def test_default_is_fork_on_linux_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_mode() is Mode.FORK

    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_mode() is Mode.FRESH


def test_absent_modules_are_not_preloaded() -> None:
    assert command("zygote", ("numpy", "no_such_module"))[-2:] == ["zygote", "numpy"]


def test_temporary_folder_is_left_clean(workers: Workers) -> None:
    before = set(os.listdir(tempfile.gettempdir()))

    workers.start().close()

    assert {name for name in set(os.listdir(tempfile.gettempdir())) - before if name.startswith("submission-")} == set()
