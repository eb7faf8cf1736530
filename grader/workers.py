"""The processes that run student code, seen from the parent.

:class:`ForkingWorkers` keeps one zygote and forks it per submission,
:class:`FreshWorkers` starts a process per submission and keeps one warm. Both
hand out a :class:`~grader.child.Child`, whose ``kill`` takes the whole process group.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import IO, Any, Protocol

from grader.child import Child, Conversation, require_tensorflow
from grader.errors import GraderError
from grader.text import text

WORKER = Path(__file__).parent / "worker"
START_TIMEOUT_S = 180.0
"""TensorFlow's first import on a cold, slow disk takes its time."""
MEMORY_BYTES = 2 * 2**30
"""Data segment of a child: a fit that compiles a graph needs 1 GiB at most."""


class Mode(Enum):
    """How a child comes to be."""

    FORK = "fork"
    FRESH = "fresh"


class Workers(Protocol):
    """Where children come from."""

    mode: Mode

    def start(self) -> Conversation:
        """Return a new child that has imported TensorFlow and run nothing."""

    def close(self) -> None:
        """End every process."""


def kill_group(pid: int) -> None:
    """Kill a process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def worker_environment() -> dict[str, str]:
    """Return the few variables a worker needs; no secret is among them."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment.update(
        OPENBLAS_NUM_THREADS="1",
        OMP_NUM_THREADS="1",
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_ENABLE_ONEDNN_OPTS="0",
        CUDA_VISIBLE_DEVICES="-1",
        KERAS_BACKEND="tensorflow",
        KERAS_HOME=str(Path(tempfile.gettempdir()) / "no-keras-home"),
        MPLBACKEND="Agg",
        PYTHONUTF8="1",
    )
    return environment


def command(mode: str, preload: tuple[str, ...]) -> list[str]:
    """Return the command line of a worker."""
    installed = [name for name in preload if importlib.util.find_spec(name.partition(".")[0])]
    return [sys.executable, "-I", "-X", "utf8", str(WORKER / "__main__.py"), mode, *installed]


class ForkedProcess:
    """A child of the zygote, which alone may reap it."""

    def __init__(self, pid: int, zygote: ForkingWorkers) -> None:
        self._pid = pid
        self._zygote = zygote
        self._status: int | None = None

    def kill(self) -> None:
        """Kill it, unless it has been reaped (its number may be another's now)."""
        if self._status is None:
            kill_group(self._pid)

    def wait(self) -> int | None:
        """Reap it."""
        if self._status is None:
            self._status = self._zygote.reap(self._pid)
        return self._status


class ForkingWorkers:
    """A zygote: imports TensorFlow once, forks a child per submission."""

    mode = Mode.FORK

    def __init__(self, preload: tuple[str, ...] = ()) -> None:
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._ready = False
        with theirs:
            self._process = subprocess.Popen(
                command("zygote", preload),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=worker_environment(),
                cwd=tempfile.gettempdir(),
                start_new_session=True,
            )

    def start(self) -> Child:
        """Fork a child."""
        self._wait_until_ready()
        ours, theirs = socket.socketpair()
        output_read, output_write = os.pipe()
        with theirs, ours:
            answer = self._request({"do": "fork"}, [theirs.fileno(), output_write])
            os.close(output_write)
            if "pid" not in answer:
                os.close(output_read)
                raise GraderError(text("The worker refused to fork: {why}.", why=str(answer)))
            reader, writer = ours.makefile("rb"), ours.makefile("wb")
        process = ForkedProcess(answer["pid"], self)
        return Child(process, reader, writer, os.fdopen(output_read, "rb"))

    def reap(self, pid: int) -> int | None:
        """Wait for a forked child and return its exit code."""
        try:
            return os.waitstatus_to_exitcode(self._request({"do": "reap", "pid": pid}, [])["status"])
        except GraderError:
            return None

    def close(self) -> None:
        """End the zygote; its children die with it."""
        self._control.close()
        kill_group(self._process.pid)
        self._process.wait()

    def _wait_until_ready(self) -> None:
        with self._lock:
            if not self._ready:
                self._control.settimeout(START_TIMEOUT_S)
                require_tensorflow(self._receive().get("failed"))
                self._ready = True

    def _request(self, request: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
            except OSError:
                return {}
            return self._receive()

    def _receive(self) -> dict[str, Any]:
        try:
            raw = self._control.recv(65536)
        except TimeoutError:
            raise GraderError(
                text("TensorFlow was not imported within {seconds} s.", seconds=START_TIMEOUT_S)
            ) from None
        except OSError:
            raw = b""
        if not raw:
            raise GraderError(text("The process that holds TensorFlow is gone."))
        answer: dict[str, Any] = json.loads(raw)
        return answer


class FreshProcess:
    """A worker that serves one submission, our own child process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def kill(self) -> None:
        """Kill it, unless it has been reaped (its number may be another's now)."""
        if self._process.returncode is not None:
            return
        if os.name == "posix":
            kill_group(self._process.pid)
        else:
            self._process.kill()

    def wait(self) -> int | None:
        """Reap it."""
        return self._process.wait()


class FreshWorkers:
    """A process per submission; the next one warms up while this one works."""

    mode = Mode.FRESH

    def __init__(self, preload: tuple[str, ...] = (), *, keep_spare: bool = False) -> None:
        self._preload = preload
        self._keep_spare = keep_spare
        self._spare: subprocess.Popen[bytes] | None = self._spawn()

    def start(self) -> Child:
        """Hand out the process that is warming up."""
        process = self._spare or self._spawn()
        self._spare = self._spawn() if self._keep_spare else None
        return Child(FreshProcess(process), *_pipes(process))

    def close(self) -> None:
        """End the process that nobody asked for."""
        if self._spare is not None:
            FreshProcess(self._spare).kill()
            self._spare.wait()
            for pipe in _pipes(self._spare):
                pipe.close()
            self._spare = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command("fresh", self._preload),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=worker_environment(),
            cwd=tempfile.gettempdir(),
            start_new_session=os.name == "posix",
        )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[Any, Any, Any]:
    streams: tuple[IO[bytes] | None, ...] = (process.stdout, process.stdin, process.stderr)
    return streams  # type: ignore[return-value]


def default_mode() -> Mode:
    """Fork where it has been measured to be safe: on Linux."""
    return Mode.FORK if sys.platform == "linux" else Mode.FRESH


@contextlib.contextmanager
def open_workers(mode: Mode, preload: tuple[str, ...] = (), *, many: bool = False) -> Iterator[Workers]:
    """Start workers, and end every process of theirs whatever happens.

    Args:
        mode: fork a zygote, or start fresh processes.
        preload: modules to import before the first submission.
        many: more than one submission will come.
    """
    workers: Workers
    if mode is Mode.FORK:
        workers = ForkingWorkers(preload)
    else:
        workers = FreshWorkers(preload, keep_spare=many)
    try:
        yield workers
    finally:
        workers.close()
