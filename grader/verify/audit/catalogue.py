"""Korean for every sentence: complete, nothing stale, what a sentence names kept, particles that there are."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from grader.hints.ladder import Ladder
from grader.josa import PAIRS
from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown

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
    return said


def untranslated(sentences: set[str], file: Path) -> Iterator[Text]:
    """Say what is wrong with a Korean catalogue of these sentences."""
    name = shown(file)
    try:
        translations = _translations(file)
    except (PoFileError, ValueError) as problem:
        yield text("{file} cannot be read: {why}.", file=name, why=str(problem))
        return
    for sentence in sorted(each for each in sentences if _has_words(each) and not translations.get(each)):
        yield text("{file} does not translate “{sentence}”.", file=name, sentence=sentence)
    for sentence in sorted(translations.keys() - sentences):
        yield text("{file} translates what is said nowhere: “{sentence}”.", file=name, sentence=sentence)
    for english, korean in translations.items():
        if not (_names(korean) <= _names(english) and _particles(korean) <= set(PAIRS) and not _particles(english)):
            yield text("{file} fills in something else than the sentence: “{sentence}”.", file=name, sentence=korean)


def _translations(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        messages = read_po(stream, abort_invalid=True)
    return {str(each.id): str(each.string) for each in messages if each.id and not each.fuzzy}


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
