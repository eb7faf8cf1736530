"""What a page holds: its heading, sections, numbered tasks, links and blocks of code.

An invisible comment directly above a block may say more of it: ``<!-- before: … -->`` holds
lines that go before it when it is run, ``<!-- not run: why -->`` says that it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

BLOCK = re.compile(
    r"(?:^ *<!--\s*(?P<word>before|not run):(?P<said>(?:(?!-->).)*)-->\n)?"
    r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<code>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
NUMBERED = re.compile(r"^(\d+)\. ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code on a page."""

    line: int
    kind: str
    """Such as ``python`` or ``console``."""
    code: str
    before: str
    """Lines that go before it when it is run."""
    runs: bool


def blocks(page: str) -> list[Block]:
    """Return the blocks of code of a page, in order."""
    return [
        Block(
            page.count("\n", 0, found.start("code")),
            found["kind"],
            dedent(found["code"]),
            dedent(found["said"]).strip() if found["word"] == "before" else "",
            found["word"] != "not run",
        )
        for found in BLOCK.finditer(page)
    ]


def links(page: str) -> list[str]:
    """Return the links of a page that stay in the repository."""
    return LINK.findall(page)


def heading(page: str) -> str:
    """Return the first line of a page, without its mark; empty if it is no heading."""
    first = page.partition("\n")[0]
    return first.removeprefix("# ") if first.startswith("# ") else ""


def sections(page: str) -> dict[str, str]:
    """Return the sections of a page, by their names, without code."""
    _, *parts = SECTION.split(BLOCK.sub("", page))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def numbered(section: str) -> dict[int, str]:
    """Return the items of a numbered list, by their numbers."""
    _, *parts = NUMBERED.split(section)
    return {int(number): words for number, words in zip(parts[::2], parts[1::2], strict=True)}
