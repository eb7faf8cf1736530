"""A report can be made again from its transcript, and from no other."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import transcript
from grader.errors import UsageError
from grader.kit import lessons
from grader.language import ENGLISH
from grader.pipeline import Assignment, Options, grade, grade_replaying, take_in
from grader.renderers.json import document
from grader.report import Outcome, Report
from grader.transcript import RecordingWorkers
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from fuzzing import chances, damaged_bytes, damaged_json
else:
    from tests.grader.fuzzing import chances, damaged_bytes, damaged_json

SOURCE = """\
from tensorflow.keras import Sequential, layers
print("hello")
def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(4)])
def build_model2():
    import os; os._exit(3)
"""


@pytest.fixture
def recorded(workers: Workers, tmp_path: Path) -> tuple[Assignment, Report, bytes]:
    """A submission with a mistake and a death, its report and its transcript."""
    file = tmp_path / "answer.py"
    file.write_text(SOURCE)
    assignment = take_in(file, Options(lesson="4_1"))
    recording = RecordingWorkers(workers)
    report = grade(assignment, recording, Options(seed=7))
    record = recording.transcript("4_1", assignment.submission.digest, 7)
    return assignment, report, transcript.write(record)


def bare(report: Report) -> dict[str, object]:
    return {name: value for name, value in document(report, ENGLISH).items() if name != "conditions"}


def test_replay_gives_the_same_report(recorded: tuple[Assignment, Report, bytes]) -> None:
    assignment, report, content = recorded

    again = grade_replaying(assignment, content, Options())

    assert bare(again) == bare(report)
    assert report.output == "hello\n"
    assert {check.outcome for check in report.checks} >= {Outcome.PASSED, Outcome.FAILED, Outcome.BLOCKED}


def test_transcript_of_another_submission_is_refused(recorded: tuple[Assignment, Report, bytes]) -> None:
    assignment, _, content = recorded
    other = dataclasses.replace(assignment, submission=dataclasses.replace(assignment.submission, digest="0" * 64))

    with pytest.raises(UsageError, match="another submission"):
        grade_replaying(other, content, Options())


def test_transcript_of_another_lesson_is_refused(recorded: tuple[Assignment, Report, bytes]) -> None:
    assignment, _, content = recorded

    with pytest.raises(UsageError, match="another lesson"):
        grade_replaying(dataclasses.replace(assignment, lesson=lessons()["4_2"]), content, Options())


def test_checks_that_ask_something_else_are_an_error_of_ours(recorded: tuple[Assignment, Report, bytes]) -> None:
    assignment, _, content = recorded
    other = transcript.write(
        transcript.Transcript(
            "4_1", assignment.submission.digest, 8, transcript.read(content).worker, transcript.read(content).children
        )
    )

    report = grade_replaying(assignment, other, Options())

    assert Outcome.ERROR in {check.outcome for check in report.checks}
    assert report.exit_code == 3


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, 2]", b"\xff\xfe", b'{"lesson": 3}', b"[" * 100_000])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match="no transcript"):
        transcript.read(content)


def test_unknown_version_is_refused_kindly(recorded: tuple[Assignment, Report, bytes]) -> None:
    with pytest.raises(UsageError, match="version that this grader does not know"):
        transcript.read(recorded[2].replace(b'"version":1', b'"version":2'))


def test_damaged_transcripts_are_refused_or_replayed(recorded: tuple[Assignment, Report, bytes]) -> None:
    assignment, whole, content = recorded
    for chance in chances(1, 60):
        if chance.random() < 0.5:
            damaged = json.dumps(damaged_json(json.loads(content), chance)).encode()
        else:
            damaged = damaged_bytes(content, chance)
        try:
            report = grade_replaying(assignment, damaged, Options())
        except UsageError:
            continue
        assert [check.name for check in report.checks] == [check.name for check in whole.checks]
        broken = [check for check in report.checks if check.outcome is Outcome.ERROR]
        assert not broken or report.problem is not None
