"""The page: in both languages the same sections, tasks, points and code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.text import Text, text
from grader.verify.audit.markdown import Block, blocks, links, numbered, sections
from grader.verify.audit.parts import Parts, shown

SECTIONS = {
    "en": ["The idea", "Tasks", "What should come out", "Run and grade", "What you may meet elsewhere"],
    "ko": ["원리", "할 일", "이렇게 나와야 합니다", "실행하고 채점하기", "다른 자료에서 볼 수 있는 것들"],
}
TASKS = {"en": "Tasks", "ko": "할 일"}
POINTS = {"en": re.compile(r"\((\d+) points?\)"), "ko": re.compile(r"\((\d+)점\)")}
"""How a task on a page states what it is worth."""


def page_tasks(page: str, language: str) -> dict[int, str]:
    """Return the numbered tasks of a page."""
    return numbered(sections(page).get(TASKS[language], ""))


def pages(parts: Parts) -> Iterator[Text]:
    """Say what is wrong with the page, in either language."""
    for language, page in parts.pages.items():
        file, found = shown(parts.page(language)), list(sections(page))
        if found != SECTIONS[language]:
            wanted = ", ".join(SECTIONS[language])
            yield text(
                "{file} has the sections {found}; expected {wanted}.", file=file, found=", ".join(found), wanted=wanted
            )
        for name in (parts.lesson.stub.name, *(parts.page(other).name for other in parts.pages if other != language)):
            if name not in links(page):
                yield text("{file} has no link to {name}.", file=file, name=name)
        yield from _points(parts, language)
    yield from _same_code(parts)


def _points(parts: Parts, language: str) -> Iterator[Text]:
    """Compare the points that tasks state, if any does, with those of their checks."""
    tasks = page_tasks(parts.pages[language], language)
    stated = {task: sum(map(int, POINTS[language].findall(words))) for task, words in tasks.items()}
    if not any(stated.values()):
        return
    for task, points in stated.items():
        worth = sum(check.rules.points for check in parts.checks if check.rules.task == task)
        if points != worth:
            yield text(
                "{file}: task {task} states {points} points; its checks are worth {worth}.",
                file=shown(parts.page(language)),
                task=task,
                points=points,
                worth=worth,
            )


def _same_code(parts: Parts) -> Iterator[Text]:
    english, korean = (shown_code(parts.pages[language]) for language in ("en", "ko"))
    if english != korean:
        differs = next((one for one, other in zip(english, korean, strict=False) if one != other), None)
        yield text(
            "{korean} does not show the code that {english} shows: {block}.",
            korean=shown(parts.page("ko")),
            english=shown(parts.page("en")),
            block=differs.splitlines()[0] if differs else text("one has more blocks"),
        )


def shown_code(page: str) -> list[str]:
    """Return the Python and the commands of a page, as far as they must be the same in every language."""
    return [said for block in blocks(page) if (said := _compared(block))]


def _compared(block: Block) -> str:
    """Return a block without what a translation may change: comments, and the language asked for."""
    if block.kind == "console":
        return block.code.replace(" --lang ko", "")
    if block.kind == "python":
        try:
            code = ast.unparse(ast.parse(block.code))
        except SyntaxError:
            code = block.code
        return "\n".join(filter(None, [code, block.before, f"runs: {block.runs}"]))
    return ""
