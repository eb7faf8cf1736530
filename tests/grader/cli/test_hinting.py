"""``python -m grader hint``: one rung a call, remembered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import cli
from grader.cli import hinting
from grader.errors import GraderError
from grader.hints import memory
from grader.hints.ladder import read_ladders
from grader.hints.memory import Memory, recall
from grader.kit import ROOT, lessons
from grader.report import Note, Outcome, Report
from grader.text import text

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_check, a_failed_check, a_report
else:
    from tests.grader.factories import a_check, a_failed_check, a_report

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _fresh_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered yet, and what is stays in this test."""
    monkeypatch.setattr(memory, "FILE", tmp_path / ".grader" / "hints.json")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(ROOT)


@pytest.fixture(name="run")
def run_hint(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; return exit code, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["hint", *map(str, words)])
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out, captured.err

    return run


def graded(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Let grading come to this report."""
    monkeypatch.setattr(hinting, "_graded", lambda *_: report)


def squeezed(page: str) -> str:
    return " ".join(page.split())


def test_each_call_gives_one_rung_more_and_shows_the_earlier_ones(run: Run) -> None:
    rungs = [str(rung) for rung in read_ladders(lessons()["4_2"])[2].rungs]

    for number in (1, 2, 3, 3):
        code, out, err = run("4_2", "--task", "2")

        assert (code, err) == (0, "")
        assert f"Task 2: hint {number} of 3" in out
        assert [rung in squeezed(out) for rung in rungs] == [each < number for each in range(3)]


def test_each_task_has_a_ladder_of_its_own(run: Run) -> None:
    run("4_2", "--task", "2")

    assert "hint 1 of 3" in run("4_2", "--task", "1")[1]
    assert "hint 1 of 3" in run("4_3", "--task", "2")[1]
    assert "hint 2 of 3" in run("4_2", "--task", "2")[1]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["4-2"], id="name-with-a-hyphen"),
        pytest.param(["4.2"], id="name-with-a-dot"),
        pytest.param(["exercises/4_2"], id="folder"),
        pytest.param(["exercises/4_2/lesson_4_2.py"], id="file"),
        pytest.param(["--lesson", "4_2"], id="option"),
        pytest.param(["tests/conftest.py", "--lesson", "4_2"], id="file-that-does-not-say"),
    ],
)
def test_a_lesson_is_named_or_a_path_as_for_grading(words: list[str], run: Run) -> None:
    code, out, _ = run(*words, "--task", "1")

    assert code == 0
    assert "Lesson 4-2" in out


def test_in_korean(run: Run) -> None:
    assert "할 일 1: 힌트 3개 중 1번째" in run("4_2", "--task", "1", "--lang", "ko")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param([], "Name a lesson, such as 4_2", id="nothing"),
        pytest.param(["9_9"], "There is no lesson 9_9", id="unknown-lesson"),
        pytest.param(["x" * 300], "There is no lesson xxx", id="a-name-that-no-file-can-have"),
        pytest.param(["4_1", "--task", "7"], "Lesson 4_1 has no task 7; its tasks: 1, 2.", id="unknown-task"),
        pytest.param(["4_1", "--forget", "--task", "7"], "Lesson 4_1 has no task 7", id="unknown-task-to-forget"),
        pytest.param(["4_1", "--task", "two"], "--task takes another value", id="no-number"),
        pytest.param(["no/such/file_4_2.py"], "does not exist", id="missing-path"),
        pytest.param(["data"], "There is no .py file and no .ipynb file in data", id="no-submission"),
        pytest.param(["tests/conftest.py"], "Which lesson does", id="file-that-does-not-say"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(words: list[str], sentence: str, run: Run) -> None:
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert sentence in err
    assert err.startswith("grader: ")
    assert err.count("\n") == 1
    assert recall(memory.FILE) == (Memory(), None)


@pytest.mark.parametrize(("language", "words"), [("en", "One more hint"), ("ko", "힌트를 하나 더")])
def test_help_is_in_the_language_asked_for(language: str, words: str, run: Run) -> None:
    code, out, _ = run("--help", "--lang", language)

    assert code == 0
    assert words in squeezed(out)
    assert "--forget" in out


def test_help_fits_80_columns(run: Run) -> None:
    _, out, _ = run("--help")

    assert max(map(len, out.splitlines())) <= 80


# Which task comes next.


def test_without_a_task_it_is_the_first_that_loses_points(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    graded(monkeypatch, a_report(a_check(task=1), a_check(Outcome.BLOCKED, task=2), a_failed_check(task=3)))

    assert "Task 2: hint 1 of 3" in run("4_2")[1]
    assert "Task 2: hint 2 of 3" in run("4_2")[1]


def test_with_full_marks_there_is_nothing_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    graded(monkeypatch, a_report(a_check(), a_check()))

    assert run("4_2") == (0, "lesson_4_2.py earns all 4 points: there is nothing left to hint at.\n", "")


def test_a_submission_that_cannot_be_run_takes_no_rung(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Note(text("The file is empty. Did you save it after writing your code?"))
    graded(monkeypatch, a_report(a_check(Outcome.BLOCKED), problem=problem))

    code, out, err = run("4_2")

    assert (code, out) == (1, "")
    assert "The file is empty." in err
    assert "python -m grader hint 4_2 --task 1" in err
    assert err.count("\n") == 1
    assert recall(memory.FILE) == (Memory(), None)


def test_a_broken_check_of_ours_is_no_task_of_the_students(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    graded(monkeypatch, a_report(a_check(), a_check(Outcome.ERROR, task=2)))

    code, out, err = run("4_2")

    assert (code, out) == (3, "")
    assert "that is our fault" in err


def test_without_tensorflow_a_hint_for_a_named_task_is_still_to_be_had(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise GraderError(text("TensorFlow cannot be imported."))

    monkeypatch.setattr("grader.workers.open_workers", missing)

    code, out, err = run("4_2")

    assert (code, out) == (3, "")
    assert "TensorFlow cannot be imported." in err
    assert "python -m grader hint 4_2 --task 1" in err
    assert err.count("\n") == 1
    assert run("4_2", "--task", "1")[0] == 0


# What is remembered.


def test_hints_begin_anew_when_they_are_to_be_forgotten(run: Run) -> None:
    for task in (1, 1, 2, 2):
        run("4_2", "--task", task)
    run("4_3", "--task", 1)

    assert run("4_2", "--task", "1", "--forget") == (0, "The hints for task 1 of lesson 4_2 begin anew.\n", "")
    assert "hint 1 of 3" in run("4_2", "--task", "1")[1]
    assert "hint 3 of 3" in run("4_2", "--task", "2")[1]

    assert run("4_2", "--forget") == (0, "The hints of lesson 4_2 begin anew.\n", "")
    assert "hint 1 of 3" in run("4_2", "--task", "2")[1]
    assert "hint 2 of 3" in run("4_3", "--task", "1")[1]


def test_a_memory_that_is_none_is_replaced_with_a_word(run: Run) -> None:
    memory.FILE.parent.mkdir()
    memory.FILE.write_text("hello")

    code, out, err = run("4_2", "--task", "1")

    assert code == 0
    assert "hint 1 of 3" in out
    assert "is no memory of hints" in err
    assert err.count("\n") == 1
    code, out, err = run("4_2", "--task", "1")
    assert (code, err) == (0, "")
    assert "hint 2 of 3" in out


def test_a_hint_that_cannot_be_remembered_is_given_all_the_same(run: Run) -> None:
    memory.FILE.parent.write_text("a file where the folder should be")

    code, out, err = run("4_2", "--task", "1")

    assert code == 0
    assert "hint 1 of 3" in out
    assert "the next hint will be this one again" in err
    assert err.count("\n") == 1


def test_a_hint_whose_memory_is_no_file_is_given_all_the_same(run: Run) -> None:
    memory.FILE.mkdir(parents=True)

    code, out, err = run("4_2", "--task", "1")

    assert code == 0
    assert "hint 1 of 3" in out
    assert "so the hints begin anew" in err
    assert "the next hint will be this one again" in err
    assert list(memory.FILE.parent.iterdir()) == [memory.FILE]


def test_hints_that_cannot_be_forgotten_are_said_to_be_so(run: Run) -> None:
    memory.FILE.parent.write_text("a file where the folder should be")

    code, out, err = run("4_2", "--forget")

    assert (code, out) == (2, "")
    assert "cannot be opened" in err
    assert err.count("\n") == 1


# A student's copy of the kit.


def test_a_student_is_helped_on_at_the_task_that_is_open(tmp_path: Path) -> None:
    copy = tmp_path / "kit"
    for folder in ("grader", "exercises/4_1"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (ROOT / "tests" / "lessons").glob("test_4_1.*"):
        (copy / "tests" / "lessons").mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy / "tests" / "lessons")
    answer = copy / "exercises" / "4_1" / "lesson_4_1.py"
    added = "model.add(layers.Embedding(10, 5)); model.add(layers.SimpleRNN(3))"
    answer.write_text(answer.read_text("utf-8").replace('raise NotImplementedError("task 1")', added), "utf-8")

    words = [sys.executable, "-m", "grader", "hint", "4_1", "--lang", "en"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=copy, check=False)

    assert done.stderr == ""
    assert done.returncode == 0
    assert "Task 2: hint 1 of 3" in done.stdout
    assert recall(copy / ".grader" / "hints.json") == (Memory().with_rungs("4_1", 2, 1), None)
