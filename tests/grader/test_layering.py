"""Who may import whom, read off the source (``design.md``, Layout)."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent
ROOT = PACKAGE.parent
FILES = {file: ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in sorted(PACKAGE.rglob("*.py"))}
HEAVY = {"tensorflow", "keras"}


def name_of(file: Path) -> str:
    """Return a module's name: a package is called by its folder."""
    return FILES[file].removesuffix(".__init__")


MODULES = {name_of(file): file for file in FILES}


def imported_by(file: Path, name: str) -> Iterator[str]:
    """Yield the full names of all that a module imports, wherever in it that happens."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            inner = [f"{source}.{alias.name}" for alias in node.names]
            yield from (each if each in MODULES else source for each in inner)


IMPORTS = {name: frozenset(imported_by(file, name)) for name, file in MODULES.items()}


def is_within(name: str, *places: str) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def modules_within(*places: str) -> list[str]:
    return [name for name in MODULES if is_within(name, *places)]


def ours(name: str) -> set[str]:
    """Return what a module imports of the grader."""
    return {each for each in IMPORTS[name] if is_within(each, "grader")}


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "zygote.py"
    file.write_text("import keras.layers\ndef f():\n    from . import child\n    from .channel import Blob\n")

    found = list(imported_by(file, "grader.worker.zygote"))

    assert found == ["keras.layers", "grader.worker.child", "grader.worker.channel"]


@pytest.mark.parametrize(
    ("places", "allowed"),
    [
        pytest.param(["grader.worker"], ["grader.worker"], id="the-worker-stands-alone"),
        pytest.param(["grader.text", "grader.josa"], [], id="text-needs-nothing"),
        pytest.param(["grader.isolation"], ["grader.text"], id="isolation"),
        pytest.param(["grader.report"], ["grader.isolation", "grader.text"], id="report"),
        pytest.param(["grader.errors"], ["grader.report", "grader.text"], id="errors"),
        pytest.param(
            ["grader.evidence"], ["grader.evidence", "grader.isolation", "grader.worker.channel"], id="evidence"
        ),
        pytest.param(
            ["grader.authoring"],
            ["grader.authoring", "grader.errors", "grader.language", "grader.text"],
            id="authoring",
        ),
        pytest.param(["grader.spec"], ["grader.spec", "grader.text"], id="spec"),
        pytest.param(
            ["grader.hints"],
            ["grader.hints", "grader.kit", "grader.errors", "grader.language", "grader.text"],
            id="hints",
        ),
        pytest.param(
            ["grader.renderers"],
            ["grader.renderers", "grader.report", "grader.isolation", "grader.language", "grader.text"],
            id="renderers",
        ),
    ],
)
def test_these_modules_import_nothing_else_of_ours(places: list[str], allowed: list[str]) -> None:
    modules = modules_within(*places)

    strangers = {(name, each) for name in modules for each in ours(name) if not is_within(each, *allowed)}

    assert modules
    assert strangers == set()


@pytest.mark.parametrize("name", modules_within("grader.expect"))
def test_expectations_do_not_know_how_checks_are_run(name: str) -> None:
    forbidden = ("grader.pipeline", "grader.cli", "grader.checking", "grader.kit")

    assert not {each for each in IMPORTS[name] if is_within(each, *forbidden)}


def test_the_command_line_is_imported_only_to_be_run() -> None:
    users = {name for name in MODULES if any(is_within(each, "grader.cli") for each in IMPORTS[name])}

    assert {name for name in users if not is_within(name, "grader.cli")} == {"grader.__main__"}


def test_the_self_test_judges_the_grader_and_is_no_part_of_it() -> None:
    users = {name for name in MODULES if any(is_within(each, "grader.selftest") for each in IMPORTS[name])}

    assert {name for name in users if not is_within(name, "grader.selftest")} == {"grader.cli.selftesting"}


def test_only_the_worker_and_the_datasets_speak_of_tensorflow() -> None:
    users = {name for name in MODULES if any(is_within(each, *HEAVY) for each in IMPORTS[name])}

    assert {name for name in users if not is_within(name, "grader.worker", "grader.datasets")} == set()
    assert modules_within("grader.worker")


@pytest.mark.parametrize(
    "module", ["grader.pipeline", "grader.cli", "grader.expect", "grader.hints.page", "grader.renderers.terminal"]
)
def test_the_parent_does_not_import_tensorflow(module: str) -> None:
    code = f"import sys, {module}\nprint(sorted({HEAVY!r} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.stdout == "[]\n"


def test_every_package_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    packages = {name for name, file in MODULES.items() if file.name == "__init__.py"}

    assert set(project["tool"]["setuptools"]["packages"]) == packages
