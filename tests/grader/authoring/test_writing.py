"""A lesson is written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath

import pytest

from grader.authoring.skeleton import File
from grader.authoring.writing import write
from grader.errors import UsageError

FILES = tuple(
    File(PurePosixPath(path), f"{path}, 한글\n")
    for path in (
        "exercises/0_0/README.md",
        "exercises/0_0/lesson_0_0.py",
        "solutions/0_0/lesson_0_0.py",
        "tests/lessons/test_0_0.py",
        "tests/lessons/test_0_0.ko.po",
        "tests/submissions/0_0/right.py",
    )
)
FOLDERS = ("exercises", "solutions", "tests/lessons", "tests/submissions")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "tests" / "lessons" / "test_4_1.py").touch()
    return tmp_path


def there(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def test_files_are_written_as_they_are(root: Path) -> None:
    before = there(root)

    write(FILES, root)

    for file in FILES:
        assert (root / file.path).read_bytes() == file.content.encode()
    assert there(root) - before == {str(file.path) for file in FILES} | {
        "exercises/0_0",
        "solutions/0_0",
        "tests/submissions/0_0",
    }


@pytest.mark.parametrize(
    "taken", ["exercises/0_0", "solutions/0_0", "tests/lessons/test_0_0.py", "tests/lessons/test_0_0.ko.po"]
)
def test_what_is_there_is_never_written_over(root: Path, taken: str) -> None:
    (root / taken).write_text("mine", encoding="utf-8")
    before = there(root)

    with pytest.raises(UsageError, match=r"is there already\. Choose another name"):
        write(FILES, root)

    assert there(root) == before
    assert (root / taken).read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_of_that_name_is_there_already(root: Path) -> None:
    (root / "tests" / "submissions" / "0_0").mkdir()

    with pytest.raises(UsageError, match="is there already"):
        write(FILES, root)


def test_a_link_that_leads_nowhere_is_there_already(root: Path) -> None:
    (root / "solutions" / "0_0").symlink_to(root / "nowhere")

    with pytest.raises(UsageError, match="is there already"):
        write(FILES, root)


@pytest.mark.parametrize("folder", FOLDERS[1:])
def test_a_copy_without_all_folders_is_refused(root: Path, folder: str) -> None:
    for file in (root / folder).iterdir():
        file.unlink()
    (root / folder).rmdir()

    with pytest.raises(UsageError, match=r"There is no folder .*\. Lessons are added to a whole copy"):
        write(FILES, root)

    assert not (root / "exercises" / "0_0").exists()


@pytest.mark.parametrize("number", range(5))
def test_what_goes_wrong_half_way_leaves_nothing_behind(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, moved, rename = there(root), [], Path.rename

    def fails(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) > number:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)

    with pytest.raises(UsageError, match=r"cannot be written: .*: No space left on device\. Nothing was changed"):
        write(FILES, root)

    assert there(root) == before


def test_a_stop_half_way_leaves_nothing_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = there(root), Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if target.name == "test_0_0.py":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)

    with pytest.raises(KeyboardInterrupt):
        write(FILES, root)

    assert there(root) == before


def test_a_folder_that_cannot_be_written_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(root))

    monkeypatch.setattr("tempfile.mkdtemp", refused)

    with pytest.raises(UsageError, match=rf"cannot be written: {root}: Permission denied"):
        write(FILES, root)
