"""One title: on the page, in the checks, and in the tables of lessons, if it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader import kit
from grader.text import Text, text
from grader.verify.audit.markdown import heading
from grader.verify.audit.parts import LANGUAGES, Parts, shown

BEFORE = {"en": "Lesson {number}: ", "ko": "실습 {number}: "}


def titles(parts: Parts) -> Iterator[Text]:
    """Say where a lesson has another title than on its page."""
    name = parts.lesson.name
    for code, page in parts.pages.items():
        file, whole = shown(parts.page(code)), heading(page)
        before = BEFORE[code].format(number=name.replace("_", "-"))
        if not whole.startswith(before):
            yield text("{file} does not begin with “# {words}…”.", file=file, words=before)
            continue
        said = parts.title if code == "en" else parts.korean.get(parts.title, "")
        if _bare(said) != _bare(whole):
            yield text("{file} has the title “{title}”; the checks have “{other}”.", file=file, title=whole, other=said)
        yield from _table(parts, code, whole.removeprefix(before))


def _bare(title: str) -> str:
    """Return a title as it is compared: whether it begins with a capital depends on what stands before."""
    return title.casefold()


def _table(parts: Parts, code: str, title: str) -> Iterator[Text]:
    table = kit.ROOT / "exercises" / LANGUAGES[code]
    name = parts.lesson.name
    row = (
        re.search(rf"^\| \[{name}\]\({name}/{LANGUAGES[code]}\) (.+?) \|", table.read_text("utf-8"), re.MULTILINE)
        if table.is_file()
        else None
    )
    if row and row[1] != title:
        yield text(
            "{file} calls {name} “{title}”; its page has “{other}”.",
            file=shown(table),
            name=name,
            title=row[1],
            other=title,
        )
