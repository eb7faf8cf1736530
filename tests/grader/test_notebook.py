"""Notebooks as source: cells, magics, and what is no notebook at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook import MAX_CELLS, BadNotebook, cells_of, transformed

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW, a_notebook, code_cell, markdown_cell
else:
    from tests.grader.factories import LAW, a_notebook, code_cell, markdown_cell


def test_code_cells_come_in_order() -> None:
    content = a_notebook(code_cell("x = 1"), code_cell("y = 2"))

    assert list(cells_of(content)) == [(1, "x = 1"), (2, "y = 2")]


def test_only_code_cells_are_numbered() -> None:
    content = a_notebook(markdown_cell("# Task 1"), code_cell("x = 1"), markdown_cell("# Task 2"), code_cell("y = 2"))

    assert list(cells_of(content)) == [(1, "x = 1"), (2, "y = 2")]


def test_source_may_be_a_list_of_lines() -> None:
    content = a_notebook(code_cell(["x = 1\n", "y = 2"]))

    assert list(cells_of(content)) == [(1, "x = 1\ny = 2")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(a_notebook(), id="no-cell"),
        pytest.param(a_notebook(markdown_cell("x = 1")), id="text-only"),
        pytest.param(a_notebook(code_cell(""), code_cell(" \n\t")), id="empty-code-only"),
    ],
)
def test_a_notebook_without_code_has_no_cells(content: str) -> None:
    assert list(cells_of(content)) == []


def test_no_more_cells_are_read_than_a_person_writes() -> None:
    content = a_notebook(*[code_cell("x = 1")] * (MAX_CELLS + 500))

    assert len(list(cells_of(content))) == MAX_CELLS


def test_format_3_is_read() -> None:
    cell = {"cell_type": "code", "language": "python", "input": ["x = 1\n", "y = 2"], "outputs": [], "metadata": {}}
    content = json.dumps(
        {
            "nbformat": 3,
            "nbformat_minor": 0,
            "metadata": {"name": ""},
            "worksheets": [{"cells": [cell], "metadata": {}}],
        }
    )

    assert list(cells_of(content)) == [(1, "x = 1\ny = 2")]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([code_cell("x = 1")], id="no-id"),
        pytest.param([code_cell("x = 1", id="a"), code_cell("y = 2", id="a")], id="same-id-twice"),
        pytest.param([code_cell("x = 1", id="a b")], id="bad-id"),
    ],
)
def test_cells_of_format_4_5_need_no_good_id(cells: list[dict[str, object]]) -> None:
    assert next(cells_of(a_notebook(*cells, minor=5))) == (1, "x = 1")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"id": "8d1f"}, id="colab-id"),
        pytest.param({"outputs": [{"output_type": "stream", "text": 5}]}, id="broken-output"),
        pytest.param({"collapsed": True}, id="unknown-field"),
    ],
)
def test_a_slightly_wrong_notebook_is_read_all_the_same(changes: dict[str, object]) -> None:
    assert list(cells_of(a_notebook(code_cell("x = 1", **changes)))) == [(1, "x = 1")]


@pytest.mark.parametrize("content", ["", " ", "\n\n", "\t"], ids=repr)
def test_an_empty_file_is_said_to_be_empty(content: str) -> None:
    with pytest.raises(BadNotebook, match="The file is empty"):
        list(cells_of(content))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("import keras", id="python"),
        pytest.param('{"nbformat": 4, "cells": [', id="cut-off"),
        pytest.param("{'nbformat': 4}", id="python-dictionary"),
        pytest.param("<html></html>", id="html"),
        pytest.param('{"nbformat": ' + "9" * 5000 + "}", id="endless-number"),
    ],
)
def test_what_is_not_json_is_said_to_be_none(content: str) -> None:
    with pytest.raises(BadNotebook, match="not JSON"):
        list(cells_of(content))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("[]", id="list"),
        pytest.param("5", id="number"),
        pytest.param("null", id="null"),
        pytest.param("{}", id="empty-object"),
        pytest.param('{"nbformat": "4"}', id="format-as-text"),
        pytest.param('{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', id="format-of-the-future"),
        pytest.param('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}}', id="cells-missing"),
        pytest.param('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": 5}', id="cells-a-number"),
        pytest.param('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [5]}', id="cell-a-number"),
        pytest.param('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{}]}', id="cell-without-type"),
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_json_that_is_no_notebook_cannot_be_read(content: str) -> None:
    with pytest.raises(BadNotebook, match="cannot be read"):
        list(cells_of(content))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("%matplotlib inline", "get_ipython().run_line_magic('matplotlib', 'inline')\n", id="magic"),
        pytest.param("!pip install keras", "get_ipython().system('pip install keras')\n", id="shell"),
        pytest.param("files = !ls", "files = get_ipython().getoutput('ls')\n", id="assigned-shell"),
        pytest.param("took = %timeit x", "took = get_ipython().run_line_magic('timeit', 'x')\n", id="assigned-magic"),
        pytest.param("%%time\nx = 1", "get_ipython().run_cell_magic('time', '', 'x = 1\\n')\n", id="cell-magic"),
        pytest.param("Dense?", "get_ipython().run_line_magic('pinfo', 'Dense')\n", id="help"),
        pytest.param("!!ls", "get_ipython().getoutput('ls')\n", id="shell-twice"),
    ],
)
def test_magics_and_shell_lines_become_calls(source: str, expected: str) -> None:
    assert transformed(source) == expected


def test_a_magic_in_a_block_keeps_its_place() -> None:
    assert transformed("if fast:\n    %time x = 1\ny = 2\n") == (
        "if fast:\n    get_ipython().run_line_magic('time', 'x = 1')\ny = 2\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = 1", id="plain"),
        pytest.param("x = 1\n\n\ny = 2", id="no-final-newline"),
        pytest.param('words = """\n%time x\n!ls\n"""\n', id="in-a-string"),
        pytest.param("'''\n%matplotlib inline\n'''\nx = 1\n", id="in-a-docstring"),
        pytest.param("rest = (10\n        % 3)\n", id="modulo-on-a-line-of-its-own"),
        pytest.param("rest = 10 \\\n    % 3\n", id="modulo-after-a-backslash"),
        pytest.param("print('%d'\n      % 3)\n", id="old-formatting"),
        pytest.param("# really?\nx = 1\n", id="question-in-a-comment"),
        pytest.param("same = a != b\n", id="not-equal"),
    ],
)
def test_plain_python_stays_as_it_is(source: str) -> None:
    assert transformed(source) == source


def test_source_that_is_not_python_stays_as_it_is() -> None:
    assert transformed("def f(:\n    %time\n") == "def f(:\n    %time\n"


def test_a_magic_beside_a_string_with_one_leaves_the_string_alone() -> None:
    assert transformed('%time x\nwords = """\n%time y\n"""\n') == (
        'get_ipython().run_line_magic(\'time\', \'x\')\nwords = """\n%time y\n"""\n'
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("\n\n%matplotlib inline\nx = 1\n", id="magic"),
        pytest.param("\n# right?\nx = 1\n", id="question-in-a-comment"),
        pytest.param("\nrest = (10\n        % 3)\n", id="modulo-on-a-line-of-its-own"),
        pytest.param(
            "  \n\n%matplotlib inline\nx = 1\n",
            id="after-a-line-of-blanks",
        ),
    ],
)
def test_lines_keep_their_numbers(source: str) -> None:
    assert len(transformed(source).splitlines()) == len(source.splitlines())


@LAW
@given(st.text(st.sampled_from("%!?=x1 \n\t'\"()[]{}:#\\가"), max_size=30))
def test_any_source_can_be_transformed(source: str) -> None:
    assert isinstance(transformed(source), str)


KEYS = st.sampled_from(["nbformat", "nbformat_minor", "metadata", "cells", "cell_type", "source"])
SOME_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=10,
)


@LAW
@given(SOME_JSON)
def test_any_json_is_a_notebook_or_a_bad_one(thing: object) -> None:
    try:
        cells = list(cells_of(json.dumps(thing)))
    except BadNotebook as bad:
        cells, reason = [], str(bad.reason)
    else:
        reason = "no code"

    assert cells == []
    assert reason
