"""Proofs written down: text, Markdown, JSON, and one page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.language import Language
from grader.verify.pages.html import as_html
from grader.verify.pages.json import as_json
from grader.verify.pages.tables import as_markdown, as_text
from grader.verify.proof import Proof

Page = Callable[[Sequence[Proof], Language], str]

PAGES: dict[str, Page] = {".txt": as_text, ".md": as_markdown, ".json": as_json, ".html": as_html}
"""How a file is written, by the end of its name."""

__all__ = ["PAGES", "Page", "as_html", "as_json", "as_markdown", "as_text"]
