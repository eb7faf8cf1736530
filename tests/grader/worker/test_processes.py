"""What is seen of processes: memory, tasks, files without a name; and how one ends like another."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.isolation import Level
from grader.worker import processes
from grader.workers import WORKER, probe, worker_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at through /proc")

MEBIBYTE = 2**20


@contextmanager
def process(source: str, level: Level = Level.D) -> Iterator[int]:
    """A process, shut in, that has run some source and waits."""
    whole = (
        f"import os, runpy, sys\nrunpy.run_path({str(WORKER / '__main__.py')!r})['load_package']()\n"
        "from kit_worker import confinement\nconfinement.prepare(sys.argv[1])\n"
        "confinement.confine(sys.argv[2], 2**30)\n"
        f"{source}\nprint('ready', flush=True)\nsys.stdin.read()"
    )
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-I", "-c", whole, level, scratch]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=worker_environment()) as started:
            assert started.stdout is not None
            assert started.stdout.readline() == b"ready\n"
            yield started.pid


def test_private_and_shared_memory_are_counted() -> None:
    with process(
        "import mmap\na = bytearray(40 * 2**20)\nb = mmap.mmap(-1, 30 * 2**20)\nb[:] = bytes(30 * 2**20)"
    ) as pid:
        used = processes.usage(pid)["memory"]

    assert 70 * MEBIBYTE <= used < 150 * MEBIBYTE


def test_threads_are_counted() -> None:
    start = "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    source = f"import threading, time\nfor _ in range(7): {start}"
    with process(source) as pid:
        assert processes.usage(pid)["tasks"] == 8


def test_what_a_process_started_counts_with_it() -> None:
    with process(
        "import subprocess\nchild = subprocess.Popen(['sleep', '60'])\nimport atexit\natexit.register(child.kill)"
    ) as pid:
        assert processes.usage(pid)["tasks"] == 2
        assert len(list(processes.descendants(pid))) == 1


@pytest.mark.parametrize("level", [Level.A, Level.A_PLUS])
def test_files_without_a_name_are_counted_where_the_sandbox_is_up(level: Level) -> None:
    if not probe().reaches(level):
        pytest.skip(f"level {level} cannot be had here")
    source = "f = open('x', 'wb')\nos.unlink('x')\nf.write(bytes(3 * 2**20))\nf.flush()\nextra = os.dup(f.fileno())"

    with process(source, level) as pid:
        assert processes.usage(pid)["unlinked"] == 3 * MEBIBYTE


def test_a_process_that_is_no_more_uses_nothing() -> None:
    with process("") as pid:
        assert not processes.usage(pid)["ended"]

    assert processes.usage(pid) == {"ended": True, "memory": 0, "tasks": 0, "unlinked": 0}


@pytest.mark.parametrize("how", ["os._exit(7)", "os.kill(os.getpid(), 9)", "os.kill(os.getpid(), 11)", "os._exit(0)"])
def test_a_guard_ends_like_the_process_that_it_guards(how: str) -> None:
    source = (
        f"import os, runpy, sys\nrunpy.run_path({str(WORKER / '__main__.py')!r})['load_package']()\n"
        f"from kit_worker import processes\nprocesses.stay_behind_a_guard()\n{how}"
    )
    plain = subprocess.run([sys.executable, "-c", f"import os\n{how}"], check=False)

    guarded = subprocess.run([sys.executable, "-I", "-c", source], stdin=subprocess.PIPE, check=False)

    assert guarded.returncode == plain.returncode


def test_a_guard_ends_with_whoever_started_it() -> None:
    source = (
        f"import os, runpy, sys\nrunpy.run_path({str(WORKER / '__main__.py')!r})['load_package']()\n"
        "from kit_worker import processes\nprocesses.stay_behind_a_guard()\n"
        "print(os.getpid(), flush=True)\nwhile True: pass"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-I", "-c", source], stdin=pipe, stdout=pipe) as guard:
        assert guard.stdout is not None
        assert guard.stdin is not None
        pid = int(guard.stdout.readline())

        guard.stdin.close()

        assert guard.wait(30) == -9
        assert not Path(f"/proc/{pid}").exists()
    assert pid != os.getpid()
