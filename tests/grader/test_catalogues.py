"""Everything a reader reads exists in Korean: complete, nothing stale, placeholders kept."""

from __future__ import annotations

import ast
import inspect
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from grader.josa import PAIRS
from grader.kit import ROOT, lessons

MARKERS = ("text", "Text")
ADVICE = ("why", "hint")


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream)


def marked(tree: ast.AST) -> Iterator[str]:
    """Yield the sentences that the code marks with ``text(…)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def lesson_sentences(file: Path) -> set[str]:
    """Return title, check titles, reasons and hints of a lesson's checks."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {(ast.get_docstring(tree) or "").split("\n")[0], *marked(tree)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(" ".join(inspect.cleandoc(ast.get_docstring(node) or "").split()))
            calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
            found |= {
                str(word.value.value)
                for each in calls
                for word in each.keywords
                if word.arg in ADVICE and isinstance(word.value, ast.Constant)
            }
    return found


def grader_sentences() -> set[str]:
    files = [file for file in (ROOT / "grader").rglob("*.py") if "worker" not in file.parts]
    return {each for file in files for each in marked(ast.parse(file.read_text(encoding="utf-8")))}


def assert_complete(sentences: set[str], file: Path) -> None:
    said = {str(message.id): str(message.string) for message in catalogue(file) if message.id and not message.fuzzy}
    needed = {each for each in sentences if any(map(str.isalpha, string.Formatter().vformat(each, (), Blank())))}
    assert {each for each in needed if not said.get(each)} == set(), "not translated"
    assert set(said) - sentences == set(), "translated, but said nowhere"
    for english, korean in said.items():
        assert names(korean) <= names(english), korean
        assert particles(korean) <= set(PAIRS), korean
        assert particles(english) == set(), english


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def particles(sentence: str) -> set[str]:
    return {spec for _, name, spec, _ in string.Formatter().parse(sentence) if name and spec}


def test_grader_speaks_korean() -> None:
    assert_complete(grader_sentences(), ROOT / "grader" / "locale" / "ko.po")


@pytest.mark.parametrize("name", lessons())
def test_lesson_speaks_korean(name: str) -> None:
    checks = lessons()[name].checks

    assert_complete(lesson_sentences(checks), checks.with_suffix(".ko.po"))


@pytest.mark.parametrize("name", lessons())
def test_lesson_has_a_page_in_both_languages_and_a_stub(name: str) -> None:
    folder = lessons()[name].stub.parent

    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(("_", "."))) == [
        "README.ko.md",
        "README.md",
        f"lesson_{name}.py",
    ]
    assert "할 일 1" in lessons()[name].stub.read_text(encoding="utf-8")
    assert "TODO" not in lessons()[name].solution.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["", "data", "exercises"])
def test_pages_link_to_each_other(folder: str) -> None:
    english, korean = (ROOT / folder / name for name in ("README.md", "README.ko.md"))

    assert "README.ko.md" in english.read_text(encoding="utf-8")
    assert "README.md" in korean.read_text(encoding="utf-8")
