"""The self-test written down, for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from grader.isolation import Level
from grader.language import Language
from grader.selftest.trial import Result
from grader.text import Text, text

FORMAT = "rnn-grader/selftest"
VERSION = 1


def survivors(results: Sequence[Result], level: Level) -> list[Result]:
    """Return the attacks that are promised to be stopped at a level, and were not."""
    return [each for each in results if not each.stopped and level in each.attack.stopped]


def as_text(results: Sequence[Result], level: Level, language: Language) -> str:
    """Return the figures, and every attack that was not stopped, by name."""
    return "\n".join(_lines(results, level, language)) + "\n"


def _lines(results: Sequence[Result], level: Level, language: Language) -> Iterator[str]:
    promised = [each for each in results if level in each.attack.stopped]
    alive = survivors(results, level)
    rest = [each for each in results if not each.stopped and each not in alive]
    yield language.say(text("Self-test at isolation level {level}", level=str(level)))
    yield ""
    for said, good, of in (
        (text("stopped, of all attacks"), sum(each.stopped for each in results), len(results)),
        (text("stopped, of those that this level promises to stop"), len(promised) - len(alive), len(promised)),
    ):
        yield f"  {good:3}/{of:<3}  {language.say(said)}"
    if alive:
        yield from _named(text("Survivors: this level promises to stop them, and did not"), alive, language)
    if rest:
        yield from _named(text("Not stopped, and not promised at this level"), rest, language)


def _named(head: Text, results: Sequence[Result], language: Language) -> Iterator[str]:
    yield ""
    yield language.say(head)
    for each in results:
        yield f"  {each.attack.id}  {each.attack.says(language.code)}"
        yield from (f"      {language.say(reached)}" for reached in each.reached)


def as_json(results: Sequence[Result], level: Level, language: Language) -> str:
    """Return every attack and what became of it."""
    page = {
        "format": FORMAT,
        "version": VERSION,
        "level": str(level),
        "attacks": len(results),
        "stopped": sum(each.stopped for each in results),
        "promised": sum(level in each.attack.stopped for each in results),
        "survivors": [each.attack.id for each in survivors(results, level)],
        "results": [_entry(each, level, language) for each in results],
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _entry(result: Result, level: Level, language: Language) -> dict[str, object]:
    return {
        "lesson": result.attack.lesson,
        "name": result.attack.name,
        "tries": result.attack.says(language.code),
        "promised": level in result.attack.stopped,
        "stopped": result.stopped,
        "level": str(result.level),
        "due": f"{result.attack.score}/{result.attack.max_score}",
        "score": f"{result.score}/{result.max_score}",
        "reached": [language.say(each) for each in result.reached],
    }
