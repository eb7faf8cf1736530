"""The self-test written down: survivors by name, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner

from grader.cli import selftesting
from grader.isolation import Level
from grader.language import ENGLISH, language
from grader.selftest.attacks import Attack
from grader.selftest.pages import as_json, as_text, survivors
from grader.selftest.trial import Result
from grader.text import literal


def result(name: str, *reached: str, stopped: tuple[str, ...] = ("A+", "A")) -> Result:
    attack = Attack("4_1", name, Path(name), f"Tries {name}.", f"{name} 시도.", 4, 8, stopped)
    return Result(attack, Level.A, 4, 8, tuple(map(literal, reached)))


STOPPED, ALIVE = result("first"), result("second", "It got 8/8; its due is 4/8.")
OPEN = result("third", "A file was read.", stopped=("A+",))


def test_only_what_was_promised_survives() -> None:
    assert survivors([STOPPED, ALIVE, OPEN], Level.A) == [ALIVE]
    assert survivors([STOPPED, ALIVE, OPEN], Level.A_PLUS) == [ALIVE, OPEN]
    assert survivors([STOPPED, ALIVE, OPEN], Level.B) == []


def test_page_counts_and_names() -> None:
    page = as_text([STOPPED, ALIVE, OPEN], Level.A, ENGLISH)

    assert "  1/3    stopped, of all attacks" in page
    assert "  1/2    stopped, of those that this level promises to stop" in page
    assert page.index("4_1/second  Tries second.") < page.index("Not stopped") < page.index("4_1/third")
    assert "first" not in page


def test_page_speaks_korean() -> None:
    page = as_text([STOPPED, ALIVE], Level.A, language("ko"))

    assert "격리 수준 A 자체 점검" in page
    assert "second 시도." in page


def test_json_holds_every_attack() -> None:
    page = json.loads(as_json([STOPPED, ALIVE, OPEN], Level.A, ENGLISH))

    assert (page["level"], page["attacks"], page["stopped"], page["promised"]) == ("A", 3, 1, 2)
    assert page["survivors"] == ["4_1/second"]
    assert [each["stopped"] for each in page["results"]] == [True, False, False]
    assert page["results"][2]["reached"] == ["A file was read."]


@pytest.mark.parametrize(("found", "code"), [([STOPPED, OPEN], 0), ([STOPPED, ALIVE], 1)], ids=["none", "one"])
def test_exit_code_says_whether_one_survives(found: list[Result], code: int, tmp_path: Path) -> None:
    kept = tmp_path / "selftest.json"
    with (
        mock.patch.object(selftesting, "_results", return_value=found),
        mock.patch.object(selftesting, "_level", return_value=Level.A),
    ):
        command = selftesting.command(ENGLISH)
        done = command.main(["--output", str(kept), "--lang", "en"], standalone_mode=False)

    assert done == code
    assert json.loads(kept.read_text("utf-8"))["attacks"] == 2


def test_level_that_this_machine_has_not_is_refused() -> None:
    with mock.patch("grader.workers.probe", return_value=Level.C):
        done = CliRunner().invoke(selftesting.command(ENGLISH), ["--level", "A", "--lang", "en"], standalone_mode=False)

    assert done.return_value == 3
    assert "reaches isolation level C only" in done.output
