"""Files that commands write: whole, or not at all, and what was there before stays."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.cli.files import require_writable, write_whole
from grader.errors import GraderError, UsageError


def test_a_new_file_is_written(tmp_path: Path) -> None:
    require_writable(tmp_path / "report")
    write_whole(tmp_path / "report", "점수")

    assert (tmp_path / "report").read_text("utf-8") == "점수"
    assert os.listdir(tmp_path) == ["report"]


def test_asking_whether_a_file_can_be_written_leaves_no_trace(tmp_path: Path) -> None:
    require_writable(tmp_path / "report")

    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    (tmp_path / "old").touch()
    (tmp_path / "old").chmod(0o604)

    write_whole(tmp_path / "new", "")
    write_whole(tmp_path / "old", "")

    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert modes == {"plain": modes["plain"], "new": modes["plain"], "old": 0o604}


@pytest.mark.parametrize("when", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    "problem", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ctrl-c"]
)
def test_what_was_there_before_stays_if_something_happens(
    when: str, problem: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report").write_text("yesterday")

    def fails(path: Path, *_: Any) -> None:
        path.touch()
        raise problem

    monkeypatch.setattr(Path, when, fails)

    with pytest.raises((GraderError, KeyboardInterrupt)):
        write_whole(tmp_path / "report", "today")

    assert os.listdir(tmp_path) == ["report"]
    assert (tmp_path / "report").read_text() == "yesterday"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("yesterday")
    (tmp_path / "link").symlink_to("real")

    write_whole(tmp_path / "link", "today")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "today"


@pytest.mark.skipif(sys.platform != "linux", reason="devices of Linux")
def test_a_device_is_written_to_not_replaced() -> None:
    require_writable(Path(os.devnull))
    write_whole(Path(os.devnull), "x")

    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    with pytest.raises(GraderError, match="No space left on device"):
        write_whole(Path("/dev/full"), "x")


@pytest.mark.parametrize("name", [".", "no/such/folder", "x" * 300])
def test_where_nothing_can_be_written_is_wrong_usage(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        require_writable(tmp_path / name)

    assert os.listdir(tmp_path) == []
