"""Equivalents: each is another program, none computes anything else."""

from __future__ import annotations

import ast
import json
from typing import Any

import nbformat
import numpy as np
import pytest

from grader.kit import lessons
from grader.notebook import cells_of
from grader.verify.equivalents import EVERY_REWRITING, TOGETHER, Equivalent, equivalents, groups
from grader.verify.source import Source

NUMBERS = '''\
"""수업: 계산."""

import numpy as np


def gate(x, h, W, U):
    """Return a gate — 문."""
    return np.tanh(x @ W + h @ U)


def outer(h, steps):
    total = np.zeros((3, 3))
    for t in range(steps):
        total += np.outer(h, h) * t
    for t in reversed(range(steps)):
        total += h * t
    return total


def windows(values, size):
    X, y = [], []
    for i in range(len(values) - size):
        X.append(values[i : i + size])
        y.append(values[i + size])
    X, y = np.array(X), np.array(y)
    return X, y


def squares(values):
    return [value**2 for value in values if value > 1]


def table(values):
    found = {value: value + 1 for value in values}
    return found


def shape(batch, steps, all_steps):
    if all_steps:
        return batch, steps
    return (batch,)


def pick(values, first):
    one = 2
    two = 3
    chosen = values[0] if first else values[-1]
    return np.concatenate([[chosen], np.mean(np.vstack([values, values]), axis=0)]), one + two


def main(x=0.5):
    h = np.arange(3.0)
    matrix = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0], [1.0, 1.0, 2.0]])
    results = [gate(h, h, matrix, matrix), outer(h, 4), windows(list(h), 2)[0], windows(list(h), steps)[1]]
    results += [squares([1, 2, 3]), table([1, 2]), shape(2, 5, True), shape(2, 5, all_steps=False), pick(h, True)[0]]
    return results


steps = 2

if __name__ == "__main__":
    main()
'''
MODELS = """\
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers


def build(units: int) -> Sequential:
    model = Sequential()
    model.add(layers.Input((4, 1)))
    model.add(layers.SimpleRNN(units))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def main() -> None:
    build(3).compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])


if __name__ == "__main__":
    main()
"""


def rewritten(text: str) -> dict[str, Equivalent]:
    return {each.what: each for each in equivalents(Source(text, ""))}


def plain(equivalent: Equivalent) -> str:
    """Return a program as Python reads it: of a notebook the code, without magics and fences."""
    text = equivalent.source
    if equivalent.notebook:
        text = "\n".join(code for _, code in cells_of(text))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(("%", "!", "```")))


def solution(name: str) -> Source:
    return Source(lessons()[name].solution.read_text(encoding="utf-8"), "")


def run(program: str) -> list[Any]:
    names: dict[str, Any] = {"__name__": "lesson"}
    exec(compile(program, "lesson.py", "exec"), names)
    results: list[Any] = names["main"]()
    return results


NUMBERS_REWRITTEN = rewritten(NUMBERS)
NEEDS_MORE = ("clear_session", "a picture more", "imports that nobody needs")
"""Rewritings that call TensorFlow, Matplotlib or scikit-learn, which tests here do not import."""


@pytest.mark.parametrize("what", [each for each in NUMBERS_REWRITTEN if not any(word in each for word in NEEDS_MORE)])
def test_a_rewritten_program_computes_the_same(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    for found, expected in zip(run(plain(NUMBERS_REWRITTEN[what])), run(NUMBERS), strict=True):
        if isinstance(expected, dict):
            assert found == expected
        else:
            np.testing.assert_allclose(found, expected)


def test_many_kinds_apply_to_a_small_program() -> None:
    assert len(NUMBERS_REWRITTEN) > 50


@pytest.mark.parametrize("text", [NUMBERS, MODELS], ids=["numbers", "models"])
def test_each_is_another_program(text: str) -> None:
    sources = [each.source for each in equivalents(Source(text, ""))]

    assert text not in sources
    assert len(sources) == len(set(sources))


@pytest.mark.parametrize("text", [NUMBERS, MODELS], ids=["numbers", "models"])
def test_each_is_a_program(text: str) -> None:
    for each in equivalents(Source(text, "")):
        ast.parse(plain(each))


def test_names_say_one_thing_each() -> None:
    for text in (NUMBERS, MODELS):
        names = [each.what for each in equivalents(Source(text, ""))]
        assert len(names) == len(set(names))


def test_the_same_solution_gives_the_same_programs() -> None:
    assert equivalents(Source(MODELS, "")) == equivalents(Source(MODELS, ""))


def test_what_does_not_apply_is_not_made() -> None:
    whats = set(rewritten("def main():\n    return 1\n"))

    assert not whats & {
        "functional",
        "np.dot",
        "Sequential of a list",
        "optimizer 'adam'",
        "acc for accuracy, everywhere",
    }


def test_a_program_of_one_line_can_be_rewritten() -> None:
    assert {"CRLF", "no newline at the end", "a notebook of one cell"} <= set(rewritten("x = 1\n"))


def test_top_level_statements_that_do_not_change_keep_their_text() -> None:
    text = MODELS.replace("def main", "# 주어진 함수\ndef main")

    assert "# 주어진 함수\ndef main() -> None:\n    build(3)" in rewritten(text)["functional"].source


def test_imports_come_once_and_after_the_docstring() -> None:
    text = f'"""제목."""\n\n{MODELS}'
    program = rewritten(text)["tf.nn.…"].source

    assert program.count("import tensorflow as tf") == 1
    assert program.startswith('"""제목."""\n')


def test_imports_come_after_those_from_the_future() -> None:
    program = rewritten(f"from __future__ import annotations\n\n{MODELS}")["keras.layers.…"].source

    assert program.startswith("from __future__ import annotations\nimport keras\n")


def test_line_ends_are_in_the_source() -> None:
    made = rewritten(MODELS)

    assert made["CRLF"].source == MODELS.replace("\n", "\r\n")
    assert made["no newline at the end"].source == MODELS.removesuffix("\n")
    assert "\n\tmodel = Sequential()\n" in made["tabs"].source


def test_notebooks_are_notebooks() -> None:
    books = [each for each in equivalents(Source(MODELS, "")) if each.notebook]

    assert len(books) >= 3
    for book in books:
        nbformat.validate(nbformat.reads(book.source, as_version=4))


def test_a_notebook_has_a_cell_for_each_statement_a_magic_and_korean_text() -> None:
    book = json.loads(rewritten(MODELS)["a notebook, cell by cell"].source)
    code = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]

    assert code[0].startswith("%matplotlib inline")
    assert code[1:3] == ["import tensorflow as tf", "from tensorflow.keras import Model, Sequential, layers"]
    assert code[3].startswith("def build(")
    assert "풀이" in "".join(book["cells"][0]["source"])


def test_every_rewriting_says_what_it_does() -> None:
    assert all(rewriting.__doc__ for rewriting in EVERY_REWRITING)
    assert len(set(EVERY_REWRITING)) == len(EVERY_REWRITING)


def test_every_rewriting_applies_to_some_lesson() -> None:
    solutions = [solution(name) for name in lessons()]

    for rewriting in EVERY_REWRITING:
        assert any(program != source.text for source in solutions for _, program in rewriting(source)), rewriting


@pytest.mark.parametrize("name", lessons())
def test_every_solution_can_be_written_in_thirty_ways(name: str) -> None:
    made = equivalents(solution(name))

    assert len(made) >= 30
    assert len({each.what for each in made}) == len(made)
    for each in made:
        ast.parse(plain(each))


def test_every_rewriting_stands_in_one_group_and_is_not_undone_there() -> None:
    source = Source(NUMBERS, "")
    made = equivalents(source)

    together = groups(source, made)

    assert sorted(each.what for group in together for each in group.members) == sorted(each.what for each in made)
    assert any(len(group.members) == TOGETHER for group in together)
    for group in together:
        if len(group.members) > 1:
            assert group.source not in {source.text, *(each.source for each in group.members)}


def test_a_notebook_stands_alone() -> None:
    source = Source(NUMBERS, "")

    alone = [group for group in groups(source, equivalents(source)) if any(each.notebook for each in group.members)]

    assert alone
    assert all(len(group.members) == 1 for group in alone)


def test_rewritings_that_break_each_other_are_kept_apart() -> None:
    source = Source(NUMBERS, "")

    for group in groups(source, equivalents(source)):
        if is_python(group.members[-1].source):
            assert is_python(group.source) or not all(is_python(each.source) for each in group.members)


def is_python(program: str) -> bool:
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True
