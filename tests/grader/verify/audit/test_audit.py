"""What the audit finds: nothing in the lessons of the kit, and each fault that is put into a good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import kit
from grader.authoring.naming import new_lesson
from grader.authoring.skeleton import skeleton
from grader.authoring.writing import write
from grader.kit import lessons
from grader.language import language
from grader.verify.audit import audit
from grader.verify.audit.markdown import blocks, heading, numbered, sections
from grader.verify.audit.zoo import stated

PAGE, KOREAN_PAGE = "exercises/0_0/README.md", "exercises/0_0/README.ko.md"
STUB, SOLUTION = "exercises/0_0/lesson_0_0.py", "solutions/0_0/lesson_0_0.py"
CHECKS, CATALOGUE = "tests/lessons/test_0_0.py", "tests/lessons/test_0_0.ko.po"
SAID = "The SimpleRNN reads the window, the Dense layer turns its last state into one number."
"""A sentence of the lesson, which has its Korean."""
ZOO = "tests/submissions/0_0"
TABLE = "exercises/README.md"

CLASS_STUB = """

class Pair:
    def __init__(self) -> None:
        # TODO task 3: make the first.
        # 할 일 3: 첫째를 만드세요.
        self.first = None

    def call(self) -> None:
        # TODO task 4: call it.
        # 할 일 4: 부르세요.
        raise NotImplementedError("task 4")
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of one good lesson."""
    for folder in ("exercises", "solutions", "tests/lessons", "tests/submissions"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(kit, "ROOT", tmp_path)
    write(skeleton(new_lesson("0_0", None)), tmp_path)
    return tmp_path


def found(name: str = "0_0") -> list[str]:
    return [str(each) for each in audit(lessons()[name])]


def change(file: Path, old: str, new: str) -> None:
    """Put something else into a file, once."""
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", lessons())
def test_lessons_of_the_kit_are_in_order(name: str) -> None:
    assert [str(each) for each in audit(lessons()[name])] == []


def test_a_new_lesson_is_in_order(root: Path) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # Stub and solution.
        (STUB, "# TODO task 2: make", "# To do: make", "lesson_0_0.py has no line “# TODO task 2: …”"),
        (STUB, "# 할 일 2: 안내문", "# 안내문", "lesson_0_0.py has no line “# 할 일 2: …”"),
        (STUB, 'raise NotImplementedError("task 2")', "pass", "does not stop at task 2: add raise NotImplementedError"),
        (STUB, "def main(", "def main((", "lesson_0_0.py is no valid Python: line"),
        (SOLUTION, "    model = Seq", "    # TODO\n    model = Seq", "solutions/0_0/lesson_0_0.py still says “TODO”"),
        (SOLUTION, "    model = Seq", "    # 할 일 1: 쌓기\n    model = Seq", "still says “할 일 1”"),
        (SOLUTION, "def main(", "def main((", "solutions/0_0/lesson_0_0.py is no valid Python"),
        # Checks and hints.
        (CHECKS, "points=2", "points=0", "test_0_0.py cannot be read: ValueError: a check is worth 1 point"),
        (CHECKS, '    """The loss is the mean squared error."""\n', "", "test_loss has no docstring"),
        (
            CHECKS,
            '    hint="Hand the Adam that you make to compile, in the argument optimizer.",\n',
            "",
            "test_optimizer has no hint",
        ),
        (CHECKS, "    why=", "    hint='', why=", "cannot be read"),
        (
            CHECKS,
            'why="The squared error suits a forecast of numbers; cross-entropy is for classes.",',
            "",
            "has no why",
        ),
        (CHECKS, "task=1,", "task=3,", "HINTS has no task 3"),
        (CHECKS, "FORECASTER =", "def test_more(): ...\n\n\nFORECASTER =", "test_more is no check; write @check("),
        (CHECKS, "from grader.called", "from grader.cald", "test_0_0.py cannot be read: ModuleNotFoundError"),
        (CHECKS, "PRINTS = [", "PRINTED = [", "test_0_0.py has no PRINTS"),
        (CHECKS, "HINTS =", "CLUES =", "Lesson 0_0 has no hints"),
        (CHECKS, "    2: (", "    3: (", "HINTS has no task 2"),
        (CHECKS, '"A Sequential model is a stack. Each', '# "A', "The hints of lesson 0_0 cannot be read"),
        (
            CHECKS,
            '"A Sequential model is a stack. Each layer comes on top by model.add, the first one first."',
            '" "',
            "a hint for task 1 is empty",
        ),
        # The page, in both languages.
        (PAGE, "## The idea", "## Idea", "README.md has the sections Idea, Tasks, "),
        (KOREAN_PAGE, "## 원리", "## 생각", "README.ko.md has the sections 생각, 할 일, "),
        (PAGE, "2. In `main`", "- In `main`", "exercises/0_0/README.md has no task 2"),
        (KOREAN_PAGE, "2. `main`에서", "- `main`에서", "exercises/0_0/README.ko.md has no task 2"),
        (PAGE, "## What should", "3. More.\n\n## What should", "exercises/0_0/README.ko.md has no task 3"),
        (PAGE, "](lesson_0_0.py)", "](lesson_0_1.py)", "README.md has no link to lesson_0_0.py"),
        (KOREAN_PAGE, "](README.md)", "](../README.md)", "README.ko.md has no link to README.md"),
        (
            KOREAN_PAGE,
            "python exercises/",
            "python ./exercises/",
            "does not show the code that exercises/0_0/README.md",
        ),
        (PAGE, "## Tasks", "```python\nx = 1\n```\n\n## Tasks", "does not show the code"),
        (PAGE, "1. Complete", "1. (4 points) Complete", "task 2 states 0 points; its checks are worth 6"),
        (KOREAN_PAGE, "1. `build", "1. (3점) `build", "README.ko.md: task 1 states 3 points; its checks are worth 4"),
        # The title.
        (PAGE, "# Lesson 0-0: ", "# Lesson 0.0: ", "README.md does not begin with “# Lesson 0-0: …”"),
        (
            PAGE,
            "next value\n",
            "value after\n",
            "has the title “Lesson 0-0: A forecast of the value after”; the checks",
        ),
        (CATALOGUE, 'msgstr "실습 0-0: 다음', 'msgstr "실습 0-0: 그다음', "the checks have “실습 0-0: 그다음"),
        # Korean.
        (
            CATALOGUE,
            'msgstr "손실 함수는 평균 제곱 오차입니다."',
            'msgstr ""',
            "does not translate “The loss is the mean",
        ),
        (
            CATALOGUE,
            'msgid "The loss is the mean',
            '#, fuzzy\nmsgid "The loss is the mean',
            "does not translate “The loss",
        ),
        (CATALOGUE, 'msgid "The loss is the mean squared error."', 'msgid "The loss."', "is said nowhere: “The loss.”"),
        (CATALOGUE, "손실 함수는 평균", "{loss}는 평균", "fills in something else than the sentence"),
        (CATALOGUE, 'msgid "The loss is', 'msgidd "The loss is', "test_0_0.ko.po cannot be read"),
        # The zoo.
        (f"{ZOO}/functional_api.py", "expect: 10/10", "expected: all", "does not state its score: “expect: …/10”"),
        (f"{ZOO}/functional_api.py", "expect: 10/10", "expect: 10/11", "states 10/11; the lesson has 10 points"),
        (f"{ZOO}/functional_api.py", "expect: 10/10", "expect: 11/10", "states 11/10; the lesson has 10 points"),
        (
            f"{ZOO}/units_written_out.py",
            "fails: test_model_sizes",
            "fails: test_sizes",
            "names test_sizes, which is no",
        ),
    ],
)
def test_a_fault_is_found(root: Path, file: str, old: str, new: str, expected: str) -> None:
    change(root / file, old, new)

    assert expected in "\n".join(found())


@pytest.mark.parametrize("file", [PAGE, KOREAN_PAGE, STUB, SOLUTION, CHECKS, CATALOGUE])
def test_a_missing_file_is_found(root: Path, file: str) -> None:
    lesson = lessons()["0_0"]
    (root / file).unlink()

    assert [str(each) for each in audit(lesson)] == [f"{file} is missing."]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("exercises/0_0/notes.txt", "exercises/0_0/notes.txt belongs to no lesson: nothing reads it."),
        ("exercises/0_0/data/series.csv", "exercises/0_0/data belongs to no lesson: nothing reads it."),
        ("solutions/0_0/README.md", "solutions/0_0/README.md belongs to no lesson: nothing reads it."),
        ("tests/lessons/test_0_0.ja.po", "tests/lessons/test_0_0.ja.po belongs to no lesson: nothing reads it."),
        (f"{ZOO}/notes.txt", f"{ZOO}/notes.txt is no submission: nothing reads it."),
    ],
)
def test_a_stray_file_is_found(root: Path, file: str, expected: str) -> None:
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).touch()

    assert found() == [expected]


@pytest.mark.parametrize("file", ["exercises/0_0/__pycache__/x.pyc", "tests/lessons/test_0_0.equivalent.toml"])
def test_what_belongs_there_is_no_stray_file(root: Path, file: str) -> None:
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).touch()

    assert found() == []


def test_a_zoo_needs_right_and_wrong_submissions_and_enough_of_them(root: Path) -> None:
    right = [file for file in (root / ZOO).iterdir() if stated(file).expect == "10/10"]
    for file in right:
        file.unlink()
    assert found() == [f"{ZOO} has 5 submissions; at least 8 make a zoo.", f"{ZOO} has no submission that is right."]

    for file in (root / ZOO).iterdir():
        file.write_text("# expect: 10/10\n", encoding="utf-8")
    assert found() == [f"{ZOO} has 5 submissions; at least 8 make a zoo.", f"{ZOO} has no submission that is wrong."]


@pytest.mark.parametrize(("title", "count"), [("A forecast of the next value", 0), ("A forecast", 1)])
def test_a_lesson_may_stand_in_the_table_of_lessons_with_its_title(root: Path, title: str, count: int) -> None:
    (root / TABLE).write_text(f"| lesson | you learn |\n|---|---|\n| [0_0](0_0/README.md) {title} | something |\n")

    expected = f"{TABLE} calls 0_0 “{title}”; its page has “A forecast of the next value”."
    assert found() == [expected] * count


def test_points_that_are_stated_rightly_are_no_finding(root: Path) -> None:
    change(root / PAGE, "1. Complete", "1. (4 points) Complete")
    change(root / PAGE, "2. In `main`", "2. (6 points) In `main`")

    assert found() == []


def test_a_constructor_need_not_stop_if_a_method_does(root: Path) -> None:
    stub = (root / STUB).read_text(encoding="utf-8")

    (root / STUB).write_text(stub + CLASS_STUB, encoding="utf-8")
    assert not any("does not stop" in each for each in found())

    (root / STUB).write_text(stub + CLASS_STUB.replace('raise NotImplementedError("task 4")', "..."), encoding="utf-8")
    assert [each.split(":")[0] for each in found() if "does not stop" in each] == [
        f"{STUB} does not stop at task 3",
        f"{STUB} does not stop at task 4",
    ]


@pytest.mark.parametrize(
    ("mutant", "reason", "expected"),
    [
        ("fit(batch_size=8 → 7)", "", ["equivalent.toml gives no reason for: fit(batch_size=8 → 7)."]),
        ("fit(batch_size=8 → 77)", SAID, ["equivalent.toml lists a mutant that is not made: fit(batch_size=8 → 77)."]),
        ("fit(batch_size=8 → 7)", "smaller will do", ["ko.po does not translate “smaller will do”."]),
        ("fit(batch_size=8 → 7)", SAID, []),
    ],
)
def test_mutants_that_are_excused_are_there_and_have_a_reason_in_both_languages(
    root: Path, mutant: str, reason: str, expected: list[str]
) -> None:
    entry = f'[[equivalent]]\nmutant = "{mutant}"\nreason = "{reason}"\n'
    (root / "tests/lessons/test_0_0.equivalent.toml").write_text(entry, encoding="utf-8")

    assert sorted(found()) == sorted(f"tests/lessons/test_0_0.{each}" for each in expected)


def test_findings_are_said_in_korean(root: Path) -> None:
    change(root / STUB, "# TODO task 2: make", "# make")
    (finding,) = audit(lessons()["0_0"])

    assert re.search("[가-힣]", language("ko").say(finding))


def test_a_page_is_read() -> None:
    page = "# Title\n\n## One\n\n1. first\n   - more\n2. second\n\n```python\n## no section\n```\n\n## Two\n"

    assert heading(page) == "Title"
    assert list(sections(page)) == ["One", "Two"]
    assert numbered(sections(page)["One"]) == {1: "first\n   - more\n", 2: "second\n\n\n\n"}
    assert [(block.kind, block.line, block.runs) for block in blocks(page)] == [("python", 9, True)]
