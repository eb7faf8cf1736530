"""Any file at all, handed in as a notebook: its code is read, or one sentence says why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kit import lessons
from grader.notebook import BadNotebook, cells_of
from grader.submission import Kind, Submission, submission_of

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_notebook, code_cell, markdown_cell
    from fuzzing import ODD, chances, damaged_bytes, damaged_notebook
else:
    from tests.grader.factories import LAW, a_notebook, code_cell, markdown_cell
    from tests.grader.fuzzing import ODD, chances, damaged_bytes, damaged_notebook

REAL = [file for lesson in lessons().values() for file in sorted(lesson.zoo.glob("*.ipynb"))]
NAMES = (
    *("cells", "cell_type", "source", "metadata", "outputs", "nbformat", "nbformat_minor", "worksheets", "input"),
    *("language", "prompt_number", "output_type", "text", "data", "id", "attachments", "orig_nbformat"),
)
JSON = st.recursive(
    st.sampled_from([each for each in ODD if not isinstance(each, list | dict)])
    | st.sampled_from(["code", "markdown", "raw", "x = 1", "%matplotlib inline", "!pip install x"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)


def read(raw: bytes) -> Submission:
    """Read a notebook; it is source, or has a problem, and never both or neither."""
    submission = submission_of("x.ipynb", raw)

    assert submission.kind is Kind.NOTEBOOK
    assert bool(submission.cells) != bool(submission.problem)
    assert all(isinstance(cell.source, str) and cell.source.strip() for cell in submission.cells)
    return submission


@LAW
@given(st.binary(max_size=300))
def test_arbitrary_bytes(raw: bytes) -> None:
    read(raw)


@LAW
@given(JSON)
def test_arbitrary_json(content: Any) -> None:
    read(json.dumps(content).encode())


@LAW
@given(
    st.integers(1, 5),
    st.integers(0, 6),
    st.lists(st.builds(code_cell, JSON) | st.builds(markdown_cell, st.text(max_size=5)) | JSON, max_size=4),
)
def test_cells_of_any_kind(major: int, minor: int, cells: list[Any]) -> None:
    notebook = json.loads(a_notebook()) | {"nbformat": major, "nbformat_minor": minor, "cells": cells}

    read(json.dumps(notebook).encode())


@LAW
@given(st.text(max_size=60))
def test_source_of_any_characters_is_source(source: str) -> None:
    content = a_notebook(code_cell(source), code_cell("x = 1"))

    cells = dict(cells_of(content))

    assert list(cells.values())[-1] == "x = 1"
    read(content.encode())


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
@pytest.mark.parametrize("head", ["[", '{"cells":', '{"metadata": {"a":', '{"nbformat": 4, "cells": [{"source": ['])
def test_nesting_without_end(head: str, depth: int) -> None:
    assert read((head * depth).encode()).problem is not None


def test_damaged_notebooks_of_the_zoo() -> None:
    assert REAL
    for number, chance in enumerate(chances(1, 200)):
        content = REAL[number % len(REAL)].read_text("utf-8")
        read(damaged_notebook(content, chance).encode("utf-8", "surrogatepass"))
        read(damaged_bytes(content.encode(), chance))


@pytest.mark.slow
def test_many_damaged_notebooks_of_the_zoo() -> None:
    for number, chance in enumerate(chances(2, 5_000)):
        content = REAL[number % len(REAL)].read_text("utf-8")
        read(damaged_notebook(content, chance).encode("utf-8", "surrogatepass"))


@LAW
@given(st.sampled_from(REAL), st.integers(0, 10**6))
def test_truncated_notebooks_are_no_notebooks(file: Any, end: int) -> None:
    raw = file.read_bytes().rstrip()

    submission = read(raw[: end % len(raw)])

    assert submission.problem is not None


def test_a_damaged_notebook_is_refused_by_name() -> None:
    """Of all exceptions, only ours comes out of the reader."""
    for chance in chances(3, 100):
        content = damaged_notebook(REAL[0].read_text("utf-8"), chance)
        try:
            cells = list(cells_of(content))
        except BadNotebook:
            continue
        assert all(isinstance(source, str) for _, source in cells)
