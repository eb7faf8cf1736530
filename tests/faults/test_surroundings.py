"""Machines that lack something, and users who start the grader in odd ways: the same verdict, or one clear sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.kit import ROOT, lessons

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from running import Ended, Running
else:
    from tests.faults.running import Ended, Running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="shells and mounts of Linux")]

SOLUTION = lessons()["4_1"].solution
STUB = lessons()["4_1"].stub
GRADE = [sys.executable, "-m", "grader"]


def in_shell(script: str) -> list[str]:
    """Return the words that run the grader by a line of shell, in which "$@" is the command."""
    return ["bash", "-c", script, "bash", *GRADE]


def is_quiet(said: str) -> bool:
    return "Traceback" not in said and "Exception ignored" not in said


def assert_full_marks(ended: Ended) -> None:
    assert ended.said == ""
    report = json.loads(ended.shown)
    assert (ended.code, report["score"], report["max_score"]) == (0, 8, 8)
    assert report["checks"][0]["title"].startswith("build_model1")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"HOME": None}, id="no-home"),
        pytest.param({"HOME": "/no/such/home"}, id="home-that-is-not-there"),
        pytest.param({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="locale-c"),
        pytest.param({"LC_ALL": "xx_YY.nonsense"}, id="locale-that-is-not-there"),
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
        pytest.param({"PYTHONWARNINGS": "error"}, id="warnings-are-errors"),
        pytest.param({"PYTHONHASHSEED": "0"}, id="hash-seed"),
        pytest.param({"PYTHONDEVMODE": "1"}, id="development-mode"),
        pytest.param({"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}, id="unbuffered"),
        pytest.param({"PYTHONSTARTUP": "/no/such/file.py"}, id="startup-file"),
        pytest.param({"PYTEST_ADDOPTS": "-x -k model1 --collect-only"}, id="options-of-pytest"),
        pytest.param({"PYTEST_PLUGINS": "no_such_plugin"}, id="plugins-of-pytest"),
        pytest.param({"TF_CPP_MIN_LOG_LEVEL": "0", "TF_ENABLE_ONEDNN_OPTS": "1"}, id="talkative-tensorflow"),
        pytest.param({"KERAS_BACKEND": "torch"}, id="another-backend"),
        pytest.param({"MPLBACKEND": "TkAgg", "DISPLAY": ":99"}, id="a-screen"),
        pytest.param({"COLUMNS": "1", "TERM": "dumb"}, id="narrow"),
    ],
)
def test_environment_does_not_matter(changes: dict[str, str | None], grader: Running) -> None:
    assert_full_marks(grader.run(SOLUTION, "--format", "json", "--lang", "en", env=changes))


def test_empty_environment_is_enough(grader: Running, temporary: Path) -> None:
    words = ["env", "-i", f"TMPDIR={temporary}", *GRADE]

    assert_full_marks(grader.run(SOLUTION, "--format", "json", words=words))


def test_modules_of_the_working_folder_are_not_ours(grader: Running, tmp_path: Path) -> None:
    """Students hand in files called ``json.py``; the environment may point to them."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("numpy", "tensorflow", "keras", "json", "pytest"):
        (folder / f"{name}.py").write_text("raise SystemExit('not ours')\n")
    words = [*in_shell('cd "$FOLDER"; exec "$@"')]

    assert_full_marks(grader.run(SOLUTION, "--format", "json", words=words, env={"FOLDER": str(folder)}))


@pytest.mark.parametrize("value", ["1", "2"])
def test_python_without_assertions_is_refused(value: str, grader: Running) -> None:
    ended = grader.run(SOLUTION, "--lang", "ko", env={"PYTHONOPTIMIZE": value})

    assert (ended.code, ended.shown) == (2, "")
    assert "PYTHONOPTIMIZE" in ended.said
    assert ended.said.count("\n") == 1


# Streams.


def test_closed_input_does_not_matter(grader: Running) -> None:
    assert_full_marks(grader.run(SOLUTION, "--format", "json", words=in_shell('exec "$@" <&-')))


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_matter(closed: str, grader: Running) -> None:
    assert grader.run(SOLUTION, words=in_shell(f'exec "$@" {closed}')).code == 0
    assert grader.run(STUB, words=in_shell(f'exec "$@" {closed}')).code == 1
    assert grader.run("no/such/file", words=in_shell(f'exec "$@" {closed}')).code == 2


@pytest.mark.parametrize("arguments", [(STUB, STUB), ("--help",)], ids=["reports", "help"])
def test_reader_that_goes_away_is_no_crash(arguments: tuple[object, ...], grader: Running) -> None:
    ended = grader.run(*arguments, words=in_shell('"$@" | true; exit ${PIPESTATUS[0]}'))

    assert ended.code == 141
    assert ended.said == ""


@pytest.mark.parametrize(("language", "words"), [("en", "cannot be written"), ("ko", "쓸 수 없습니다")])
def test_output_to_a_full_disk_is_one_sentence(language: str, words: str, grader: Running) -> None:
    ended = grader.run(STUB, "--lang", language, words=in_shell('exec "$@" >/dev/full'))

    assert ended.code == 3
    assert words in ended.said
    assert ended.said.count("\n") == 1


def test_complaint_to_a_full_disk_keeps_its_exit_code(grader: Running) -> None:
    assert grader.run("no/such/file", words=in_shell('exec "$@" 2>/dev/full')).code == 2


@pytest.mark.parametrize(("language", "words"), [("en", "does not exist any more"), ("ko", "더 이상 없습니다")])
def test_folder_that_was_deleted_is_one_sentence(language: str, words: str, grader: Running, tmp_path: Path) -> None:
    ended = grader.run(
        SOLUTION, "--lang", language, words=in_shell(f'mkdir {tmp_path}/x; cd {tmp_path}/x; rmdir {tmp_path}/x; "$@"')
    )

    assert ended.code == 2
    assert words in ended.said
    assert ended.said.count("grader: ") == 1
    assert is_quiet(ended.said)


# Disks.


def with_mounts(script: str) -> list[str]:
    """Return the words that run the grader with mounts of its own."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespaces here")
    return ["unshare", "-rm", *in_shell(script)]


def test_machine_without_shared_memory_grades(grader: Running) -> None:
    words = with_mounts('mount -t tmpfs -o ro,size=4k none /dev/shm && exec "$@"')

    assert_full_marks(grader.run(SOLUTION, "--format", "json", words=words))


def test_kit_on_a_disk_that_cannot_be_written_grades(grader: Running) -> None:
    words = with_mounts(f'mount --bind {ROOT} {ROOT} && mount -o remount,ro,bind {ROOT} && cd {ROOT} && exec "$@"')

    assert_full_marks(grader.run(SOLUTION, "--format", "json", words=words))


def test_nothing_is_written_into_the_kit(grader: Running) -> None:
    def files() -> set[str]:
        tracked = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
        return {line for line in tracked.stdout.splitlines() if line.startswith("??") and "tests" not in line}

    before = files()
    grader.run(SOLUTION)

    assert files() <= before


@pytest.mark.parametrize(
    "mount",
    [
        pytest.param("mount -t tmpfs -o size=16k,nr_inodes=8 none", id="full"),
        pytest.param("mount -t tmpfs -o ro none", id="read-only"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_room_for_temporary_files_is_our_fault(mount: str, language: str, grader: Running) -> None:
    """Neither where TMPDIR says, nor where Python looks else; no submission is to blame."""
    fill = f"{mount} $each; head -c 1M /dev/zero 2>/dev/null >$each/full"
    script = f'for each in /tmp /var/tmp /usr/tmp; do test ! -d $each || {{ {fill}; }}; done; cd /proc; exec "$@"'

    ended = grader.run(SOLUTION, "--lang", language, words=with_mounts(script))

    assert ended.code == 3
    assert is_quiet(ended.said)
    assert "TMPDIR" in ended.shown + ended.said


def test_missing_folder_for_temporary_files_is_replaced(grader: Running) -> None:
    assert_full_marks(grader.run(SOLUTION, "--format", "json", env={"TMPDIR": "/no/such/folder"}))


def test_output_to_a_full_disk_leaves_what_was_there(grader: Running, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size=8k none {disk} && echo yesterday >{disk}/report && "
        f'"$@"; code=$?; cat {disk}/report; ls -A {disk}; exit $code'
    )

    many = [STUB] * 6
    ended = grader.run(*many, "--output", disk / "report", "--lang", "en", words=with_mounts(script))

    assert ended.code == 3
    assert ended.shown == "yesterday\nreport\n"
    assert ended.said == f"grader: {disk / 'report'} cannot be written: No space left on device.\n"


def test_output_where_nothing_can_be_written_is_refused_before_any_work(grader: Running, tmp_path: Path) -> None:
    script = f'mount -t tmpfs -o ro none {tmp_path}/temporary && exec "$@"'

    ended = grader.run(
        STUB,
        "--output",
        tmp_path / "temporary" / "x",
        "--lang",
        "en",
        words=with_mounts(script),
    )

    assert ended.code == 2
    assert "Read-only file system" in ended.said


# Two at once.


def test_two_graders_at_once_do_not_meet(grader: Running, tmp_path: Path) -> None:
    """In one folder, on one file, into one file: each report is whole, and the last one stays."""
    output = tmp_path / "report.json"
    answer = tmp_path / "answer_4_1.py"
    shutil.copy(SOLUTION, answer)
    together = [grader.start(answer, answer, "--format", "json", "--output", output, cwd=tmp_path) for _ in range(2)]

    ended: list[Any] = [grader.end(each) for each in together]

    assert [(each.code, each.shown, each.said) for each in ended] == [(0, "", "")] * 2
    assert [json.loads(line)["score"] for line in output.read_text().splitlines()] == [8, 8]
    assert sorted(os.listdir(tmp_path)) == ["answer_4_1.py", "report.json", "temporary"]
