"""Evidence on record: what a submission was asked and what it answered.

A report can be made again from a transcript, with no TensorFlow and without
running the submission, as long as the checks ask the same: the challenges come
from the seed on record. Written as JSON (bytes in base64).
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from grader.child import Cause, Child, ChildDied, Conversation, Death
from grader.errors import GraderError, UsageError
from grader.evidence import Answer, decode
from grader.text import text
from grader.worker.channel import Blob, ProtocolError
from grader.workers import Mode, Workers

FORMAT = "rnn-grader/transcript"
VERSION = 1


class Exchange(Struct, frozen=True):
    """One request (its digest) and what came back: a frame, or the child's death."""

    asked: str
    body: bytes = b""
    blob: bytes = b""
    death: tuple[Cause, str] | None = None


class ChildRecord(Struct, frozen=True):
    """What one child was asked, in order, and what it printed."""

    exchanges: tuple[Exchange, ...]
    output: str


class Transcript(Struct, frozen=True):
    """All that a report is made from."""

    lesson: str
    sha256: str
    """Digest of the submission's bytes."""
    seed: Annotated[int, msgspec.Meta(ge=0)]
    worker: Mode
    children: tuple[ChildRecord, ...]
    format: str = FORMAT
    version: int = VERSION


def write(transcript: Transcript) -> bytes:
    """Return the transcript as a file's content."""
    return msgspec.json.encode(transcript)


def read(content: bytes) -> Transcript:
    """Parse a transcript.

    Raises:
        UsageError: the content is none, or of a version unknown here.
    """
    try:
        transcript = msgspec.json.decode(content, type=Transcript)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UsageError(text("The file is no transcript that --record wrote.")) from None
    if (transcript.format, transcript.version) != (FORMAT, VERSION):
        raise UsageError(text("The transcript is of a version that this grader does not know."))
    return transcript


def digest(request: dict[str, Any], blob: Blob) -> str:
    """Return a digest of a request; where its scratch folder lies does not count."""
    known = {name: value for name, value in request.items() if name != "scratch"}
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode() + blob.tobytes()).hexdigest()


class RecordingChild:
    """A child, and a record of what is said to it and by it."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._exchanges: list[Exchange] = []

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Ask the child, and write both sides down."""
        asked = digest(request, blob)
        try:
            body, raw, answer = self._child.exchange(request, blob, timeout_s)
        except ChildDied as died:
            self._exchanges.append(Exchange(asked, death=(died.death.cause, died.death.detail)))
            raise
        self._exchanges.append(Exchange(asked, body, raw))
        return answer

    def output(self) -> str:
        """Return what the student's code printed so far."""
        return self._child.output()

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def record(self) -> ChildRecord:
        """Return what was written down."""
        return ChildRecord(tuple(self._exchanges), self._child.output())


class RecordingWorkers:
    """Workers whose children are all on record."""

    def __init__(self, workers: Workers) -> None:
        self.mode = workers.mode
        self._workers = workers
        self._children: list[RecordingChild] = []

    def start(self) -> Conversation:
        """Start a child on record."""
        child = self._workers.start()
        assert isinstance(child, Child)
        self._children.append(RecordingChild(child))
        return self._children[-1]

    def close(self) -> None:
        """End the workers."""
        self._workers.close()

    def transcript(self, lesson: str, sha256: str, seed: int) -> Transcript:
        """Return everything on record."""
        return Transcript(lesson, sha256, seed, self.mode, tuple(child.record() for child in self._children))


class RecordedChild:
    """A child that says again what is on record."""

    def __init__(self, record: ChildRecord) -> None:
        self._left = list(record.exchanges)
        self._output = record.output

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        """Return the answer on record.

        Raises:
            GraderError: the checks ask something else than they did then.
        """
        if not self._left or self._left[0].asked != digest(request, blob):
            raise GraderError(text("The checks ask something else than when the transcript was recorded."))
        exchange = self._left.pop(0)
        if exchange.death is not None:
            cause, detail = exchange.death
            raise ChildDied(Death(cause, detail))
        try:
            return decode(exchange.body, exchange.blob)
        except ProtocolError:
            raise GraderError(text("The transcript is damaged.")) from None

    def output(self) -> str:
        """Return what the student's code had printed at the end."""
        return self._output

    def close(self) -> None:
        """There is no process to end."""


class RecordedWorkers:
    """Workers that start no process: their children are on record."""

    def __init__(self, transcript: Transcript) -> None:
        self.mode = transcript.worker
        self._left: list[ChildRecord] = list(transcript.children)

    def start(self) -> Conversation:
        """Return the next child on record.

        Raises:
            GraderError: there was none then.
        """
        if not self._left:
            raise GraderError(text("The checks ask something else than when the transcript was recorded."))
        return RecordedChild(self._left.pop(0))

    def close(self) -> None:
        """There is no process to end."""
