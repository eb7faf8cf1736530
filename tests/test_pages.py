"""The pages that students read: what they show runs, what they name is there, both languages show the same.

A python block of a page is run as it stands. An invisible comment directly above it may help:
``<!-- before: … -->`` holds lines that go before it, for names that the block needs; ``<!-- not run: why -->``
leaves it out. What ``print(…)  # …`` promises has to come out.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from grader.kit import ROOT, lessons

LESSONS = sorted((ROOT / "exercises").rglob("README*.md"))
PAGES = [*LESSONS, *sorted(ROOT.glob("README*.md")), *sorted((ROOT / "data").glob("README*.md"))]
ENGLISH = [page for page in PAGES if page.name == "README.md"]

BLOCK = re.compile(
    r"(?:^ *<!--\s*(?P<word>before|not run):(?P<said>(?:(?!-->).)*)-->\n)?"
    r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<code>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
PROMISE = re.compile(r"^print\(.*\)  # (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
LEFT_OVER = re.compile(r"@@|\b(?:FIXME|TBD|XXX)\b")

SECTIONS = {
    "README.md": ["The idea", "Tasks", "What should come out", "Run and grade", "What you may meet elsewhere"],
    "README.ko.md": ["원리", "할 일", "이렇게 나와야 합니다", "실행하고 채점하기", "다른 자료에서 볼 수 있는 것들"],
}


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    page: Path
    line: int
    kind: str
    code: str
    before: str
    runs: bool

    def __str__(self) -> str:
        return f"{name_of(self.page)}:{self.line}"

    @property
    def program(self) -> str:
        return f"{self.before}\n{self.code}"

    @property
    def promised(self) -> list[str]:
        return PROMISE.findall(self.code)

    @property
    def needs_tensorflow(self) -> bool:
        nodes = list(ast.walk(ast.parse(self.program)))
        modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        modules += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        return any(module.split(".")[0] in ("keras", "tensorflow") for module in modules)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def korean(page: Path) -> Path:
    return page.with_name("README.ko.md")


def blocks(page: Path, kind: str) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start("code")),
            kind,
            dedent(found["code"]),
            dedent(found["said"]).strip() if found["word"] == "before" else "",
            found["word"] != "not run",
        )
        for found in BLOCK.finditer(text)
        if found["kind"] == kind
    ]


RUN = [block for page in PAGES for block in blocks(page, "python") if block.runs]
PLAIN = [block for block in RUN if not block.needs_tensorflow]
WITH_TENSORFLOW = [block for block in RUN if block.needs_tensorflow]


def output_of(program: str) -> list[str]:
    """Return the lines that a program prints, and its traceback if it stops."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(program, "<page>", "exec"), {"__name__": "page"})
        except Exception:
            printed.write(traceback.format_exc())
    return printed.getvalue().splitlines()


@pytest.mark.parametrize("block", PLAIN, ids=str)
def test_block_runs(block: Block, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))

    assert output_of(block.program) == block.promised


@pytest.mark.slow
def test_blocks_with_tensorflow_run(tmp_path: Path) -> None:
    programs = json.dumps([block.program for block in WITH_TENSORFLOW])
    env = {**os.environ, "KERAS_HOME": str(tmp_path), "PYTHONUTF8": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    words = [sys.executable, __file__]

    done = subprocess.run(words, input=programs, capture_output=True, encoding="utf-8", cwd=ROOT, env=env, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    printed = dict(zip(map(str, WITH_TENSORFLOW), json.loads(done.stdout), strict=True))
    assert printed == {str(block): block.promised for block in WITH_TENSORFLOW}


@pytest.mark.parametrize("page", ENGLISH, ids=name_of)
def test_both_languages_show_the_same_code(page: Path) -> None:
    english, translated = blocks(page, "python"), blocks(korean(page), "python")

    assert [ast.dump(ast.parse(each.code)) for each in english] == [
        ast.dump(ast.parse(each.code)) for each in translated
    ]
    assert [(each.before, each.runs, each.promised) for each in english] == [
        (each.before, each.runs, each.promised) for each in translated
    ]


@pytest.mark.parametrize("page", ENGLISH, ids=name_of)
def test_both_languages_show_the_same_commands(page: Path) -> None:
    english, translated = blocks(page, "console"), blocks(korean(page), "console")

    assert [each.code for each in english] == [each.code.replace(" --lang ko", "") for each in translated]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_name_what_is_there(page: Path) -> None:
    commands = "".join(block.code for block in blocks(page, "console"))
    made = tuple(f"{folder}/" for folder in re.findall(r"-m venv (\S+)", commands))
    paths = [word for word in commands.split() if "/" in word or word.endswith(".py")]

    assert [path for path in paths if not path.startswith(made) and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
    assert (korean(page) if page in ENGLISH else page.with_name("README.md")).name in links


@pytest.mark.parametrize("page", LESSONS, ids=name_of)
def test_page_is_finished_and_its_lines_are_short(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if LEFT_OVER.search(line)] == []
    assert [line for line in lines if len(line) > 120 and not line.lstrip().startswith("|")] == []


@pytest.mark.parametrize("name", lessons())
@pytest.mark.parametrize("language", SECTIONS)
def test_lesson_has_the_sections_of_every_lesson(name: str, language: str) -> None:
    page = ROOT / "exercises" / name / language
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS[language]
    assert f"lesson_{name}.py" in LINK.findall(text)


if __name__ == "__main__":
    json.dump([output_of(program) for program in json.load(sys.stdin)], sys.stdout)
