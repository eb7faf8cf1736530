"""Processes: deadlines, deaths and limits, with both kinds of workers."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import child as child_module
from grader.child import Cause, ChildDied, Conversation
from grader.errors import GraderError
from grader.evidence import Answer
from grader.isolation import Level
from grader.kit import lessons
from grader.worker import processes
from grader.worker.channel import Blob
from grader.workers import (
    MEMORY_BYTES,
    ForkingWorkers,
    Mode,
    Workers,
    command,
    default_mode,
    open_workers,
    probe,
    worker_environment,
)

Ask = Callable[..., Answer]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at through /proc")


@pytest.fixture
def child(workers: Workers, tmp_path: Path) -> Iterator[Conversation]:
    started = workers.start()
    begin(started, tmp_path)
    yield started
    started.close()


@pytest.fixture(scope="module")
def loose_workers() -> Iterator[Workers]:
    """Workers whose children may start processes."""
    with open_workers(Mode.FORK, many=True, at_most=Level.C) as started:
        yield started


@pytest.fixture
def loose_child(loose_workers: Workers, tmp_path: Path) -> Iterator[Conversation]:
    started = loose_workers.start()
    assert begin(started, tmp_path).level is Level.C
    yield started
    started.close()


def begin(child: Conversation, scratch: Path, memory_bytes: int = MEMORY_BYTES) -> Answer:
    return child.ask({"do": "begin", "scratch": str(scratch), "memory_bytes": memory_bytes}, Blob(), 120)


def load(child: Conversation, source: str, timeout_s: float = 20) -> Answer:
    return child.ask({"do": "load", "cells": [{"label": "x.py", "source": source}]}, Blob(), timeout_s)


def death_of(child: Conversation, source: str, timeout_s: float = 20) -> tuple[Cause, str]:
    with pytest.raises(ChildDied) as died:
        load(child, source, timeout_s)
    return died.value.death.cause, died.value.death.detail


# Deaths and their names.


def test_endless_loop_is_killed_at_the_deadline(child: Conversation) -> None:
    assert death_of(child, "while True: pass", timeout_s=0.5) == (Cause.TIMEOUT, "0.5")


def test_endless_output_is_cut_and_killed(child: Conversation) -> None:
    assert death_of(child, "while True: print('x' * 100000)") == (Cause.OUTPUT, "8")
    assert len(child.output()) == 64 * 2**10


def test_exit_of_the_process_is_a_named_death(child: Conversation) -> None:
    assert death_of(child, "import os; os._exit(7)") == (Cause.EXIT, "7")


def test_crash_of_the_process_names_its_signal(child: Conversation) -> None:
    assert death_of(child, "import ctypes; ctypes.string_at(0)") == (Cause.SIGNAL, "SIGSEGV")


def test_a_signal_without_a_name_is_called_by_its_number(child: Conversation) -> None:
    assert death_of(child, "import os; os.kill(os.getpid(), 40)") == (Cause.SIGNAL, "signal 40")


def test_garbage_on_the_channel_is_a_protocol_violation(child: Conversation) -> None:
    source = (
        "import os, time\n"
        "for fd in range(3, 30):\n"
        "    try: os.write(fd, b'x' * 64)\n"
        "    except OSError: pass\n"
        "time.sleep(9)\n"
    )

    assert death_of(child, source)[0] is Cause.PROTOCOL


def test_a_child_that_closes_its_channel_and_goes_on_is_killed(child: Conversation) -> None:
    source = "import os\nos.closerange(3, 99)\nwhile True: pass"

    assert death_of(child, source) == (Cause.SIGNAL, "SIGKILL")


# What a child may use.


def test_memory_is_limited(child: Conversation) -> None:
    answer = load(child, "import numpy as np\nx = np.ones((3 * 2**30,), 'uint8')")

    assert answer.failures[0].type in ("MemoryError", "_ArrayMemoryError")


@linux_only
def test_shared_memory_that_no_limit_counts_is_a_named_death(workers: Workers, tmp_path: Path) -> None:
    child = workers.start()
    begin(child, tmp_path, 600 * 2**20)
    source = "import mmap, time\nm = mmap.mmap(-1, 2**30)\nfor i in range(0, 2**30, 4096): m[i] = 1\ntime.sleep(9)"

    assert death_of(child, source) == (Cause.MEMORY, "600")
    child.close()


@linux_only
def test_too_many_threads_are_a_named_death(child: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "MAX_TASKS", 40)
    source = "import threading, time\nfor _ in range(60): threading.Thread(target=time.sleep, args=(9,)).start()"

    assert death_of(child, source + "\ntime.sleep(9)") == (Cause.PROCESSES, "40")


MANY_FILES = """
import os, time
for number in range(40):
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(16 * 2**20))
time.sleep(9)
"""


@linux_only
def test_a_full_scratch_folder_is_a_named_death(loose_child: Conversation) -> None:
    assert death_of(loose_child, MANY_FILES) == (Cause.DISK, "256")


@pytest.mark.skipif(probe() is not Level.A_PLUS, reason="no namespaces here")
def test_the_scratch_folder_of_the_full_level_is_a_bounded_memory_file_system(
    child: Conversation, tmp_path: Path
) -> None:
    answer = load(child, MANY_FILES)

    assert (answer.failures[0].type, "No space left" in answer.failures[0].message) == ("OSError", True)
    assert list(tmp_path.iterdir()) == []


def test_environment_holds_no_secret(child: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")

    assert "GITHUB_TOKEN" not in worker_environment()
    answer = load(child, "import os\nraise RuntimeError(sorted(os.environ))")

    assert "TOKEN" not in answer.failures[0].message
    assert "HOME" in answer.failures[0].message


def test_scratch_folder_is_working_directory_and_home(child: Conversation, tmp_path: Path) -> None:
    source = (
        "import os, tempfile\nopen('here', 'w').close()\nopen(os.path.expanduser('~/home'), 'w').close()\n"
        "print(sorted(os.listdir('.')), os.getcwd() == tempfile.gettempdir())"
    )
    load(child, source)
    child.close()

    assert child.output() == "['here', 'home'] True\n"


def test_the_lessons_files_lie_in_the_scratch_folder(workers: Workers, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b\n", "utf-8")
    child = workers.start()
    begin(child, tmp_path)

    load(child, "print(open('data.csv').read())")
    child.close()

    assert child.output() == "a,b\n\n"


def test_nothing_of_the_kit_is_importable(child: Conversation) -> None:
    answer = load(child, "import sys\nassert 'grader' not in sys.modules\nimport grader.expect")

    assert answer.failures[0].type in ("ModuleNotFoundError", "AssertionError")


@linux_only
def test_a_child_has_no_descriptor_but_its_own_channel_and_output(child: Conversation) -> None:
    source = (
        "import os\nfor fd in os.listdir('/proc/self/fd'):\n"
        "    try: print(os.readlink(f'/proc/self/fd/{fd}'))\n    except OSError: pass"  # the listing's own
    )
    load(child, source)
    child.close()

    kinds = {line.partition(":")[0] for line in child.output().splitlines()}

    assert kinds == {"/dev/null", "pipe", "socket"}
    assert len({line for line in child.output().splitlines() if line.startswith("socket")}) == 1
    assert len({line for line in child.output().splitlines() if line.startswith("pipe")}) == 1


# Nothing is left over.

MARK = "left-over-by-the-test-of-workers"
SLEEPER = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', '{MARK}'"
ESCAPES = {
    "child": f"{SLEEPER}])",
    "own session": f"{SLEEPER}], start_new_session=True)",
    "orphan": (
        f"import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        "
        f"os.execv({sys.executable!r}, ['x', '-c', 'import time; time.sleep(60)', '{MARK}'])\n    os._exit(0)\n"
        "os.wait()"
    ),
    "forks on": (
        f"import os, time\nif os.fork() == 0:\n    os.setsid()\n    while True:\n        if os.fork() == 0:\n"
        f"            time.sleep(60)\n        time.sleep(0.2)\ntime.sleep(0.3)\n{SLEEPER}])"
    ),
}


def left_over() -> list[int]:
    """Processes that bear the mark, and are not dead and only waited for."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if MARK in (entry / "cmdline").read_text("utf-8", "replace") and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES)
@linux_only
def test_no_process_is_left_when_a_child_is_closed(loose_child: Conversation, source: str) -> None:
    answer = load(loose_child, source + "\nimport time\ntime.sleep(0.2)")
    before = left_over()

    loose_child.close()

    assert answer.failures == ()
    assert before
    assert left_over() == []


@linux_only
def test_no_process_is_left_when_a_child_ends_itself(loose_workers: Workers, loose_child: Conversation) -> None:
    assert isinstance(loose_workers, ForkingWorkers)

    assert death_of(loose_child, ESCAPES["orphan"] + "\nos._exit(3)", timeout_s=60) == (Cause.EXIT, "3")
    assert left_over() == []
    assert processes.children(loose_workers.zygote.pid) == []


@pytest.mark.slow
@linux_only
def test_a_child_dies_with_the_zygote(tmp_path: Path) -> None:
    with open_workers(Mode.FORK) as workers:
        assert isinstance(workers, ForkingWorkers)
        child = workers.start()
        begin(child, tmp_path)
        forked = processes.children(workers.zygote.pid)

        os.kill(workers.zygote.pid, signal.SIGKILL)
        while not workers.zygote.is_gone:
            time.sleep(0.01)

        with pytest.raises(GraderError, match="is gone"):
            load(child, "x = 1")
        child.close()
        while [pid for pid in forked if is_alive(pid)]:  # its channel is closed before it is quite gone
            time.sleep(0.01)
        with contextlib.closing(workers.start()) as next_child:  # another zygote
            assert load_after_begin(next_child, tmp_path).failures == ()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def load_after_begin(child: Conversation, scratch: Path) -> Answer:
    begin(child, scratch)
    return load(child, "x = 1")


def test_temporary_folder_is_left_clean(workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    workers.start().close()

    assert os.listdir(tmp_path) == []


def test_nothing_that_is_open_stays_open(workers: Workers, tmp_path: Path) -> None:
    workers.start().close()
    before = len(os.listdir("/dev/fd")), threading.active_count()

    for _ in range(3):
        child = workers.start()
        begin(child, tmp_path)
        child.close()

    assert (len(os.listdir("/dev/fd")), threading.active_count()) == before


# The zygote.


@linux_only
def test_zygote_has_one_thread(workers: Workers) -> None:
    assert isinstance(workers, ForkingWorkers)
    workers.start().close()

    assert len(os.listdir(f"/proc/{workers.zygote.pid}/task")) == 1


@linux_only
def test_zygote_holds_nothing_of_a_submission_or_of_the_parent(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(workers, ForkingWorkers)
    canary = "canary-" + os.urandom(16).hex()
    monkeypatch.setenv("CANARY", canary)
    child = workers.start()
    begin(child, tmp_path)
    load(child, f"secret = {canary!r}\nprint(secret)")
    child.close()

    held = memory_of(workers.zygote.pid)

    assert b"kit_worker.zygote" in held  # so it is the memory that was read
    assert canary.encode() not in held
    assert [name for name in (*checks_and_solutions(), b"CheckFailed") if name in held] == []


def checks_and_solutions() -> list[bytes]:
    """The head of every lesson's first check, and the last line of every solution that is long enough to be its own."""
    heads = [re.findall(rb"^def test_.*", lesson.checks.read_bytes(), re.M)[0] for lesson in lessons().values()]
    solutions = [lesson.solution.read_bytes().strip().splitlines() for lesson in lessons().values()]
    return [*heads, *(max(lines, key=len) for lines in solutions)]


def memory_of(pid: int) -> bytes:
    if os.geteuid():
        pytest.skip("only root reads the zygote's memory; for others it is closed")
    parts = []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            fields = line.split()
            start, end = (int(each, 16) for each in fields[0].split("-"))
            if fields[1].startswith("rw") and "v" not in fields[-1][:2]:
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(start)
                    parts.append(memory.read(end - start))
    return b"".join(parts)


# Levels.


def test_the_level_in_force_is_the_one_that_was_probed(workers: Workers, tmp_path: Path) -> None:
    with contextlib.closing(workers.start()) as child:
        assert begin(child, tmp_path).level is probe()


@pytest.mark.parametrize("level", [Level.A, Level.B, Level.C, Level.D])
def test_a_lower_level_can_be_forced(level: Level) -> None:
    assert level.reaches(probe(level))


@pytest.mark.parametrize("mode", Mode)
def test_less_isolation_than_demanded_is_refused(mode: Mode) -> None:
    with (
        pytest.raises(GraderError, match=r"level C is all .*--require-isolation A"),
        open_workers(mode, at_most=Level.C, at_least=Level.A),
    ):
        pass


def test_a_child_that_is_shut_in_less_than_the_machine_promised_is_refused(
    loose_workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loose_workers, "_at_least", Level.B)

    with contextlib.closing(loose_workers.start()) as child, pytest.raises(GraderError, match="nothing was graded"):
        begin(child, tmp_path)


def test_a_child_that_cannot_shut_itself_in_is_not_used(workers: Workers, tmp_path: Path) -> None:
    with contextlib.closing(workers.start()) as child, pytest.raises(GraderError, match="could not be shut in"):
        begin(child, tmp_path / "no such folder")


# Fresh workers.


@pytest.mark.slow
def test_fresh_worker_serves_and_dies_like_a_forked_one(tmp_path: Path) -> None:
    with open_workers(Mode.FRESH, many=True) as fresh:
        first, second = fresh.start(), fresh.start()
        level = begin(first, tmp_path).level
        answer = load(first, "print('hello')\nx = 1/0")
        begin(second, tmp_path)
        with pytest.raises(ChildDied) as died:
            load(second, "while True: pass", timeout_s=0.5)
        first.close()
        second.close()

    assert level is probe()
    assert answer.failures[0].type == "ZeroDivisionError"
    assert first.output() == "hello\n"
    assert died.value.death.cause is Cause.TIMEOUT


@pytest.mark.slow
def test_all_that_lessons_need_works_in_the_sandbox(workers: Workers, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("month,value\n" + "".join(f"{n},{n % 7}\n" for n in range(60)), "utf-8")
    child = workers.start()
    begin(child, tmp_path)

    answer = load(child, LIBRARIES_AT_WORK, timeout_s=120)
    printed = child.output()
    child.close()

    assert answer.failures == ()
    assert printed.splitlines()[-1] == "done"


LIBRARIES_AT_WORK = """
import keras, matplotlib.pyplot as plt, numpy as np, os, pandas as pd, tensorflow as tf
from sklearn.model_selection import train_test_split
from statsmodels.tsa.arima.model import ARIMA

values = pd.read_csv("data.csv")["value"].to_numpy("float32")
x, _, y, _ = train_test_split(values[:-1].reshape(-1, 1, 1), values[1:], test_size=0.2, random_state=1)
dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(8).batch(4).map(lambda a, b: (a * 2, b)).prefetch(2)
model = keras.Sequential([keras.layers.LSTM(3), keras.layers.Dense(1)])
model(x)
optimizer = keras.optimizers.Adam()

def step(a, b):
    with tf.GradientTape() as tape:
        loss = keras.losses.MeanSquaredError()(b, model(a)[:, 0])
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss

for eager in (True, False):
    tf.config.run_functions_eagerly(eager)
    run = tf.function(step)
    for a, b in dataset:
        assert np.isfinite(run(a, b))
model.save("model.keras")
again = keras.models.load_model("model.keras")
assert np.allclose(again(x), model(x))
model.save_weights("only.weights.h5")
tf.saved_model.save(tf.Module(), "saved")
tf.keras.utils.get_custom_objects()
plt.rcParams["font.family"] = ["NanumGothic", "DejaVu Sans"]
plt.plot(values)
plt.title("매출 예측")
plt.savefig("picture.png")
assert os.path.exists("picture.png")
plt.gcf().canvas.draw()
plt.gcf().canvas.print_png("drawn.png")
assert os.path.getsize("drawn.png") > 1000
assert len(ARIMA(values.astype(float), order=(1, 0, 0)).fit().forecast(3)) == 3
print("done")
"""


@pytest.mark.slow
@linux_only
def test_a_fresh_worker_leaves_no_process_either(tmp_path: Path) -> None:
    with open_workers(Mode.FRESH, many=True, at_most=Level.C) as fresh:
        closed, ended = fresh.start(), fresh.start()
        for child in (closed, ended):
            begin(child, tmp_path)
        load(closed, ESCAPES["forks on"])
        assert left_over()
        closed.close()
        assert left_over() == []
        assert death_of(ended, ESCAPES["orphan"] + "\nos._exit(3)") == (Cause.EXIT, "3")
        assert left_over() == []
        ended.close()


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


def test_a_worker_that_crashes_while_it_imports_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nkill -ILL $$\n")
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))

    with open_workers(Mode.FORK) as broken, pytest.raises(GraderError, match="SIGILL"):
        broken.start()


def test_a_worker_that_cannot_be_started_is_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such python"))

    with pytest.raises(GraderError, match="cannot be started: No such file"), open_workers(Mode.FORK):
        pass


def test_default_is_fork_on_linux_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_mode() is Mode.FORK

    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_mode() is Mode.FRESH


def test_absent_modules_are_not_preloaded() -> None:
    assert command("zygote", ("numpy", "no_such_module"))[-3:] == ["zygote", "A+", "numpy"]
