"""Bad input from path to report: a fair score, one clear sentence, never a traceback of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.kit import ROOT, lessons
from grader.language import ENGLISH
from grader.pipeline import Options, grade, modules_to_preload, take_in
from grader.renderers.json import document
from grader.renderers.terminal import Terminal
from grader.report import Outcome, Report
from grader.workers import Mode, Workers, open_workers

Grade = Callable[..., Report]

IMPORTS = "from tensorflow.keras import Model, Sequential, layers\n"
MODEL_1 = """\
def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])
"""
MODEL_2 = """\
def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, "softmax")])
"""
RIGHT = IMPORTS + MODEL_1 + MODEL_2

NOTHING = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\n\t\n", "The file is empty."),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary data"),
    "no_encoding": (b"# caf\xe9 \xff\nx = 1\n", "in no encoding that we know"),
    "too_large": (b"#" * (50 * 2**20), "larger than 10 MB"),
    "syntax_error": (b"def build_model1(:\n    pass\n", "line 1, column 18"),
    "tabs_and_blanks": (b"def f():\n\tx = 1\n        y = 2\n", "inconsistent use of tabs"),
    "python_2": (b"print 'hello'\n", "In Python 3 print is a function"),
    "deep_nesting": (b"x = " + b"(" * 5000 + b")" * 5000, "too many nested parentheses"),
    "input": (b"n = input('how many?')\n", "in place of input()"),
    "exit_first": (b"import sys\nsys.exit(0)\n", "take it out"),
    "os_exit": (b"import os\nos._exit(0)\n", "ended the Python process (exit status 0)"),
    "missing_package": (b"import no_such_package\n", "not part of this course's environment"),
    "loop_at_import": (IMPORTS.encode() + b"while True: pass\n", "did not finish within 1 s"),
}

HALF = {
    "missing_function": (IMPORTS + MODEL_1, "defines no build_model2"),
    "misspelt": (IMPORTS + MODEL_1 + MODEL_2.replace("build_model2", "build_modell2"), "did you mean build_model2?"),
    "value": (IMPORTS + MODEL_1 + "build_model2 = 5\n", "build_model2 is a value"),
    "other_parameters": (IMPORTS + MODEL_1 + MODEL_2.replace("()", "(size)", 1), "Keep the parameters of build_model2"),
    "none": (IMPORTS + MODEL_1 + "def build_model2():\n    model = Sequential()\n", "build_model2 returned None"),
    "layer": (IMPORTS + MODEL_1 + "def build_model2():\n    return layers.Dense(2)\n", "returned the layer Dense"),
    "list": (IMPORTS + MODEL_1 + "def build_model2():\n    return [layers.Dense(2)]\n", "returned a list"),
    "class": (IMPORTS + MODEL_1 + "def build_model2():\n    return Sequential\n", "returned the class Sequential"),
    "number": (IMPORTS + MODEL_1 + "def build_model2():\n    return 5\n", "returned a value of type int"),
    "exception": (IMPORTS + MODEL_1 + "def build_model2():\n    return 1 / 0\n", "ZeroDivisionError: division by zero"),
    "recursion": (IMPORTS + MODEL_1 + "def build_model2():\n    return build_model2()\n", "calls itself without end"),
    "input_inside": (IMPORTS + MODEL_1 + "def build_model2():\n    return input()\n", "in place of input()"),
    "loop_inside": (IMPORTS + MODEL_1 + "def build_model2():\n    while True: pass\n", "did not finish within 1 s"),
    "exit_inside": (IMPORTS + MODEL_1 + "def build_model2():\n    exit()\n", "take it out"),
    "os_exit_inside": (
        IMPORTS + MODEL_1 + "def build_model2():\n    import os; os._exit(0)\n",
        "ended the Python process",
    ),
    "crash_inside": (
        IMPORTS + MODEL_1 + "def build_model2():\n    import ctypes; ctypes.string_at(0)\n",
        "crashed (SIGSEGV)",
    ),
    "empty_model": (IMPORTS + MODEL_1 + "def build_model2():\n    return Sequential()\n", "no layers yet"),
}

WHOLE = {
    "byte_order_mark": b"\xef\xbb\xbf" + RIGHT.encode(),
    "windows_line_ends": RIGHT.replace("\n", "\r\n").encode(),
    "no_final_newline": RIGHT.strip().encode(),
    "cp949": ("# 첫 번째 모델\n" + RIGHT).encode("cp949"),
    "utf_16": RIGHT.encode("utf-16"),
    "tabs": RIGHT.replace("    ", "\t").encode(),
    "exit_at_the_end": (RIGHT + "import sys\nsys.exit(3)\n").encode(),
    "crash_at_the_end": (RIGHT + "plot(history)\n").encode(),
    "input_at_the_end": (RIGHT + "input()\n").encode(),
}


def report_words(report: Report) -> str:
    return json.dumps(document(report, ENGLISH), ensure_ascii=False)


SCHEMA = json.loads((ROOT / "grader" / "renderers" / "report.schema.json").read_text(encoding="utf-8"))


def assert_truthful(report: Report) -> None:
    jsonschema.validate(document(report, ENGLISH), SCHEMA)
    assert len(report.checks) == 6
    assert all(check.outcome is not Outcome.ERROR for check in report.checks)
    assert "Traceback" not in report_words(report)
    assert "kit_worker" not in report_words(report)
    assert Terminal(80).render(report, ENGLISH)


@pytest.mark.parametrize(("content", "sentence"), NOTHING.values(), ids=NOTHING)
def test_what_cannot_be_run_scores_nothing(content: bytes, sentence: str, grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_bytes(content)

    report = grade_path(file, lesson="4_1", timeout_s=1)

    assert_truthful(report)
    assert report.score == 0
    assert report.exit_code == 1
    assert report.problem is not None
    assert sentence in report_words(report)


@pytest.mark.parametrize(("source", "sentence"), HALF.values(), ids=HALF)
def test_one_broken_function_costs_its_task_only(source: str, sentence: str, grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_text(source)

    report = grade_path(file, lesson="4_1", timeout_s=1)

    assert_truthful(report)
    assert {check.task: 0 for check in report.checks if not check.earned} == {2: 0}
    assert report.score == 4
    assert sentence in report_words(report)


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_odd_files_and_late_crashes_cost_nothing(content: bytes, grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_bytes(content)

    report = grade_path(file, lesson="4_1")

    assert_truthful(report)
    assert report.score == report.max_score


def notebook(*cells: str, kind: str = "code") -> str:
    made: list[dict[str, Any]] = [
        {"cell_type": kind, "metadata": {}, "source": source}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for source in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made})


def test_notebook_goes_on_after_a_broken_cell_and_names_it(grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.ipynb"
    file.write_text(
        notebook("%matplotlib inline\n" + IMPORTS, "plot(", "%%time\n" + MODEL_1, "%time x = 1\n" + MODEL_2)
    )

    report = grade_path(file, lesson="4_1")

    assert_truthful(report)
    assert report.score == report.max_score
    assert "cell 2, line 1" in report_words(report)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param("this is not JSON", "it is not JSON", id="not_json"),
        pytest.param("{}", "cannot be read", id="no_notebook"),
        pytest.param('{"nbformat": 4}', "cannot be read", id="half_a_notebook"),
        pytest.param(notebook("words", kind="markdown"), "no code cell", id="no_code"),
        pytest.param("", "empty", id="empty"),
    ],
)
def test_broken_notebook_scores_nothing(content: str, sentence: str, grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.ipynb"
    file.write_text(content)

    report = grade_path(file, lesson="4_1")

    assert_truthful(report)
    assert report.score == 0
    assert sentence in report_words(report)


def test_same_submission_gives_the_same_bytes(grade_path: Grade, tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_text(IMPORTS + MODEL_1.replace("3", "4") + MODEL_2.replace('"softmax"', ""))

    reports = [document(grade_path(file, lesson="4_1"), ENGLISH) for _ in range(20)]

    bare = {json.dumps({key: value for key, value in each.items() if key != "conditions"}) for each in reports}
    assert len(bare) == 1


@pytest.mark.parametrize("name", lessons())
def test_what_a_solution_prints_is_the_same_in_every_run(name: str, grade_path: Grade) -> None:
    first, second = (document(grade_path(lessons()[name].solution, seed=1), ENGLISH) for _ in range(2))

    for report in (first, second):
        report["output"] = re.sub(r"\d+(\.\d+)? s", "… s", report["output"])
        report["conditions"] = None
    assert first == second


def test_submissions_do_not_see_each_other(grade_path: Grade, tmp_path: Path) -> None:
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    first.write_text(RIGHT + "import keras\nkeras.layers.SimpleRNN = None\nopen('left_behind', 'w').write('x')\n")
    second.write_text("import os\nassert not os.path.exists('left_behind')\n" + RIGHT)

    scores = [grade_path(each, lesson="4_1").score for each in (first, second, second)]

    assert scores == [8, 8, 8]


def test_slow_modules_are_preloaded_for_those_who_use_them() -> None:
    plain, plotting = (take_in(lessons()[name].solution, Options()) for name in ("4_1", "4_3"))

    assert modules_to_preload([plain]) == ()
    assert modules_to_preload([plain, plotting]) == ("pandas", "matplotlib.pyplot")


@pytest.mark.slow
@pytest.mark.parametrize("name", lessons())
@pytest.mark.parametrize("mode", Mode)
def test_solution_earns_everything_and_stub_nothing_in_both_modes(name: str, mode: Mode) -> None:
    lesson = lessons()[name]

    scores = score_of(lesson.solution, mode), score_of(lesson.stub, mode)

    assert scores == (1.0, 0.0)


def score_of(path: Path, mode: Mode) -> float:
    workers: Workers
    with open_workers(mode) as workers:
        report = grade(take_in(path, Options()), workers, Options())
    return report.score / report.max_score
