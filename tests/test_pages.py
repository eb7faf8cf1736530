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

import pytest

from grader.kit import ROOT
from grader.verify.audit.markdown import Block, blocks, links
from grader.verify.audit.pages import shown_code

LESSONS = sorted((ROOT / "exercises").rglob("README*.md"))
PAGES = [
    *LESSONS,
    *sorted(ROOT.glob("README*.md")),
    *sorted((ROOT / "data").glob("README*.md")),
    *sorted((ROOT / "grader").glob("AUTHORS*.md")),
]
ENGLISH = [page for page in PAGES if not page.name.endswith(".ko.md")]

PROMISE = re.compile(r"^print\(.*\)  # (.+)$", re.MULTILINE)
LEFT_OVER = re.compile(r"@@|\b(?:FIXME|TBD|XXX)\b")


@dataclass(frozen=True)
class Program:
    """A block of Python on a page, to be run."""

    page: Path
    block: Block

    def __str__(self) -> str:
        return f"{name_of(self.page)}:{self.block.line}"

    @property
    def text(self) -> str:
        return f"{self.block.before}\n{self.block.code}"

    @property
    def promised(self) -> list[str]:
        return PROMISE.findall(self.block.code)

    @property
    def needs_tensorflow(self) -> bool:
        nodes = list(ast.walk(ast.parse(self.text)))
        modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        modules += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        return any(module.split(".")[0] in ("keras", "tensorflow") for module in modules)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def korean(page: Path) -> Path:
    return page.with_suffix(".ko.md")


def other(page: Path) -> Path:
    """The same page in the other language."""
    return korean(page) if page in ENGLISH else page.with_name(page.name.replace(".ko.md", ".md"))


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def of_kind(page: Path, kind: str) -> list[Block]:
    return [block for block in blocks(read(page)) if block.kind == kind]


RUN = [Program(page, block) for page in PAGES for block in of_kind(page, "python") if block.runs]
PLAIN = [program for program in RUN if not program.needs_tensorflow]
WITH_TENSORFLOW = [program for program in RUN if program.needs_tensorflow]


def output_of(program: str) -> list[str]:
    """Return the lines that a program prints, and its traceback if it stops."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(program, "<page>", "exec"), {"__name__": "page"})
        except Exception:
            printed.write(traceback.format_exc())
    return printed.getvalue().splitlines()


@pytest.mark.parametrize("program", PLAIN, ids=str)
def test_block_runs(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))

    assert output_of(program.text) == program.promised


@pytest.mark.slow
def test_blocks_with_tensorflow_run(tmp_path: Path) -> None:
    programs = json.dumps([program.text for program in WITH_TENSORFLOW])
    env = {**os.environ, "KERAS_HOME": str(tmp_path), "PYTHONUTF8": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    words = [sys.executable, "-P", __file__]  # tests/grader is not the grader

    done = subprocess.run(words, input=programs, capture_output=True, encoding="utf-8", cwd=ROOT, env=env, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    printed = dict(zip(map(str, WITH_TENSORFLOW), json.loads(done.stdout), strict=True))
    assert printed == {str(program): program.promised for program in WITH_TENSORFLOW}


@pytest.mark.parametrize("page", ENGLISH, ids=name_of)
def test_both_languages_show_the_same_code(page: Path) -> None:
    english, translated = read(page), read(korean(page))
    promised = [[PROMISE.findall(block.code) for block in blocks(each)] for each in (english, translated)]

    assert shown_code(english) == shown_code(translated)
    assert promised[0] == promised[1]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_name_what_is_there(page: Path) -> None:
    commands = "".join(block.code for block in of_kind(page, "console"))
    made = tuple(f"{folder}/" for folder in re.findall(r"-m venv (\S+)", commands))
    paths = [word for word in commands.split() if "/" in word or word.endswith(".py")]

    assert [path for path in paths if not path.startswith(made) and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    found = links(read(page))

    assert [link for link in found if not (page.parent / link).exists()] == []
    assert other(page).name in found


@pytest.mark.parametrize("page", LESSONS, ids=name_of)
def test_page_is_finished_and_its_lines_are_short(page: Path) -> None:
    lines = read(page).splitlines()

    assert [line for line in lines if LEFT_OVER.search(line)] == []
    assert [line for line in lines if len(line) > 120 and not line.lstrip().startswith("|")] == []


if __name__ == "__main__":
    json.dump([output_of(program) for program in json.load(sys.stdin)], sys.stdout)
