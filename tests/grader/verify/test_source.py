"""A solution beside its stub: whose lines are whose, and edits of the text."""

from __future__ import annotations

import ast

import pytest

from grader.verify.source import Source, ancestors, name_of, parent_of

SOLUTION = '''\
"""수업: 층을 쌓아요."""

UNITS = 3  # 은닉 노드


def first(x):
    """더해요 — 하나."""
    y = x + UNITS
    return y


def second(x):
    return x * 2
'''
STUB = '''\
"""수업: 층을 쌓아요."""

UNITS = 3  # 은닉 노드


def first(x):
    """더해요 — 하나."""
    # TODO task 1: add.
    raise NotImplementedError("task 1")


def second(x):
    # TODO task 2: double.
    raise NotImplementedError("task 2")
'''


@pytest.fixture
def source() -> Source:
    return Source(SOLUTION, STUB)


def find(source: Source, kind: type[ast.AST], text: str) -> ast.AST:
    return next(node for node in ast.walk(source.tree) if isinstance(node, kind) and source.segment(node) == text)


def test_lines_belong_to_the_task_that_the_stub_asks_for_in_their_place(source: Source) -> None:
    assert source.tasks == {8: 1, 9: 1, 13: 2}


def test_tasks_without_given_lines_between_them_share_the_lines() -> None:
    stub = "def f(x):\n    # TODO task 1: add.\n    # TODO task 2: double.\n"

    assert Source("def f(x):\n    y = x + 1\n\n    return y * 2\n", stub).tasks == {2: 1, 4: 2}


def test_lines_that_the_stub_lacks_belong_to_the_next_task() -> None:
    stub = "def f(x):\n    given = 1\n    # TODO task 3: add.\n"

    assert Source("def f(x):\n    y = x\n    given = 1\n    return y + given\n", stub).tasks == {2: 3, 4: 3}


def test_a_solution_that_is_its_stub_has_no_lines_to_write() -> None:
    assert Source(SOLUTION, SOLUTION).tasks == {}


def test_lines_that_no_task_asks_for_are_given() -> None:
    assert Source("x = 1\ny = 2\n", "x = 1\n").tasks == {}


def test_tasks_of_two_digits() -> None:
    assert Source("x = 1\n", "# TODO task 12\n").tasks == {1: 12}


def test_nodes_are_those_of_the_student_in_the_order_of_the_text(source: Source) -> None:
    nodes = list(source.nodes())

    assert {node.lineno for node in nodes} == {8, 9, 13}  # type: ignore[attr-defined]
    places = [(node.lineno, node.col_offset) for node in nodes]  # type: ignore[attr-defined]
    assert places == sorted(places)


def test_segments_are_cut_behind_letters_of_several_bytes(source: Source) -> None:
    assert source.segment(find(source, ast.BinOp, "x + UNITS")) == "x + UNITS"


def test_segments_may_hold_letters_of_several_bytes() -> None:
    source = Source('값 = "가나" + "다"  # 더하기\n', "")

    assert source.segment(find(source, ast.Constant, '"다"')) == '"다"'


def test_a_segment_may_go_over_several_lines() -> None:
    source = Source("f(\n    '가',\n    x,\n)\n", "")

    assert source.segment(source.tree.body[0]) == "f(\n    '가',\n    x,\n)"


def test_an_edit_replaces_a_node_and_nothing_else(source: Source) -> None:
    span = source.span(find(source, ast.BinOp, "x + UNITS"))

    assert source.replaced((span, "x − '하나'")) == SOLUTION.replace("x + UNITS", "x − '하나'")


def test_edits_may_come_in_any_order(source: Source) -> None:
    sum_of = source.span(find(source, ast.BinOp, "x + UNITS"))
    product = source.span(find(source, ast.BinOp, "x * 2"))
    expected = SOLUTION.replace("x + UNITS", "더하기(x, 3)").replace("x * 2", "x")

    assert source.replaced((product, "x"), (sum_of, "더하기(x, 3)")) == expected
    assert source.replaced((sum_of, "더하기(x, 3)"), (product, "x")) == expected


def test_no_edit_changes_nothing(source: Source) -> None:
    assert source.replaced() == SOLUTION


def test_nodes_know_what_holds_them(source: Source) -> None:
    name = find(source, ast.Name, "UNITS")

    assert [type(each) for each in ancestors(find(source, ast.BinOp, "x * 2"))] == [
        ast.Return,
        ast.FunctionDef,
        ast.Module,
    ]
    assert isinstance(parent_of(name), ast.Assign)
    assert parent_of(source.tree) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("layers.Dense", "Dense"), ("tf.keras.layers.Dense", "Dense"), ("Dense", "Dense"), ("f()", ""), ("3", "")],
)
def test_the_name_of_what_is_called(text: str, name: str) -> None:
    assert name_of(ast.parse(text, mode="eval").body) == name
