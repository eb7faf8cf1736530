"""What is remembered, and what becomes of a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.hints.memory import Memory, recall


def test_nothing_was_taken_at_first(tmp_path: Path) -> None:
    assert recall(tmp_path / ".grader" / "hints.json") == (Memory(), None)
    assert Memory().rungs("4_2", 1) == 0


def test_what_is_kept_is_recalled(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    memory = Memory().with_rungs("4_2", 1, 2).with_rungs("4_2", 3, 1).with_rungs("7_4_cell", 1, 3)

    file.write_bytes(memory.as_json())

    assert recall(file) == (memory, None)
    assert [memory.rungs("4_2", task) for task in (1, 2, 3)] == [2, 0, 1]
    assert memory.rungs("7_4_cell", 1) == 3


def test_a_lesson_is_forgotten_or_one_task_of_it() -> None:
    memory = Memory().with_rungs("4_2", 1, 2).with_rungs("4_2", 3, 1).with_rungs("5_1", 1, 3)

    assert memory.without("4_2") == Memory().with_rungs("5_1", 1, 3)
    assert memory.without("4_2", 3) == Memory().with_rungs("5_1", 1, 3).with_rungs("4_2", 1, 2)
    assert memory.without("4_2", 3).without("4_2", 1) == memory.without("4_2")
    assert memory.without("6_1") == memory


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"taken": {"4_2": {"1": 2', id="cut-off"),
        pytest.param(b"\xff\xfe\x00", id="no-text"),
        pytest.param(b'{"taken": {"\xff": {"1": 2}}}', id="no-utf-8"),
        pytest.param(b"[1, 2]", id="a-list"),
        pytest.param(b'{"taken": {"4_2": {"1": -2}}}', id="a-negative-count"),
        pytest.param(b'{"taken": {"4_2": {"one": 2}}}', id="no-task"),
        pytest.param(b'{"taken": {}, "colour": "blue"}', id="of-another-program"),
        pytest.param(b'{"taken": {}, "format": "colours"}', id="of-another-format"),
        pytest.param(b'{"taken": {}, "version": 99}', id="of-another-version"),
        pytest.param(b"[" * 100_000, id="without-end"),
    ],
)
def test_a_file_that_is_no_memory_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    file.write_bytes(content)

    memory, remark = recall(file)

    assert memory == Memory()
    assert "is no memory of hints that we know" in str(remark)


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    memory, remark = recall(tmp_path)

    assert memory == Memory()
    assert "cannot be read" in str(remark)
