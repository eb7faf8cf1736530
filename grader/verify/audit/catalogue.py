"""Korean for every sentence: complete, nothing stale, what a sentence names kept, particles that there are."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from grader.hints.ladder import Ladder
from grader.josa import PAIRS
from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown
from grader.verify.rules import listed

MARKERS = ("text", "Text")


def marked(program: str) -> set[str]:
    """Return the sentences that a program marks with ``text(…)``."""
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    firsts = [call.args[0] for call in calls if getattr(call.func, "id", "") in MARKERS and call.args]
    return {each.value for each in firsts if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def lesson_sentences(parts: Parts, ladders: dict[int, Ladder]) -> set[str]:
    """Return everything that a lesson's checks say: title, titles of checks, reasons, hints, feedback of their own."""
    said = {parts.title, *marked(parts.lesson.checks.read_text("utf-8"))}
    said |= {rung.key for ladder in ladders.values() for rung in ladder.rungs}
    for check in parts.checks:
        said |= {check.title, check.rules.why or "", check.rules.hint or ""}
    said |= {why.key for why in listed(parts.lesson.checks).values()}
    return said


def untranslated(sentences: set[str], korean_of: dict[str, str], file: Path) -> Iterator[Text]:
    """Say what is wrong with the Korean of these sentences, which stands in a file."""
    name = shown(file)
    for sentence in sorted(each for each in sentences if _has_words(each) and not korean_of.get(each)):
        yield text("{file} does not translate “{sentence}”.", file=name, sentence=sentence)
    for sentence in sorted(korean_of.keys() - sentences):
        yield text("{file} translates what is said nowhere: “{sentence}”.", file=name, sentence=sentence)
    for english, korean in korean_of.items():
        if not (_names(korean) <= _names(english) and _particles(korean) <= set(PAIRS) and not _particles(english)):
            yield text("{file} fills in something else than the sentence: “{sentence}”.", file=name, sentence=korean)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _has_words(sentence: str) -> bool:
    """Tell whether a sentence is more than the values that it names."""
    return any(map(str.isalpha, string.Formatter().vformat(sentence, (), _Blank())))


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _particles(sentence: str) -> set[str]:
    return {spec for _, name, spec, _ in string.Formatter().parse(sentence) if name and spec}
