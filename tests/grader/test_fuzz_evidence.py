"""Evidence that lies: valid answers of real submissions, damaged, break neither the decoder nor any check."""

from __future__ import annotations

import functools
import json
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from grader.child import Cause, ChildDied, Conversation, Death
from grader.evidence import Answer, decode
from grader.kit import lessons
from grader.language import LANGUAGES, language
from grader.pipeline import Options, grade, take_in
from grader.renderers import Format, renderer
from grader.report import Outcome, Report
from grader.transcript import RecordingWorkers, Transcript
from grader.worker.channel import Blob, ProtocolError
from grader.workers import Mode, Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from fuzzing import chances, damaged_bytes, damaged_json
else:
    from tests.grader.fuzzing import chances, damaged_bytes, damaged_json

Frames = dict[str, list[tuple[bytes, bytes]]]
"""What a worker answered, by the kind of the request, in order."""
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of NumPy's, about infinite numbers

FEW = ("4_1", "4_5", "6_2", "7_4")


@dataclass
class Listening:
    """Workers; what their children are asked is noted."""

    workers: Workers
    asked: list[str] = field(default_factory=list)
    mode: Mode = Mode.FORK

    def start(self) -> Any:
        child: Any = self.workers.start()
        exchange = child.exchange

        def noted(request: dict[str, Any], blob: Blob, timeout_s: float) -> Any:
            self.asked.append(request["do"])
            return exchange(request, blob, timeout_s)

        child.exchange = noted
        return child

    def close(self) -> None:
        """The workers are another's to close."""


@pytest.fixture(scope="session")
def frames_of(workers: Workers) -> Callable[[str], Frames]:
    """What the worker truly answers to a lesson's checks, of its solution."""

    @functools.cache
    def record(name: str) -> Frames:
        listening = Listening(workers)
        recording = RecordingWorkers(listening)
        assignment = take_in(lessons()[name].solution, Options())
        report = grade(assignment, recording, Options(seed=1))
        assert report.exit_code == 0
        transcript: Transcript = recording.transcript(name, "", 1)
        exchanges = [each for child in transcript.children for each in child.exchanges]
        found: Frames = defaultdict(list)
        for asked, exchange in zip(listening.asked, exchanges, strict=True):
            found[asked].append((exchange.body, exchange.blob))
        return found

    return record


@dataclass
class LyingWorkers:
    """Workers without a process, whose answers are those on record: in order, and some of them damaged."""

    frames: Frames
    chance: random.Random
    how_often: float
    mode: Mode = Mode.FORK

    def start(self) -> Conversation:
        return LyingChild(self)

    def close(self) -> None:
        """There is no process to end."""


@dataclass
class LyingChild:
    workers: LyingWorkers
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def ask(self, request: dict[str, Any], blob: Blob, timeout_s: float) -> Answer:
        known = self.workers.frames[request["do"]] or [(b"{}", b"")]
        body, raw = known[self.asked[request["do"]] % len(known)]
        self.asked[request["do"]] += 1
        if request["do"] != "begin" and self.workers.chance.random() < self.workers.how_often:
            body, raw = damaged_frame(body, raw, self.workers.chance)
        try:
            return decode(body, raw)
        except ProtocolError as problem:
            raise ChildDied(Death(Cause.PROTOCOL, str(problem))) from None

    def output(self) -> str:
        return ""

    def close(self) -> None:
        """There is no process to end."""


def damaged_frame(body: bytes, raw: bytes, chance: random.Random) -> tuple[bytes, bytes]:
    """Return an answer, nearly always still of the right form, that says something else."""
    for _ in range(20):
        changed = json.dumps(damaged_json(json.loads(body), chance, chance.choice((1, 1, 2, 4)))).encode()
        blob = damaged_bytes(raw, chance) if chance.random() < 0.2 else raw
        try:
            decode(changed, blob)
        except ProtocolError:
            continue
        return changed, blob
    return changed, blob


def assert_stands(report: Report, whole: int, seed: object) -> None:
    """The report is complete, no check of ours broke, and it can be written in every form and language."""
    broken = [(each.name, str(each.feedback)) for each in report.checks if each.outcome is Outcome.ERROR]
    assert broken == [], seed
    assert report.max_score == whole
    assert 0 <= report.score <= whole
    for form in Format:
        for code in LANGUAGES:
            written = renderer(form, width=80, color=False, many=False)(report, language(code))
            assert written.encode()


def lied_to(name: str, frames: Frames, count: int, seed: int) -> None:
    """Grade a lesson on ``count`` series of damaged answers."""
    assignment = take_in(lessons()[name].solution, Options())
    whole = grade(assignment, LyingWorkers(frames, random.Random(0), 0), Options(seed=1)).max_score
    for number, chance in enumerate(chances(seed, count)):
        report = grade(assignment, LyingWorkers(frames, chance, (0.05, 0.3, 1)[number % 3]), Options(seed=1))
        assert_stands(report, whole, (name, seed, number))


@pytest.mark.parametrize("name", FEW)
def test_damaged_answers_are_read_or_refused(name: str, frames_of: Callable[[str], Frames]) -> None:
    frames = [each for several in frames_of(name).values() for each in several]
    for chance in chances(1, 300):
        body, raw = chance.choice(frames)
        if chance.random() < 0.3:
            body = damaged_bytes(body, chance)
        else:
            body = json.dumps(damaged_json(json.loads(body), chance, chance.choice((1, 3)))).encode()
        raw = damaged_bytes(raw, chance) if chance.random() < 0.3 else raw
        try:
            answer = decode(body, raw)
        except ProtocolError:
            continue
        assert isinstance(answer, Answer)


@pytest.mark.parametrize("name", FEW)
def test_no_check_breaks_on_lies(name: str, frames_of: Callable[[str], Frames]) -> None:
    lied_to(name, frames_of(name), count=6, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons())
def test_no_check_breaks_on_many_lies(name: str, frames_of: Callable[[str], Frames]) -> None:
    lied_to(name, frames_of(name), count=40, seed=2)
