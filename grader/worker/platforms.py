"""What a submission may expect of the place it was written for.

Notebooks call ``get_ipython()``, the original exercises import
``elice_utils``, many import something for a picture or a progress bar that is
not installed here. None of that is part of the answer, so it must not stop it.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import wrapt

from . import recording

HARMLESS = (
    "IPython",
    "bokeh",
    "elice_utils",
    "google.colab",
    "graphviz",
    "ipywidgets",
    "koreanize_matplotlib",
    "livelossplot",
    "mplfonts",
    "plotly",
    "pydot",
    "seaborn",
    "tensorflow_datasets",
    "tqdm",
    "visualkeras",
)
"""Packages that only show or fetch something: absent ones are stood in for."""


class Nothing:
    """Does nothing, whatever is asked of it."""

    def __call__(self, *args: Any, **_: Any) -> Any:
        """Return what can be looped over (``tqdm(range(5))``), else nothing."""
        return args[0] if len(args) == 1 and hasattr(args[0], "__iter__") else self

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Any:
        return iter(())

    def __enter__(self) -> Nothing:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class StandIn(types.ModuleType):
    """A module whose every name does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a stand-in for a harmless package that is not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        """Offer a stand-in; being last on the path, after every real finder."""
        if any(name == known or name.startswith(known + ".") for known in (*HARMLESS, "google")):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        """Make the stand-in; it may have submodules."""
        module = StandIn(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Note that it stands in."""
        recording.note("stand_in_module", name=module.__name__)


class Shell:
    """What ``get_ipython()`` returns: magics that run code run it, others rest."""

    RUNS = ("time", "timeit", "prun", "capture")

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> None:
        """``%time statement`` runs the statement, every other magic rests."""
        if name in self.RUNS:
            self._run(line)

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """``%%time`` runs the cell, every other magic rests."""
        if name in self.RUNS:
            # The magic itself is the first line of the cell.
            self._run(f"{line if name == 'time' else ''}\n{cell}")

    def magic(self, line: str) -> None:
        """The old name: ``get_ipython().magic('time x = 1')``."""
        name, _, rest = line.lstrip("%").partition(" ")
        self.run_line_magic(name, rest)

    def system(self, _: str) -> None:
        """Shell commands rest."""

    def getoutput(self, _: str, *__: Any, **___: Any) -> list[str]:
        """Shell commands rest, and print nothing."""
        return []

    def _run(self, source: str) -> None:
        """Run a statement where the magic stands: in the module, or in a function."""
        frame = recording.student_frame()
        if frame is None:
            exec(source, self._namespace)  # noqa: S102 - it is the student's own code
            return
        code = compile("\n" * (frame.f_lineno - 1) + source, frame.f_code.co_filename, "exec")
        exec(code, frame.f_globals, frame.f_locals)  # noqa: S102

    def __getattr__(self, name: str) -> Any:
        return Nothing()


def _no_keyboard(prompt: object = "") -> str:
    raise EOFError("input() waits for the keyboard, and nobody is there while a submission is graded")


def install_for(namespace: dict[str, Any]) -> None:
    """Give the student's namespace its notebook shell, and no keyboard."""
    shell = Shell(namespace)
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    builtins.display = print  # type: ignore[attr-defined]
    builtins.input = _no_keyboard
    sys.meta_path.append(Finder())
    _install_kit_datasets()


def _install_kit_datasets() -> None:
    """``grader.datasets``, which the exercises import, on the data in the scratch folder."""
    import keras  # noqa: PLC0415

    package, datasets = types.ModuleType("grader"), types.ModuleType("grader.datasets")
    package.__path__ = []
    datasets.imdb = keras.datasets.imdb  # type: ignore[attr-defined]
    datasets.path = lambda name: Path(os.getcwd()) / name  # type: ignore[attr-defined]
    package.datasets = datasets  # type: ignore[attr-defined]
    sys.modules.update({"grader": package, "grader.datasets": datasets})


def serve_files_from(scratch: str) -> None:
    """Let Keras's loaders and pandas find the lesson's files in the scratch folder."""
    _serve_keras(scratch)

    @wrapt.when_imported("pandas")
    def serve_pandas(module: Any) -> None:
        original = module.read_csv

        def read_csv(source: Any, *args: Any, **kwargs: Any) -> Any:
            return original(_at_hand(source, scratch), *args, **kwargs)

        module.read_csv = read_csv


def _at_hand(source: Any, scratch: str) -> Any:
    """A file of the lesson that is asked for at another place, or on the network."""
    if not isinstance(source, str | os.PathLike) or os.path.exists(source):
        return source
    name = os.path.basename(str(source).replace("\\", "/").partition("?")[0])
    local = Path(scratch) / name
    if not local.is_file():
        return source
    recording.note("data_by_name", written=str(source)[:200], name=name)
    return str(local)


def _serve_keras(scratch: str) -> None:
    from keras.src.datasets import imdb  # noqa: PLC0415

    original: Callable[..., Any] = imdb.get_file

    def get_file(fname: str, *args: Any, **kwargs: Any) -> Any:
        local = Path(scratch) / Path(str(fname)).name
        return str(local) if local.exists() else original(fname, *args, **kwargs)

    imdb.get_file = get_file
