"""Which lesson a path speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import kit
from grader.errors import UsageError
from grader.kit import find_lesson, lessons

NAMES = ("4_1", "4_2", "4_4", "5_2_cell", "5_2_layer")


@pytest.fixture(autouse=True)
def five_lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of five lessons."""
    folder = tmp_path / "kit" / "tests" / "lessons"
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / f"test_{name}.py").touch()
        (folder / f"test_{name}.ko.po").touch()
    monkeypatch.setattr(kit, "ROOT", tmp_path / "kit")
    return tmp_path / "kit"


def test_lessons_are_the_checks_in_the_folder_in_order() -> None:
    assert tuple(lessons()) == NAMES


def test_a_lesson_knows_where_its_files_are(five_lessons: Path) -> None:
    lesson = lessons()["4_2"]

    assert lesson.checks == five_lessons / "tests" / "lessons" / "test_4_2.py"
    assert lesson.stub == five_lessons / "exercises" / "4_2" / "lesson_4_2.py"
    assert lesson.solution == five_lessons / "solutions" / "4_2" / "lesson_4_2.py"
    assert lesson.zoo == five_lessons / "tests" / "submissions" / "4_2"


@pytest.mark.parametrize(
    "path",
    [
        "4_2.py",
        "4-2.py",
        "4.2.py",
        "4 2.ipynb",
        "lesson_4_2.py",
        "lesson_4-2.ipynb",
        "Lesson 4.2.ipynb",
        "RNN4_2.py",
        "4_2_kim.py",
        "4_2 (1).py",
        "hw_2026_4_2_kim.py",
        "20261104_4_2.py",
        "hw1_4_2.py",
        "12_4_2.py",
        "과제4_2_김철수.ipynb",
        "exercises/4_2",
        "exercises/4_2/lesson_4_2.py",
        "exercises/4_2/answer.py",
        "4_2/main.py",
        "week 4-2/main.py",
        "submissions/4_2/wrong_units.py",
        "4_1/lesson_4_2.py",
    ],
)
def test_lesson_is_the_one_its_file_or_folder_names(path: str) -> None:
    assert find_lesson(Path(path), None).name == "4_2"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("5_2_cell.py", "5_2_cell"),
        ("5-2-layer.ipynb", "5_2_layer"),
        ("5.2 Cell (kim).py", "5_2_cell"),
        ("5_2_LAYER/main.py", "5_2_layer"),
        ("4_2_cell.py", "4_2"),
    ],
)
def test_a_lesson_in_two_forms_is_told_apart(path: str, expected: str) -> None:
    assert find_lesson(Path(path), None).name == expected


@pytest.mark.parametrize(
    "path", ["main.py", "4_9.py", "2026-04-02.py", "142.py", "14_2.py", "4_21.py", "4__2.py", "Untitled.ipynb", ""]
)
def test_a_path_that_names_no_lesson_is_a_wrong_usage(path: str) -> None:
    with pytest.raises(UsageError, match=r"add --lesson with one of: 4_1, 4_2, 4_4, 5_2_cell, 5_2_layer"):
        find_lesson(Path("somewhere") / path, None)


@pytest.mark.parametrize("path", ["team4_4_1.py", "4_1_and_4_4.ipynb", "4_4_1/main.py"])
def test_a_path_that_names_two_lessons_is_asked_about(path: str) -> None:
    with pytest.raises(UsageError, match=r"may answer any of: 4_[14], 4_[14]\. Say which: add --lesson 4_[14], for"):
        find_lesson(Path("somewhere") / path, None)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("4_2", "4_2"), ("4-2", "4_2"), ("5_2_cell", "5_2_cell"), ("5-2-Layer", "5_2_layer")],
)
def test_the_lesson_chosen_goes_before_the_paths(chosen: str, expected: str) -> None:
    assert find_lesson(Path("4_1/lesson_4_1.py"), chosen).name == expected


@pytest.mark.parametrize("chosen", ["4_9", "", "lesson_4_2", "../4_2"])
def test_a_chosen_lesson_that_is_not_there_is_a_wrong_usage(chosen: str) -> None:
    with pytest.raises(UsageError, match=r"There is no lesson .*There are: 4_1, "):
        find_lesson(Path("4_2.py"), chosen)


def test_a_kit_without_lessons_is_a_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "ROOT", tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="No lessons are here"):
        find_lesson(Path("4_2.py"), None)


def test_the_real_kit_has_the_lesson_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "ROOT", Path(kit.__file__).parents[1])

    assert lessons()["4_2"].checks.is_file()
