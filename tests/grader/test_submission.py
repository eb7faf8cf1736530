"""Intake: every way in which a path or a file can be wrong."""

from __future__ import annotations

import codecs
import errno
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.submission import MAX_BYTES, Cell, Kind, Submission, find_file, lessons_named_by, read_submission
from grader.text import literal, text

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_notebook, code_cell, markdown_cell
else:
    from tests.grader.factories import LAW, a_notebook, code_cell, markdown_cell

KOREAN = "# 순환 신경망\nx = 1\n"


def problem_of(submission: Submission) -> str:
    """Return what is wrong with a submission, and check that nothing of it would be run."""
    assert submission.cells == ()
    assert submission.problem is not None
    return str(submission.problem)


def source_of(submission: Submission) -> str:
    """Return the one piece of source of a submission with which nothing is wrong."""
    assert submission.problem is None
    (cell,) = submission.cells
    return cell.source


# Which file a path means.


@pytest.mark.parametrize("name", ["lesson_4_2.py", "lesson_4_2.ipynb", "LESSON.PY", "a.IPYNB", "과제 4-2.py", ".py.py"])
def test_a_path_of_a_file_means_that_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()

    assert find_file(tmp_path / name) == tmp_path / name


@pytest.mark.parametrize("name", ["lesson_4_2.py", "lesson_4_2.ipynb", "LESSON.PY"])
def test_a_folder_means_the_one_submission_in_it(tmp_path: Path, name: str) -> None:
    for other in (name, "README.md", "data.csv", "__init__.py", ".hidden.py", "model.h5"):
        (tmp_path / other).touch()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "old.py").mkdir()

    assert find_file(tmp_path) == tmp_path / name


@pytest.mark.parametrize("name", ["missing.py", "missing", "missing/lesson.py"])
def test_a_path_that_is_not_there_is_a_wrong_usage(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find_file(tmp_path / name)


def test_a_link_to_nowhere_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "lesson.py").symlink_to(tmp_path / "missing.py")

    with pytest.raises(UsageError, match="does not exist"):
        find_file(tmp_path / "lesson.py")


def test_a_name_that_no_file_can_have_is_a_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find_file(tmp_path / ("x" * 300 + ".py"))


@pytest.mark.parametrize("name", ["lesson.txt", "lesson", "lesson.pyc", "lesson.py.bak", "lesson.html", ".py"])
def test_any_other_kind_of_file_is_a_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()

    with pytest.raises(UsageError, match=r"is no \.py file and no \.ipynb file"):
        find_file(tmp_path / name)


@pytest.mark.parametrize("names", [[], ["README.md"], ["__init__.py"], [".hidden.py"]], ids=str)
def test_a_folder_without_submission_is_a_wrong_usage(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).touch()

    with pytest.raises(UsageError, match=r"There is no \.py file and no \.ipynb file in"):
        find_file(tmp_path)


@pytest.mark.parametrize("names", [["a.ipynb", "a.py"], ["a.py", "b.py"]], ids=str)
def test_a_folder_with_several_submissions_names_them(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).touch()

    with pytest.raises(UsageError, match=rf"holds several files \({', '.join(names)}\)"):
        find_file(tmp_path)


def test_a_folder_is_no_submission_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.py").mkdir()

    with pytest.raises(UsageError, match=r"There is no \.py file"):
        find_file(tmp_path / "x.py")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("4_2", ["4_2"]),
        ("lesson_4-2", ["4_2"]),
        ("5_2_cell", ["5_2_cell"]),
        ("homework_2_4_1", ["2_4", "4_1"]),
        ("2026_11_21", []),
        ("answer", []),
    ],
)
def test_lessons_are_read_off_a_name(name: str, expected: list[str]) -> None:
    assert lessons_named_by(name) == expected


# What the file says.


def test_a_script_is_one_piece_of_source(tmp_path: Path) -> None:
    file = tmp_path / "lesson_4_2.py"
    file.write_bytes(b"x = 1\n")

    submission = read_submission(file)

    assert submission == Submission(
        name="lesson_4_2.py",
        kind=Kind.SCRIPT,
        cells=(Cell("lesson_4_2.py", literal("lesson_4_2.py"), "x = 1\n", shown="x = 1\n"),),
        digest=hashlib.sha256(b"x = 1\n").hexdigest(),
    )


def test_a_notebook_is_a_piece_of_source_for_each_code_cell(tmp_path: Path) -> None:
    file = tmp_path / "lesson_4_2.ipynb"
    file.write_text(a_notebook(markdown_cell("# 4_2"), code_cell("x = 1"), code_cell("!ls")))

    submission = read_submission(file)

    assert submission.kind is Kind.NOTEBOOK
    assert submission.problem is None
    assert submission.cells == (
        Cell("<cell 1>", text("cell {number}", number=1), "x = 1", shown="x = 1"),
        Cell("<cell 2>", text("cell {number}", number=2), "get_ipython().system('ls')\n", shown="!ls"),
    )


def test_magics_of_an_exported_notebook_are_understood_in_a_script(tmp_path: Path) -> None:
    file = tmp_path / "lesson.py"
    file.write_text("# In[1]:\n\n%matplotlib inline\nx = 1\n")

    assert "get_ipython().run_line_magic('matplotlib', 'inline')" in source_of(read_submission(file))


def test_a_piece_of_source_is_called_what_the_student_calls_it(tmp_path: Path) -> None:
    file = tmp_path / "lesson.ipynb"
    file.write_text(a_notebook(code_cell("x = 1")))

    submission = read_submission(file)

    assert str(submission.place_name("<cell 1>")) == "cell 1"
    assert str(submission.place_name("<string>")) == "<string>"


def test_a_line_is_shown_as_the_student_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "lesson.ipynb"
    file.write_text(a_notebook(code_cell("!ls\nx = 1")))

    submission = read_submission(file)

    cell = submission.cell("<cell 1>")
    assert cell is not None
    assert [cell.line(number) for number in (0, 1, 2, 3)] == [None, "!ls", "x = 1", None]
    assert submission.cell("<cell 2>") is None


CALLS = """
def one(
    a,
):
    # one comment
    x = two(a) + np.sum(a)

# another
    return three (x) + two(x)


def two(a): return four(a)
one(3)
"""


@pytest.mark.parametrize(
    ("function", "called"), [("one", ("one", "two", "sum", "three")), ("two", ("two", "four")), ("three", ())]
)
def test_what_a_function_calls_is_read_off_its_lines(tmp_path: Path, function: str, called: tuple[str, ...]) -> None:
    file = tmp_path / "lesson.py"
    file.write_text(CALLS)

    assert read_submission(file).called_in(function) == called


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(KOREAN.encode(), id="utf-8"),
        pytest.param(KOREAN.encode("utf-8-sig"), id="utf-8-bom"),
        pytest.param(KOREAN.encode("cp949"), id="cp949"),
        pytest.param(codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), id="utf-16-be"),
        pytest.param(KOREAN.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(KOREAN.replace("\n", "\r").encode(), id="cr"),
        pytest.param(KOREAN.replace("\n", "\r\n").encode("cp949"), id="cp949-crlf"),
        pytest.param(codecs.BOM_UTF16_LE + KOREAN.replace("\n", "\r\n").encode("utf-16-le"), id="utf-16-crlf"),
    ],
)
def test_source_is_the_same_in_every_encoding(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "lesson.py"
    file.write_bytes(raw)

    submission = read_submission(file)

    assert source_of(submission) == KOREAN
    assert submission.digest == hashlib.sha256(raw).hexdigest()


def test_a_notebook_may_have_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "lesson.ipynb"
    file.write_bytes(a_notebook(code_cell(KOREAN)).encode("utf-8-sig"))

    assert source_of(read_submission(file)) == KOREAN


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        pytest.param("x.py", b"", "The file is empty", id="empty"),
        pytest.param("x.py", b" \n\t\r\n", "The file is empty", id="blank"),
        pytest.param("x.py", codecs.BOM_UTF8, "The file is empty", id="byte-order-mark-only"),
        pytest.param("x.ipynb", b"", "The file is empty", id="empty-notebook"),
        pytest.param("x.ipynb", a_notebook().encode(), "has no code cell", id="notebook-without-cells"),
        pytest.param("x.ipynb", a_notebook(markdown_cell("x")).encode(), "has no code cell", id="notebook-of-text"),
        pytest.param("x.ipynb", b"import keras\n", "not JSON", id="script-named-ipynb"),
        pytest.param("x.ipynb", b"{}", "cannot be read", id="json-that-is-no-notebook"),
        pytest.param("x.py", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data", id="picture"),
        pytest.param("x.py", b"x = 1\n\0", "binary data", id="null-byte"),
        pytest.param("x.py", "x = 1\n".encode("utf-16-le"), "binary data", id="utf-16-without-mark"),
        pytest.param("x.py", b"x = '\xff\xfe\xfd'\n", "in no encoding that we know", id="no-encoding"),
        pytest.param("x.py", codecs.BOM_UTF16_LE + b"x", "in no encoding that we know", id="half-a-character"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, raw: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(raw)

    submission = read_submission(tmp_path / name)

    assert problem in problem_of(submission)
    assert submission.digest == hashlib.sha256(raw).hexdigest()


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lesson.py"
    file.write_bytes(b"x = 1 #".ljust(MAX_BYTES, b"."))

    assert len(source_of(read_submission(file))) == MAX_BYTES


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lesson.py"
    file.write_bytes(b"x = 1 #".ljust(MAX_BYTES + 1, b"."))

    assert problem_of(read_submission(file)).startswith("The file is larger than 10 MB.")


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "lesson.py"
    with file.open("wb") as stream:
        stream.truncate(2**40)  # a terabyte of nothing, that takes no room on the disk

    assert problem_of(read_submission(file)).startswith("The file is larger than 10 MB.")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("answer = 42\n")
    (tmp_path / "lesson.py").symlink_to(tmp_path / "secret.py")

    submission = read_submission(find_file(tmp_path / "lesson.py"))

    assert "link to somewhere else" in problem_of(submission)
    assert submission.digest == hashlib.sha256(b"").hexdigest()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lesson.py")

    submission = read_submission(find_file(tmp_path / "lesson.py"))

    assert problem_of(submission) == "This is no regular file."


def test_a_folder_is_no_regular_file(tmp_path: Path) -> None:
    (tmp_path / "x.py").mkdir()

    assert problem_of(read_submission(tmp_path / "x.py")) == "This is no regular file."


def test_a_file_that_went_away_cannot_be_opened(tmp_path: Path) -> None:
    assert problem_of(read_submission(tmp_path / "x.py")) == "The file cannot be opened: No such file or directory."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_cannot_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "lesson.py"
    file.touch(mode=0o000)

    assert problem_of(read_submission(file)) == "The file cannot be opened: Permission denied."


def test_a_disk_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lesson.py"
    file.touch()

    def fails(descriptor: int, mode: str) -> io.BytesIO:
        os.close(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdopen", fails)

    assert problem_of(read_submission(file)) == "The file cannot be opened: Input/output error."


def test_a_folder_that_cannot_be_listed_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    with pytest.raises(UsageError, match="cannot be opened: Permission denied"):
        find_file(tmp_path)


def test_a_file_that_changes_is_read_once(tmp_path: Path) -> None:
    """What is graded, its digest and what the report shows are of the same bytes."""
    file = tmp_path / "lesson.py"
    file.write_bytes(b"x = 1\n")
    submission = read_submission(file)

    file.write_bytes(b"x = 2\n")

    assert [cell.source for cell in submission.cells] == ["x = 1\n"]
    assert submission.digest == hashlib.sha256(b"x = 1\n").hexdigest()


@LAW
@given(raw=st.binary(max_size=60), suffix=st.sampled_from([".py", ".ipynb"]))
def test_any_file_is_source_or_says_why_it_is_none(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(raw)

    submission = read_submission(file)

    assert (submission.problem is None) == bool(submission.cells)
