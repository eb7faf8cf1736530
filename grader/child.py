"""One child process, seen from the parent: ask it, read what it prints, watch it, end it."""

from __future__ import annotations

import contextlib
import secrets
import signal
import threading
import time
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, Protocol

from grader.errors import GraderError
from grader.evidence import Answer, decode
from grader.isolation import Level
from grader.scratch import MAX_SCRATCH_BYTES, bytes_used
from grader.text import text
from grader.worker.channel import Blob, Channel, ProtocolError
from grader.worker.processes import Usage

KEPT_OUTPUT_BYTES = 64 * 2**10
MAX_OUTPUT_BYTES = 8 * 2**20
MAX_TASKS = 512
"""Processes and threads; TensorFlow starts some for every processor."""
LOOK_EVERY_S = 0.05


class Cause(Enum):
    """Why a child died."""

    TIMEOUT = "timeout"
    OUTPUT = "output"
    MEMORY = "memory"
    DISK = "disk"
    PROCESSES = "processes"
    EXIT = "exit"
    SIGNAL = "signal"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Death:
    """A child that is no more, and why."""

    cause: Cause
    detail: str = ""
    """Seconds, the limit in MB or in number, exit status or the signal's name."""


class ChildDied(Exception):
    """The child died (or was killed) before it answered."""

    def __init__(self, death: Death) -> None:
        super().__init__(death)
        self.death = death


class Process(Protocol):
    """What :class:`Child` needs of the process behind it."""

    def usage(self) -> Usage | None:
        """Return what the process and all that come from it use; None if that is not known."""

    def kill(self) -> None:
        """Kill the process and all that come from it, at once."""

    def wait(self) -> int:
        """Return the exit code (negative for a signal); a process that goes on is killed.

        Raises:
            GraderError: whoever could tell is gone.
        """


class Conversation(Protocol):
    """What a submission needs of the child that it runs in."""

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Send a request and return the answer, or raise ChildDied."""

    def output(self) -> str:
        """Return what the student's code printed so far."""

    def close(self) -> None:
        """End the child."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a child may use."""

    memory_bytes: int
    scratch: str


class Child:
    """One child: ask it, read what it prints, end it."""

    def __init__(
        self,
        process: Process,
        reader: BinaryIO,
        writer: BinaryIO,
        output: BinaryIO,
        *,
        at_least: Level = Level.D,
    ) -> None:
        self._process = process
        self._at_least = at_least
        self._bounds: Bounds | None = None
        self._streams = (reader, writer)
        self._channel = Channel(reader, writer)
        self._cause: Cause | None = None
        self._kept = bytearray()
        self._drain = threading.Thread(target=self._read_output, args=(output,), daemon=True)
        self._drain.start()

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Send a request and return the answer.

        Raises:
            ChildDied: there was none within ``timeout_s``, or none that is valid.
            GraderError: the child could not confine itself, or is lost.
        """
        return self.exchange(request, blob, timeout_s)[-1]

    def exchange(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> tuple[bytes, bytes, Answer]:
        """Send a request; return the answer as it travelled (JSON, blob) and as a value."""
        answered = threading.Event()
        watchdog = threading.Thread(target=self._watch, args=(answered, timeout_s), daemon=True)
        watchdog.start()
        try:
            number = secrets.token_hex(8)
            with contextlib.suppress(ConnectionError):  # before it ended, it may have said why
                self._channel.send({**request, "id": number}, blob)
            body, raw = self._channel.receive()
            answer = decode(body, raw)
            if request["do"] != "begin" and answer.id != number:
                raise ProtocolError("an answer to another question")
        except ProtocolError as problem:
            raise self._death(Cause.PROTOCOL, str(problem), timeout_s) from None
        except (EOFError, OSError):
            raise self._death(None, "", timeout_s) from None
        finally:
            answered.set()
            watchdog.join()
        if request.get("do") == "begin":
            self._require_confined(answer)
            self._bounds = Bounds(request["memory_bytes"], request["scratch"])
        return body, raw, answer

    def output(self) -> str:
        """Return what the student's code printed so far (its first 64 KiB)."""
        return bytes(self._kept).decode("utf-8", "replace")

    def close(self) -> None:
        """End the child; nothing of it is left when this returns."""
        self._process.kill()
        with contextlib.suppress(GraderError):
            self._process.wait()
        for stream in self._streams:
            with contextlib.suppress(OSError):
                stream.close()
        self._drain.join(5)

    def _require_confined(self, answer: Answer) -> None:
        """Go on only in a child that is shut in as demanded; nothing of the student's was run yet."""
        require_tensorflow(answer.failed)
        if answer.failure is not None:
            why = f"{answer.failure.type}: {answer.failure.message}"
            raise GraderError(text("The submission could not be shut in, so it was not run ({why}).", why=why))
        require_level(answer.level, self._at_least)

    def _watch(self, answered: threading.Event, timeout_s: float) -> None:
        """Kill the child when its time is up, when it takes more than it may, and when only what it started is left."""
        deadline = time.monotonic() + timeout_s
        while not answered.wait(min(LOOK_EVERY_S, max(0.0, deadline - time.monotonic()))):
            usage = self._process.usage() if self._bounds else None
            late = time.monotonic() >= deadline
            cause = Cause.TIMEOUT if late else self._excess(usage) if usage else None
            if cause is not None or (usage and usage["ended"]):
                self._kill(cause)
                return

    def _excess(self, usage: Usage) -> Cause | None:
        """Return what the child has taken too much of, if anything."""
        assert self._bounds is not None
        if usage["memory"] > self._bounds.memory_bytes:
            return Cause.MEMORY
        if usage["tasks"] > MAX_TASKS:
            return Cause.PROCESSES
        if bytes_used(self._bounds.scratch) + usage["unlinked"] > MAX_SCRATCH_BYTES:
            return Cause.DISK
        return None

    def _kill(self, cause: Cause | None) -> None:
        self._cause = self._cause or cause
        self._process.kill()

    def _death(self, cause: Cause | None, detail: str, timeout_s: float) -> ChildDied:
        """Say why there is no answer."""
        self._process.kill() if cause else None
        status = self._process.wait()
        found = self._cause or cause
        if found is not None:
            details = {
                Cause.TIMEOUT: f"{timeout_s:g}",
                Cause.OUTPUT: f"{MAX_OUTPUT_BYTES // 2**20}",
                Cause.MEMORY: f"{self._bounds.memory_bytes // 2**20}" if self._bounds else "",
                Cause.DISK: f"{MAX_SCRATCH_BYTES // 2**20}",
                Cause.PROCESSES: f"{MAX_TASKS}",
            }
            return ChildDied(Death(found, details.get(found, detail)))
        if status < 0:
            return ChildDied(Death(Cause.SIGNAL, signal_name(-status)))
        return ChildDied(Death(Cause.EXIT, str(status)))

    def _read_output(self, stream: BinaryIO) -> None:
        """Read until the end, and close the stream: nobody else can while it is read from."""
        seen = 0
        with contextlib.suppress(OSError), stream:
            while chunk := stream.read1(65536):  # type: ignore[attr-defined]
                self._kept += chunk[: max(0, KEPT_OUTPUT_BYTES - len(self._kept))]
                seen += len(chunk)
                if seen > MAX_OUTPUT_BYTES:
                    self._kill(Cause.OUTPUT)
                    return


def signal_name(number: int) -> str:
    """Return a signal's name; those for real time have none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def require_tensorflow(failed: str | None) -> None:
    """Raise a GraderError if a worker says that it could not import TensorFlow."""
    if failed is not None:
        raise GraderError(
            text(
                "TensorFlow cannot be imported ({why}). Install it into the environment that "
                "runs the grader: pip install tensorflow",
                why=failed[:500],
            )
        )


def require_level(level: Level, at_least: Level) -> None:
    """Raise a GraderError if a submission can only be shut in less than was demanded."""
    if not level.reaches(at_least):
        raise GraderError(
            text(
                "Isolation level {level} is all that there is here, but --require-isolation {wanted} was asked for: "
                "nothing was graded.",
                level=level,
                wanted=at_least,
            )
        )
