"""Mutants: what each operator changes, and that it changes something."""

from __future__ import annotations

import ast

import pytest

from grader.verify.mutants import EVERY_OPERATOR, Mutant, mutants
from grader.verify.source import Source

GIVEN = "# 주어진 줄\n"


def made(*lines: str) -> list[Mutant]:
    """Return the mutants of these lines, all of which a student writes."""
    stub = "\n".join([GIVEN, "# TODO task 3: …", ""])
    return mutants(Source("\n".join([GIVEN, *lines, ""]), stub))


def programs(*lines: str) -> set[str]:
    """Return the mutants' programs, written in one way, so that blanks do not matter."""
    return {ast.unparse(ast.parse(mutant.source)) for mutant in made(*lines)}


MADE = [
    ("numbers", "x = 16", ["x = 17", "x = 15"]),
    ("numbers", "x = 0.001", ["x = 0.01"]),
    ("strings", "x = 'sigmoid'", ["x = 'tanh'", "x = 'linear'"]),
    ("strings", "x = 'loss of its own'", ["x = 'other_loss of its own'"]),
    ("strings", "x = '손실'", ["x = 'other_손실'"]),
    ("booleans", "x = f(a, b=True)", ["x = f(a, b=False)"]),
    ("keywords", "x = f(a, b=1)", ["x = f(a)"]),
    ("keywords", "x = f(b=1, c=d)", ["x = f(c=d)", "x = f(b=1)"]),
    ("exchanged_arguments", "x = f(a, b)", ["x = f(b, a)"]),
    ("neighbours", "x = layers.SimpleRNN(a)", ["x = layers.LSTM(a)", "x = layers.GRU(a)"]),
    ("neighbours", "x = Adam(a)", ["x = SGD(a)", "x = RMSprop(a)"]),
    ("counterparts", "x_train = x_test = a\nf(x_train)", ["x_train = x_test = a\nf(x_test)"]),
    ("counterparts", "X_test = y_test = a\nf(X_test)", ["X_test = y_test = a\nf(y_test)"]),
    ("parameters", "def f(one: int, two: int):\n    return one", ["def f(one: int, two: int):\n    return two"]),
    ("statements", "model.add(a)", ["pass", "model.add(a)\nmodel.add(a)"]),
    ("statements", "x += a", ["pass", "x += a\nx += a"]),
    ("order_of_statements", "m.add(a)\nm.add(b)", ["m.add(b)\nm.add(a)"]),
    ("elements", "x = [a, b]", ["x = [a]", "x = [b]", "x = [b, a]"]),
    ("elements", "x = (a, b)", ["x = (a,)", "x = (b,)", "x = (b, a)"]),
    ("operators", "x = a - b", ["x = a + b", "x = b - a"]),
    ("operators", "x = a @ b", ["x = a * b", "x = b @ a"]),
    ("operators", "x = a < b", ["x = a <= b"]),
    ("operators", "x = a == b", ["x = a != b"]),
    (
        "loops",
        "for a in b:\n    f(a)",
        [f"for a in list(b){part}:\n    f(a)" for part in ("[:-1]", "[1:]", "[::-1]")],
    ),
    ("slices", "x = a[b:c]", ["x = a[b + 1:c]", "x = a[b:c + 1]"]),
    ("negations", "x = -a", ["x = a"]),
    ("negations", "x = not a", ["x = a"]),
    ("wrappers", "x = np.array(a)", ["x = a"]),
]


@pytest.mark.parametrize(("operator", "line", "expected"), MADE, ids=[f"{name}-{line}" for name, line, _ in MADE])
def test_an_operator_makes_its_changes(operator: str, line: str, expected: list[str]) -> None:
    assert {ast.unparse(ast.parse(each)) for each in expected} <= programs(*line.split("\n"))


def test_every_operator_is_tried() -> None:
    assert {operator.__name__ for operator in EVERY_OPERATOR} == {name for name, _, _ in MADE}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("print('loss', 3)", id="what-is-printed"),
        pytest.param("axes.set_title('결과')", id="titles"),
        pytest.param("x = f'{a:.3f} and 3'", id="strings-for-people"),
    ],
)
def test_what_no_task_names_is_left_alone(line: str) -> None:
    written = ast.unparse(ast.parse(line))

    assert programs(line) <= {"pass", f"{written}\n{written}"}


@pytest.mark.parametrize("word", ["name='rnn'", "verbose=2", "color='b'", "label='값'"])
def test_free_keywords_are_left_alone(word: str) -> None:
    assert programs(f"x = f(a, b, {word})") == {
        ast.unparse(ast.parse(each)) for each in (f"x = f(b, a, {word})", "pass")
    }


def test_docstrings_are_left_alone() -> None:
    assert made('"""두 층을 쌓아요."""') == []


MIXED = (
    "def build(units: int, classes: int):",
    '    """모델 — 층 둘."""',
    "    model = Sequential()",
    "    model.add(layers.SimpleRNN(units, return_sequences=True))  # 첫째 층",
    "    model.add(layers.Dense(classes + 1, activation='softmax'))",
    "    for each in range(3):",
    "        값 = [each, -each]",
    "    return model, 값[1:]",
)


def test_no_mutant_is_the_solution() -> None:
    original = ast.dump(ast.parse("\n".join(MIXED)))

    assert all(ast.dump(ast.parse(mutant.source)) != original for mutant in made(*MIXED))


def test_every_mutant_is_another_program() -> None:
    assert len(programs(*MIXED)) == len(made(*MIXED)) > 30


def test_every_mutant_can_be_parsed_and_keeps_the_rest() -> None:
    for mutant in made(*MIXED):
        ast.parse(mutant.source)
        assert mutant.source.startswith(GIVEN)


def test_a_mutant_knows_its_task_and_its_line() -> None:
    stub = "def f():\n    # TODO task 1: …\n\n\ndef g():\n    # TODO task 2: …\n"
    found = mutants(Source("def f():\n    return 1\n\n\ndef g():\n    return 5\n", stub))

    assert {(each.task, each.line) for each in found} == {(1, 2), (2, 6)}
    assert {each.task for each in found if "5 →" in each.what} == {2}


def test_given_lines_are_not_changed() -> None:
    source = Source("UNITS = 3\n\n\ndef f():\n    return 1\n", "UNITS = 3\n\n\ndef f():\n    # TODO task 1: …\n")

    assert all(mutant.source.startswith("UNITS = 3\n") for mutant in mutants(source))


def test_a_mutant_can_be_listed_by_its_line_its_function_or_by_itself() -> None:
    one, _ = (each for each in made("def f():", "    x = g(3)") if "3 →" in each.what)

    assert one.keys == ("x = g(3): g(3 → 4)", "f: g(3 → 4)", "g(3 → 4)")


def test_a_variable_is_named_with_what_is_read_of_it() -> None:
    names = {each.what for each in made("def f(X: T, Y: T):", "    return X.shape, X")}

    assert {"X.shape → Y.shape", "X → Y"} <= names


@pytest.mark.parametrize(
    ("lines", "free"),
    [
        (["a.append(x)", "b.append(y)"], True),
        (["a.append(x)", "b.append(a[-1])"], False),
        (["a.append(b)", "b.append(y)"], False),
        (["a.append(x)", "a.append(y)"], False),
        (["a.append(x)", "b.pop(y)"], False),
    ],
)
def test_two_lists_may_be_appended_to_in_any_order(lines: list[str], free: bool) -> None:
    (exchanged,) = (each for each in made(*lines) if each.what.startswith("exchanged:"))

    assert (exchanged.equivalent is not None) is free


def test_a_seed_that_is_given_may_be_left_out_and_one_that_a_task_asks_for_may_not() -> None:
    seed, written = "    set_random_seed(1)", "    return 2"
    given = mutants(Source(f"def f():\n{seed}\n{written}\n", f"def f():\n{seed}\n    # TODO task 1: …\n"))

    assert [each.equivalent is None for each in given if "left out: set" in each.what] == [False]
    assert [each.equivalent for each in made("def f():", seed, written) if "left out: set" in each.what] == [None]


@pytest.mark.parametrize(
    ("head", "free"),
    [
        ("def call(self, x, training=None):", True),
        ("def call(self, x, *, training=None):", True),
        ("def call(self, x):", False),
        ("def read(self, x, training=None):", False),
    ],
)
def test_keras_hands_the_flag_on_only_in_a_call_that_has_it(head: str, free: bool) -> None:
    lines = (head, "    return self.rnn(x, training=training) + f(x, training=training)")

    left_out = {each.what: each.equivalent is not None for each in made(*lines) if "=training left out" in each.what}
    assert left_out == {"rnn(training=training left out)": free, "f(training=training left out)": False}


def test_masks_may_be_reset_in_any_order() -> None:
    (exchanged,) = (
        each
        for each in made("self.a.reset_dropout_mask()", "self.b.reset_dropout_mask()")
        if each.what.startswith("exchanged:")
    )

    assert exchanged.equivalent is not None


def test_what_stands_on_several_lines_is_named_on_one() -> None:
    assert "Sequential( [ a, b ] ) → [ a, b ]" in {
        each.what for each in made("x = Sequential(", "    [", "        a,", "        b", "    ]", ")")
    }
