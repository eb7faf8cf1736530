"""The folder that a submission runs in goes, whatever the submission left in it."""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.scratch import Scratch, remove_tree

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and permissions of POSIX")


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


def nested(folder: Path, depth: int) -> None:
    """Make folders within folders, deeper than any path may be long."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def shut(folder: Path) -> None:
    (folder / "shut" / "inner").mkdir(parents=True)
    (folder / "shut" / "inner" / "file").touch()
    (folder / "shut" / "inner").chmod(0)
    (folder / "shut").chmod(0)


def special(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    (folder / "\udcff\n").touch()


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda folder: None, id="nothing"),
        pytest.param(lambda folder: (folder / "file").write_text("x"), id="a-file"),
        pytest.param(lambda folder: nested(folder, 50), id="folders"),
        pytest.param(lambda folder: nested(folder, 1_500), id="folders-without-end", marks=posix),
        pytest.param(shut, id="folders-that-nobody-may-enter", marks=posix),
        pytest.param(special, id="pipes-and-links", marks=posix),
        pytest.param(lambda folder: folder.rmdir(), id="not-even-itself"),
        pytest.param(lambda folder: folder.chmod(0), id="itself-shut", marks=posix),
    ],
)
def test_folder_is_gone_whatever_is_in_it(leave: Callable[[Path], None], tmp_path: Path) -> None:
    scratch = Scratch()
    scratch.fill({"data.csv": b"1,2\n"})
    (Path(scratch.path) / "data.csv").unlink()
    leave(Path(scratch.path))

    scratch.remove()

    assert list((tmp_path / "temporary").iterdir()) == []


@posix
def test_what_a_link_points_to_stays(tmp_path: Path) -> None:
    """Neither what it holds nor who may read it changes."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").touch(mode=0o640)
    outside.chmod(0o750)
    scratch = Scratch()
    (Path(scratch.path) / "folder").symlink_to(outside)
    (Path(scratch.path) / "inner").mkdir()
    (Path(scratch.path) / "inner" / "file").symlink_to(outside / "file")
    os.link(outside / "file", Path(scratch.path) / "hard")

    scratch.remove()

    assert not Path(scratch.path).exists()
    assert stat.S_IMODE(outside.stat().st_mode) == 0o750
    assert stat.S_IMODE((outside / "file").stat().st_mode) == 0o640


@posix
def test_folder_that_became_a_link_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").touch()
    scratch = Scratch()
    Path(scratch.path).rmdir()
    Path(scratch.path).symlink_to(outside)

    remove_tree(scratch.path)

    assert (outside / "file").exists()


def test_folder_goes_with_the_last_who_knows_it(tmp_path: Path) -> None:
    scratch = Scratch()
    del scratch
    gc.collect()

    assert list((tmp_path / "temporary").iterdir()) == []


def test_folder_goes_when_python_ends(tmp_path: Path) -> None:
    code = "from grader.scratch import Scratch\nscratch = Scratch()\nraise SystemExit(3)\n"

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path / "temporary")}, check=False
    )

    assert done.returncode == 3
    assert list((tmp_path / "temporary").iterdir()) == []


def test_folder_that_cannot_be_made_is_our_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    with pytest.raises(GraderError, match="TMPDIR"):
        Scratch()


def test_folder_that_cannot_be_filled_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(GraderError, match="No space left on device"):
        Scratch().fill({"data.csv": b"1,2\n"})
