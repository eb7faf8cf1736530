"""The processes that run student code, seen from the parent.

:class:`ForkingWorkers` keeps one zygote and forks it per submission,
:class:`FreshWorkers` starts a process per submission and keeps one warm. Both
hand out a :class:`~grader.child.Child`, whose ``kill`` takes all that the
submission started.
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
import threading
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import IO, Any, Protocol

from grader.child import Child, Conversation, require_level, require_tensorflow, signal_name
from grader.errors import GraderError
from grader.isolation import Level
from grader.scratch import temporary_folder
from grader.text import text
from grader.worker import processes
from grader.worker.confinement import system

WORKER = Path(__file__).parent / "worker"
START_TIMEOUT_S = 180.0
"""TensorFlow's first import on a cold, slow disk takes its time."""
ANSWER_TIMEOUT_S = 60.0
"""A zygote answers at once; one that does not is lost."""
END_WITHIN_S = 2.0
"""How long a child that has closed its channel may take to end."""
MEMORY_BYTES = 2 * 2**30
"""Of a child: a fit that compiles a graph needs 1 GiB at most."""


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
    """Kill a process and its group."""
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
        # Nothing can be below it: no settings of anybody's are read, and none are left.
        KERAS_HOME=os.devnull,
        MPLBACKEND="Agg",
        PYTHONUTF8="1",
    )
    return environment


def command(mode: str, preload: tuple[str, ...], at_most: Level = Level.A_PLUS) -> list[str]:
    """Return the command line of a worker."""
    installed = [name for name in preload if importlib.util.find_spec(name.partition(".")[0])]
    return [sys.executable, "-I", "-X", "utf8", str(WORKER / "__main__.py"), mode, at_most.value, *installed]


def probe(at_most: Level = Level.A_PLUS) -> Level:
    """Return the level of isolation that submissions have on this machine.

    Args:
        at_most: use no more than this.

    Raises:
        GraderError: it could not be found out.
    """
    try:
        done = subprocess.run(
            command("probe", (), at_most),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=worker_environment(),
            cwd=temporary_folder(),
            check=True,
            timeout=START_TIMEOUT_S,
        )
        return Level(done.stdout.decode())
    except (OSError, ValueError, subprocess.SubprocessError) as problem:
        raise GraderError(text("The level of isolation cannot be found out ({why}).", why=str(problem))) from None


class ForkedProcess:
    """A child of the zygote, which alone may look at it and end it."""

    def __init__(self, pid: int, zygote: Zygote) -> None:
        self._pid = pid
        self._zygote = zygote
        self._lock = threading.Lock()
        self._status: int | None = None

    def usage(self) -> processes.Usage | None:
        """Ask the zygote what it uses."""
        with contextlib.suppress(GraderError):
            found: processes.Usage = self._zygote.request({"do": "look", "pid": self._pid})  # type: ignore[assignment]
            return found
        return None

    def kill(self) -> None:
        """Kill it and all that came from it."""
        with contextlib.suppress(GraderError):
            self._end(0.0)

    def wait(self) -> int:
        """Return its exit code; wait a little for it."""
        return self._end(END_WITHIN_S)

    def _end(self, within_s: float) -> int:
        with self._lock:
            if self._status is None:
                answer = self._zygote.request({"do": "end", "pid": self._pid, "within": within_s})
                self._status = os.waitstatus_to_exitcode(answer["status"])
            return self._status


class Zygote:
    """The process that has imported TensorFlow and forks children."""

    def __init__(self, preload: tuple[str, ...], at_most: Level) -> None:
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._ready = False
        with theirs, contextlib.ExitStack() as ours:
            ours.enter_context(self._control)
            self._process = subprocess.Popen(
                command("zygote", preload, at_most),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=worker_environment(),
                cwd=temporary_folder(),
                start_new_session=True,
            )
            ours.pop_all()

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        """Whether its process has ended."""
        return self._process.poll() is not None

    def fork(self, descriptors: list[int]) -> ForkedProcess:
        """Fork a child that has these two descriptors (channel, output)."""
        self._wait_until_ready()
        answer = self.request({"do": "fork"}, descriptors)
        if "pid" not in answer:
            raise GraderError(text("The worker refused to fork: {why}.", why=str(answer.get("refused", answer))))
        return ForkedProcess(answer["pid"], self)

    def request(self, request: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        """Send a request and return the answer.

        Raises:
            GraderError: the zygote is gone.
        """
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], descriptors or [])
                answer = self._receive()
            except OSError:
                raise self._lost() from None
        return answer

    def close(self) -> None:
        """End it; its children die with it."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WITHIN_S)
        kill_group(self._process.pid)
        self._process.wait()

    def _wait_until_ready(self) -> None:
        with self._lock:
            if self._ready:
                return
            self._control.settimeout(START_TIMEOUT_S)
            try:
                answer = self._receive()
            except TimeoutError:
                raise GraderError(
                    text("TensorFlow was not imported within {seconds} s.", seconds=START_TIMEOUT_S)
                ) from None
            except OSError:
                raise ended_in_import(self._process) from None
            require_tensorflow(answer.get("failed"))
            self._control.settimeout(ANSWER_TIMEOUT_S)
            self._ready = True

    def _receive(self) -> dict[str, Any]:
        raw = self._control.recv(65536)
        if not raw:
            raise ConnectionResetError
        answer: dict[str, Any] = json.loads(raw)
        return answer

    def _lost(self) -> GraderError:
        """End what does not answer, so that it is not asked again."""
        kill_group(self._process.pid)
        self._process.wait()
        return GraderError(text("The process that holds TensorFlow is gone."))


class ForkingWorkers:
    """A zygote: imports TensorFlow once, forks a child per submission; another one where it got lost."""

    mode = Mode.FORK

    def __init__(
        self, preload: tuple[str, ...] = (), *, at_most: Level = Level.A_PLUS, at_least: Level = Level.D
    ) -> None:
        self._preload = preload
        self._at_most = at_most
        self._at_least = at_least
        self._lock = threading.Lock()
        with spoken_os_errors():
            self.zygote = Zygote(preload, at_most)

    def start(self) -> Child:
        """Fork a child."""
        with spoken_os_errors(), contextlib.ExitStack() as ours:
            zygote = self._living_zygote()
            near, far = socket.socketpair()
            ours.enter_context(near)
            output_read, output_write = os.pipe()
            output = ours.enter_context(os.fdopen(output_read, "rb"))
            try:
                process = zygote.fork([far.fileno(), output_write])
            finally:
                far.close()
                os.close(output_write)
            reader, writer = near.makefile("rb"), near.makefile("wb")
            near.close()  # the two streams keep it open
            ours.pop_all()
        return Child(process, reader, writer, output, at_least=self._at_least)

    def close(self) -> None:
        """End the zygote and its children."""
        self.zygote.close()

    def _living_zygote(self) -> Zygote:
        with self._lock:
            if self.zygote.is_gone:
                self.zygote.close()
                self.zygote = Zygote(self._preload, self._at_most)
            return self.zygote


class FreshProcess:
    """A worker that serves one submission, our own child process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def usage(self) -> processes.Usage | None:
        """Look at it, where processes can be looked at."""
        return processes.usage(self._process.pid)

    def kill(self) -> None:
        """Kill it, unless it has been reaped (its number may be another's now)."""
        if self._process.returncode is not None:
            return
        if sys.platform == "linux":
            self._have_it_ended_by_its_guard()
        elif os.name == "posix":
            kill_group(self._process.pid)
        else:
            self._process.kill()

    def wait(self) -> int:
        """Return its exit code; wait a little for it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(END_WITHIN_S)
        self.kill()
        return self._process.wait()

    def _have_it_ended_by_its_guard(self) -> None:
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(processes.END_WITHIN_S + END_WITHIN_S)
        if self._process.returncode is None:
            kill_group(self._process.pid)


class FreshWorkers:
    """A process per submission; the next one warms up while this one works."""

    mode = Mode.FRESH

    def __init__(
        self,
        preload: tuple[str, ...] = (),
        *,
        keep_spare: bool = False,
        at_most: Level = Level.A_PLUS,
        at_least: Level = Level.D,
    ) -> None:
        self._preload = preload
        self._keep_spare = keep_spare
        self._at_most = at_most
        self._at_least = at_least
        self._spare: subprocess.Popen[bytes] | None = self._spawn()

    def start(self) -> Child:
        """Hand out the process that is warming up."""
        process = self._spare or self._spawn()
        self._spare = None
        child = Child(FreshProcess(process), *_pipes(process), at_least=self._at_least)
        if self._keep_spare:
            self._spare = self._spawn()
        return child

    def close(self) -> None:
        """End the process that nobody asked for."""
        if self._spare is not None:
            FreshProcess(self._spare).kill()
            self._spare.wait()
            for pipe in _pipes(self._spare):
                pipe.close()
            self._spare = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        with spoken_os_errors():
            return subprocess.Popen(
                command("fresh", self._preload, self._at_most),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=worker_environment(),
                cwd=temporary_folder(),
                start_new_session=os.name == "posix",
            )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[Any, Any, Any]:
    streams: tuple[IO[bytes] | None, ...] = (process.stdout, process.stdin, process.stderr)
    return streams  # type: ignore[return-value]


@contextlib.contextmanager
def spoken_os_errors() -> Iterator[None]:
    """Say in a sentence that the system refuses a process."""
    try:
        yield
    except OSError as problem:
        raise GraderError(
            text("A process for submissions cannot be started: {why}.", why=problem.strerror or str(problem))
        ) from None


def ended_in_import(process: subprocess.Popen[bytes]) -> GraderError:
    """Say how a worker ended before it was ready."""
    try:
        status = process.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        status = 0
    how = signal_name(-status) if status < 0 else str(status)
    return GraderError(text("The process that imports TensorFlow ended while it did so ({how}).", how=how))


def default_mode() -> Mode:
    """Fork where it has been measured to be safe: on Linux."""
    return Mode.FORK if sys.platform == "linux" else Mode.FRESH


@contextlib.contextmanager
def open_workers(
    mode: Mode,
    preload: tuple[str, ...] = (),
    *,
    many: bool = False,
    at_most: Level = Level.A_PLUS,
    at_least: Level = Level.D,
) -> Iterator[Workers]:
    """Start workers, and end every process of theirs whatever happens.

    Args:
        mode: fork a zygote, or start fresh processes.
        preload: modules to import before the first submission.
        many: more than one submission will come.
        at_most: shut submissions in no more than this, for tests of the lower levels.
        at_least: refuse where they can only be shut in less than this.

    Raises:
        GraderError: this machine gives less than ``at_least``.
    """
    if at_least is not Level.D:
        require_level(probe(at_most), at_least)
    if system.LINUX:
        system.be_closed_to_others()
    workers: Workers
    if mode is Mode.FORK:
        workers = ForkingWorkers(preload, at_most=at_most, at_least=at_least)
    else:
        workers = FreshWorkers(preload, keep_spare=many, at_most=at_most, at_least=at_least)
    try:
        yield workers
    finally:
        workers.close()
