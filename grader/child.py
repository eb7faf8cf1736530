"""One child process, seen from the parent: ask it, read what it prints, end it."""

from __future__ import annotations

import contextlib
import signal
import threading
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, Protocol

from grader.errors import GraderError
from grader.evidence import Answer, decode
from grader.text import text
from grader.worker.channel import Blob, Channel, ProtocolError

KEPT_OUTPUT_BYTES = 64 * 2**10
MAX_OUTPUT_BYTES = 8 * 2**20


class Cause(Enum):
    """Why a child died."""

    TIMEOUT = "timeout"
    OUTPUT = "output"
    EXIT = "exit"
    SIGNAL = "signal"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Death:
    """A child that is no more, and why."""

    cause: Cause
    detail: str = ""
    """Seconds, exit status or the signal's name."""


class ChildDied(Exception):
    """The child died (or was killed) before it answered."""

    def __init__(self, death: Death) -> None:
        super().__init__(death)
        self.death = death


class Process(Protocol):
    """What :class:`Child` needs of the process behind it."""

    def kill(self) -> None:
        """Kill the process group, at once."""

    def wait(self) -> int | None:
        """Return the exit code (negative for a signal); None if it is unknown."""


class Conversation(Protocol):
    """What a submission needs of the child that it runs in."""

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Send a request and return the answer, or raise ChildDied."""

    def output(self) -> str:
        """Return what the student's code printed so far."""

    def close(self) -> None:
        """End the child."""


class Child:
    """One child: ask it, read what it prints, end it."""

    def __init__(self, process: Process, reader: BinaryIO, writer: BinaryIO, output: BinaryIO) -> None:
        self._process = process
        self._streams = (reader, writer, output)
        self._channel = Channel(reader, writer)
        self._cause: Cause | None = None
        self._kept = bytearray()
        self._drain = threading.Thread(target=self._read_output, args=(output,), daemon=True)
        self._drain.start()

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Send a request and return the answer.

        Raises:
            ChildDied: there was none within ``timeout_s``, or none that is valid.
        """
        return self.exchange(request, blob, timeout_s)[-1]

    def exchange(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> tuple[bytes, bytes, Answer]:
        """Send a request; return the answer as it travelled (JSON, blob) and as a value."""
        watchdog = threading.Timer(timeout_s, self._kill, [Cause.TIMEOUT])
        watchdog.start()
        try:
            self._channel.send(request, blob)
            body, raw = self._channel.receive()
            answer = decode(body, raw)
        except ProtocolError as problem:
            raise self._death(Cause.PROTOCOL, str(problem), timeout_s) from None
        except (EOFError, OSError):
            raise self._death(None, "", timeout_s) from None
        finally:
            watchdog.cancel()
        if request.get("do") == "begin":
            require_tensorflow(answer.failed)
        return body, raw, answer

    def output(self) -> str:
        """Return what the student's code printed so far (its first 64 KiB)."""
        return bytes(self._kept).decode("utf-8", "replace")

    def close(self) -> None:
        """End the child; nothing of it is left when this returns."""
        self._process.kill()
        self._process.wait()
        self._drain.join(5)
        for stream in self._streams:
            with contextlib.suppress(OSError):
                stream.close()

    def _kill(self, cause: Cause) -> None:
        self._cause = self._cause or cause
        self._process.kill()

    def _death(self, cause: Cause | None, detail: str, timeout_s: float) -> ChildDied:
        self._process.kill() if cause else None
        status = self._process.wait()
        match self._cause or cause:
            case Cause.TIMEOUT:
                return ChildDied(Death(Cause.TIMEOUT, f"{timeout_s:g}"))
            case Cause.OUTPUT:
                return ChildDied(Death(Cause.OUTPUT, f"{MAX_OUTPUT_BYTES // 2**20}"))
            case Cause.PROTOCOL:
                return ChildDied(Death(Cause.PROTOCOL, detail))
        if status is not None and status < 0:
            return ChildDied(Death(Cause.SIGNAL, signal.Signals(-status).name))
        return ChildDied(Death(Cause.EXIT, str(status)))

    def _read_output(self, stream: BinaryIO) -> None:
        seen = 0
        with contextlib.suppress(OSError, ValueError):
            while chunk := stream.read1(65536):  # type: ignore[attr-defined]
                self._kept += chunk[: max(0, KEPT_OUTPUT_BYTES - len(self._kept))]
                seen += len(chunk)
                if seen > MAX_OUTPUT_BYTES:
                    self._kill(Cause.OUTPUT)
                    return


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
