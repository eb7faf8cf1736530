"""A whole lesson is added as the authors' page says, and no file of the kit is touched."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from grader import kit
from grader.cli import main
from grader.kit import lessons
from grader.report import Report
from grader.verify.audit import audit
from grader.verify.audit.zoo import stated, zoo_files

Grade = Callable[..., Report]

KIT = kit.ROOT
PYTEST = ("pytest", "-q", "-p", "no:cacheprovider")
CACHES = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info", "build", "dist")


def digests(root: Path) -> dict[str, str]:
    """Return what every file of a kit holds."""
    files = [file for file in sorted(root.rglob("*")) if file.is_file() and "__pycache__" not in file.parts]
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the whole kit, that this process takes for its own."""
    root = tmp_path / "kit"
    shutil.copytree(KIT, root, ignore=CACHES)
    monkeypatch.setattr(kit, "ROOT", root)
    return root


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of one lesson, that is only there."""
    for folder in ("exercises/4_1", "solutions/4_1", "tests/lessons", "tests/submissions/4_1"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(kit, "ROOT", tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    """Run the command in this process; return exit code, output and complaints."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


@pytest.mark.parametrize("name", ["0_0", "0_1_cell"], ids=["number", "number-and-kind"])
def test_a_new_lesson_is_whole_and_nothing_else_is_touched(
    name: str, copy: Path, grade_path: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(copy)

    code, _, _ = run(capsys, "new", name)

    assert code == 0
    lesson, after = lessons()[name], digests(copy)
    assert {path: after[path] for path in before} == before
    assert all(name in path for path in after.keys() - before.keys())
    assert [str(finding) for finding in audit(lesson)] == []
    assert grade_path(lesson.stub, lesson=name).score == 0
    whole = grade_path(lesson.solution, lesson=name)
    assert whole.score == whole.max_score
    for file in zoo_files(lesson):
        report = grade_path(file, lesson=name)
        assert f"{report.score}/{report.max_score}" == stated(file).expect, file


def test_its_title_stands_where_titles_stand(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", "0_0", "--title", "What's the weather?")[0] == 0

    lesson = lessons()["0_0"]
    page, korean = (lesson.stub.with_name(name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
    assert page.startswith("# Lesson 0-0: What's the weather?\n")
    assert korean.startswith("# 실습 0-0: What's the weather?\n")
    checks = ast.parse(lesson.checks.read_text(encoding="utf-8"))
    assert ast.get_docstring(checks) == "Lesson 0-0: What's the weather?"
    assert audit(lesson) == ()


@pytest.mark.parametrize(
    ("language", "words", "page"),
    [("en", "a small lesson that is whole", "AUTHORS.md"), ("ko", "빠진 것이 없는 실습", "AUTHORS.ko.md")],
)
def test_the_author_is_told_what_there_is_and_what_comes_next(
    language: str, words: str, page: str, bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, _ = run(capsys, "new", "0_0_layer", "--lang", language)

    assert code == 0
    assert words in said
    assert f"grader/{page}" in said
    assert (KIT / "grader" / page).is_file()
    for path in said.split():
        if path.startswith(("exercises/", "solutions/", "tests/")):
            assert (bare / path).exists()
    assert all(cell_len(line) <= 80 for line in said.split("\n"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Name the new lesson, such as: python -m grader new 9_1"),
        (["4_1"], "is there already"),
        (["lesson"], "lesson is no name of a lesson"),
        (["0_0", "--title", ""], "A title is one line"),
        (["0_0", "0_1"], "See: python -m grader --help"),
    ],
)
def test_wrong_usage_writes_nothing(
    arguments: list[str], complaint: str, bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(bare)

    code, said, complained = run(capsys, "new", *arguments, "--lang", "en")

    assert (code, said) == (2, "")
    assert complaint in complained
    assert complained.count("\n") == 1
    assert digests(bare) == before


def test_a_second_lesson_of_the_same_name_is_refused(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", "0_0")[0] == 0
    before = digests(bare)

    code, _, complained = run(capsys, "new", "0_0", "--lang", "ko")

    assert code == 2
    assert "이미 있습니다" in complained
    assert digests(bare) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["grader", "verify", "0_0"], id="it-is-proved"),
        pytest.param([*PYTEST, "-k", "0_0"], id="it-passes-every-test"),
        pytest.param([*PYTEST, "tests/test_solutions.py", "-m", "slow", "-k", "0_0"], id="its-solution-runs"),
    ],
)
def test_a_new_lesson_in_a_kit_of_its_own(words: list[str], copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(copy)
    assert run(capsys, "new", "0_0")[0] == 0
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}

    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, env=env, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    after = digests(copy)
    assert {path: after[path] for path in before} == before
