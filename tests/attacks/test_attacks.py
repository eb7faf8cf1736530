"""Hostile submissions get their due, reach nothing that is not theirs, and harm nobody.

The fixtures stand beside this file, by lesson; ``grader/selftest/attacks.py`` says
what their first lines mean. Not among them are attacks on what is no submission:
archives and their names, gradebooks, and what a planted grader.py does to whoever
starts Python beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.isolation import Level
from grader.kit import ROOT, lessons
from grader.selftest.attacks import FOLDER, LEVELS, MARKS, Attack, attacks, read
from grader.selftest.run import results
from grader.selftest.trial import Result
from grader.workers import probe

ALL = attacks()
FEW = (
    *("answers_in_advance", "array_subclass", "asks_for_memory", "calls_layers_for_show", "climbs_out_by_file_names"),
    *("escapes_in_the_report", "exits_with_zero", "fake_model", "leaves_a_daemon", "lies_when_compared"),
    *("nests_folders", "patches_the_answers", "planted_files", "reads_the_environment", "reads_the_solution"),
    *("uses_the_network", "walks_frames"),
)
"""One of each kind, for every run of the tests; all of them take a minute."""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted, and levels forced, on Linux")


@pytest.fixture(scope="module")
def strongest() -> Level:
    """The level of isolation that this machine has."""
    return probe()


def told(found: Sequence[Result]) -> list[str]:
    return [f"{each.attack.id}: {'; '.join(map(str, each.reached)) or 'stopped'}" for each in found]


def survivors(chosen: Sequence[Attack], level: Level) -> list[str]:
    done = list(results(chosen, level, jobs=min(2, os.cpu_count() or 1)))
    assert len(done) == len(chosen)
    assert {each.level for each in done} <= {level, Level.NONE}
    return told([each for each in done if not each.stopped and level in each.attack.stopped])


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.id)
def test_attack_is_well_stated(attack: Attack) -> None:
    assert attack.lesson in lessons()
    assert attack.file.exists()
    assert 0 <= attack.score <= attack.max_score
    assert attack.tries.endswith(".")
    assert re.search("[가-힣]", attack.tries_ko)
    assert attack.tries_ko.endswith(".")
    # What a level stops, each stronger one does too.
    assert attack.stopped in [LEVELS[: number + 1] for number in range(len(LEVELS))] + [("none",)]


def test_attacks_are_many() -> None:
    assert len(ALL) >= 60
    assert len({attack.id for attack in ALL}) == len(ALL)
    assert set(FEW) <= {attack.name for attack in ALL}


def test_every_mark_in_an_attack_is_filled_in() -> None:
    found = {mark for file in FOLDER.rglob("*.py") for mark in re.findall(r"@([A-Z]+)@", file.read_text("utf-8"))}

    assert found == set(MARKS)


def test_attack_that_does_not_state_its_due_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "4_1" / "silent.py"
    file.parent.mkdir()
    file.write_text("# tries: Nothing.\nx = 1\n")

    with pytest.raises(ValueError, match="expect, ko, stopped"):
        read(file)


@LINUX
def test_one_attack_of_each_kind_is_stopped(strongest: Level) -> None:
    assert survivors([attack for attack in ALL if attack.name in FEW], strongest) == []


@LINUX
@pytest.mark.slow
def test_no_attack_survives(strongest: Level) -> None:
    assert survivors(ALL, strongest) == []


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("level", [Level.A, Level.B, Level.C, Level.D])
def test_lower_levels_keep_their_promise(level: Level, strongest: Level) -> None:
    if not strongest.reaches(level):
        pytest.skip(f"this machine has {strongest}")

    assert survivors(ALL, level) == []


@LINUX
@pytest.mark.slow
def test_attacks_have_teeth() -> None:
    """Where next to nothing is stopped, whatever is not promised succeeds: else the attack would prove nothing."""
    open_ones = [attack for attack in ALL if Level.D not in attack.stopped]

    assert told([each for each in results(open_ones, Level.D, jobs=2) if each.stopped]) == []


def test_modules_beside_a_submission_are_not_the_graders(tmp_path: Path) -> None:
    for file in (FOLDER / "4_1" / "planted_files").glob("*.py"):
        if file.name != "grader.py":  # Python itself starts that one
            shutil.copy(file, tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "grader", "lesson_4_1.py", "--lang", "en"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "Score: 4 of 8" in done.stdout
