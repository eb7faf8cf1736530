"""The text of a file: line ends, blanks, comments, headers of exported cells."""

from __future__ import annotations

import ast
import itertools

from grader.verify.rewriting.trees import Programs, Rewriting, blocks
from grader.verify.source import Source

JUPYTEXT = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
# ---

"""
OLD_ATTEMPT = '''
"""
예전 시도
model = Sequential()
model.add(layers.Dense(3))
"""
# model.fit(X, y)  # 안 됨
'''


def line_ends(source: Source) -> Programs:
    """Write the ends of lines, and of the file, as other editors do."""
    yield "CRLF", source.text.replace("\n", "\r\n")
    yield "a byte order mark", "\ufeff" + source.text
    yield "no newline at the end", source.text.rstrip("\n")
    yield "blanks at the ends of lines", source.text.replace("\n", "  \n")
    yield "a blank line after every line of a function", source.text.replace("\n    ", "\n\n    ")


def indentation(source: Source) -> Programs:
    """Indent by tabs, or by two blanks."""
    yield "tabs", _indented(source.text, "\t")
    yield "two blanks", _indented(source.text, "  ")


def _indented(text: str, unit: str) -> str:
    lines = []
    for line in text.split("\n"):
        rest = line.lstrip(" ")
        lines.append(unit * ((len(line) - len(rest)) // 4) + rest)
    return "\n".join(lines)


def other_formatting(source: Source) -> Programs:
    """Write it as a program would: other quotes, long lines, no comments."""
    yield "formatted otherwise", ast.unparse(source.tree) + "\n"


def semicolons(source: Source) -> Programs:
    """Write several statements on a line."""
    edits = []
    for node in ast.walk(source.tree):
        body = getattr(node, "body", None)
        for one, two in itertools.pairwise(body if isinstance(body, list) else []):
            simple = (ast.Assign, ast.Expr, ast.Return, ast.AugAssign)
            place = source.span(one)[1], source.span(two)[0]
            between = source.text.encode()[slice(*place)]
            if isinstance(one, simple) and isinstance(two, simple) and not between.strip():
                edits.append((place, "; "))
    yield "semicolons", source.replaced(*edits)


def comments(source: Source) -> Programs:
    """Write a comment in Korean above each statement of a function."""
    edits = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.stmt) and node.col_offset and source.span(node)[0]:
            first = source.span(node)[0]
            edits.append(((first, first), "# 여기서 값을 계산합니다.\n" + " " * node.col_offset))
    yield "comments in Korean", source.replaced(*edits)
    returns = [node for node in ast.walk(source.tree) if isinstance(node, ast.Return)]
    places = [(source.span(node)[0], node.col_offset) for node in returns]
    todos = [((first, first), "# TODO task 1: 여기를 채우세요\n" + " " * blanks) for first, blanks in places]
    yield "a stray TODO", source.replaced(*todos)
    yield "an old attempt left in", source.text + OLD_ATTEMPT


def exported_cells(source: Source) -> Programs:
    """Write the headers that exports of notebooks have between cells."""
    parts = [block.strip("\n") for block in blocks(source)]
    yield "In[3]:", "\n\n\n".join(f"# In[{2 * number % 7 + 3}]:\n\n{part}" for number, part in enumerate(parts)) + "\n"
    yield "#%% cells", "\n\n".join(f"#%%\n{part}" for part in parts) + "\n"
    yield "jupytext", JUPYTEXT + "\n\n".join(f"# %% [markdown]\n# ## 풀이\n\n# %%\n{part}" for part in parts) + "\n"


def pasted_from_a_page(source: Source) -> Programs:
    """Leave in the file what stood around the code where it was copied from: magics, Markdown fences."""
    yield "Markdown fences", f"```python\n{source.text}```\n"
    yield "magics in a script", "%matplotlib inline\n!pip install -q tensorflow\n" + source.text


LAYOUT: tuple[Rewriting, ...] = (
    line_ends,
    indentation,
    other_formatting,
    semicolons,
    comments,
    exported_cells,
    pasted_from_a_page,
)
