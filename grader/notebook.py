"""Notebooks as source: which cells hold code, and what their magics mean.

nbformat reads the file and IPython's own transformer rewrites magics and shell
lines into calls of ``get_ipython()``, which the worker answers.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from grader.text import Text, text

MAGIC_LINE = re.compile(r"^\s*(%|!|\?)|=\s*[!%]\s*\w|\?\s*$", re.MULTILINE)
MAX_CELLS = 1_000


class BadNotebook(Exception):
    """The file is no notebook that can be read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def cells_of(content: str) -> Iterator[tuple[int, str]]:
    """Yield the number (among the code cells, from 1) and source of each code cell.

    Raises:
        BadNotebook: the content is not JSON, or not a notebook.
    """
    import nbformat  # noqa: PLC0415 - 0.1 s that a script need not wait for

    if not content.strip():
        raise BadNotebook(text("The file is empty. Did you save it after writing your code?"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of cells without an id, as older notebooks have them
            notebook = nbformat.reads(content, as_version=4)
        cells = [str(cell.source) for cell in notebook.cells[:MAX_CELLS] if cell.cell_type == "code"]
    except nbformat.reader.NotJSONError:
        raise BadNotebook(
            text("The file is no notebook: it is not JSON. Download it again as .ipynb, or hand in a .py file.")
        ) from None
    except Exception as problem:  # nbformat raises whatever a broken notebook makes it trip over
        raise BadNotebook(
            text("The notebook cannot be read ({why}). Save it again in Jupyter.", why=type(problem).__name__)
        ) from None
    yield from enumerate(filter(str.strip, cells), 1)


def transformed(source: str) -> str:
    """Rewrite magics and shell lines as calls; leave plain Python as it is."""
    if not MAGIC_LINE.search(source):
        return source
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415

    try:
        result: str = TransformerManager().transform_cell(source)
    except SyntaxError:
        return source
    # IPython drops blank lines at the start; a traceback still has to name the right line.
    blank = re.match(r"(?:[^\S\n]*\n)*", source)
    return (blank.group() if blank else "") + result
