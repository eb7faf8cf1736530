"""One attack carried out: what it got, what it reached, and what became of the next submission."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.kit import lessons
from grader.selftest.attacks import Attack, read
from grader.selftest.stage import Stage
from grader.selftest.trial import Result, carry_out
from grader.workers import Workers

RIGHT = lessons()["4_1"].solution.read_text("utf-8")
CarryOut = Callable[..., Result]


@pytest.fixture
def carried_out(workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CarryOut]:
    stage = Stage()
    monkeypatch.setattr(tempfile, "tempdir", str(stage.scratch))

    def run(source: str, due: str = "8/8") -> Result:
        return carry_out(attack(tmp_path, source, due), workers, stage)

    yield run
    stage.close()


def attack(folder: Path, source: str, due: str = "8/8") -> Attack:
    file = folder / "4_1" / "attack.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"# tries: Something.\n# ko: 무언가를 합니다.\n# expect: {due}\n# stopped: A+\n{source}", "utf-8")
    return read(file)


def test_attack_that_gets_its_due_and_nothing_else_is_stopped(carried_out: CarryOut) -> None:
    result = carried_out(RIGHT)

    assert (result.score, result.max_score, result.reached, result.stopped) == (8, 8, (), True)


@pytest.mark.parametrize(
    ("more", "due", "told"),
    [
        ("", "0/8", "It got 8/8; its due is 0/8."),
        ("print('BREACH: the moon was reached')", "8/8", "the moon was reached"),
    ],
    ids=["points", "told-by-itself"],
)
def test_what_an_attack_reaches_is_told(carried_out: CarryOut, more: str, due: str, told: str) -> None:
    result = carried_out(f"{RIGHT}\n{more}\n", due)

    assert [str(each) for each in result.reached] == [told]


def test_header_says_all_that_there_is(tmp_path: Path) -> None:
    stated = attack(tmp_path, "# timeout: 3\n# worker: fresh\n", "4/8")

    assert (stated.id, stated.score, stated.max_score, stated.stopped) == ("4_1/attack", 4, 8, ("A+",))
    assert (stated.timeout_s, stated.worker and stated.worker.value) == (3.0, "fresh")
    assert (stated.says("en"), stated.says("ko")) == ("Something.", "무언가를 합니다.")
