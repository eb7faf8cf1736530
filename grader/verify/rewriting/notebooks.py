"""The solution as a notebook."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import nbformat
from nbformat import v4

from grader.verify.rewriting.trees import Programs, Rewriting, blocks
from grader.verify.source import Source

MAGICS = "%matplotlib inline\n!pip install -q tensorflow"
ABOVE = "## 풀이\n\n아래 셀을 **차례대로** 실행하세요."


def _notebook(cells: Iterable[nbformat.NotebookNode]) -> str:
    book = v4.new_notebook(cells=list(cells))
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"  # nbformat draws one
    return str(nbformat.writes(book)) + "\n"


def _parts(source: Source) -> list[str]:
    return [block.strip("\n") for block in blocks(source)]


def cell_by_cell(source: Source) -> Programs:
    """Write a cell for each top-level statement, with magics and text between."""
    code = [v4.new_code_cell(MAGICS), *(v4.new_code_cell(part) for part in _parts(source))]
    yield "a notebook, cell by cell", _notebook(itertools.chain([v4.new_markdown_cell(ABOVE)], code))


def in_one_cell(source: Source) -> Programs:
    """Write everything into one cell."""
    yield "a notebook of one cell", _notebook([v4.new_code_cell(f"{MAGICS}\n\n{source.text}")])


def as_it_was_run(source: Source) -> Programs:
    """Keep what cells printed, and the numbers of their runs; end with a cell that calls main."""
    parts = _parts(source)
    if "__name__" in parts[-1]:
        parts[-1] = "main()"
    cells = []
    for number, part in enumerate(parts):
        said = [v4.new_output("stream", text="Epoch 1/5\n")] if number else []
        cells += [v4.new_markdown_cell(ABOVE), v4.new_code_cell(part, execution_count=7 * number % 11, outputs=said)]
    yield "a notebook with outputs and main() at the end", _notebook(cells)


NOTEBOOKS: tuple[Rewriting, ...] = (cell_by_cell, in_one_cell, as_it_was_run)
