"""Damage to JSON, bytes and Python source: any amount of it, the same for the same seed."""

from __future__ import annotations

import copy
import io
import itertools
import json
import keyword
import random
import tokenize
from collections.abc import Callable, Iterator
from typing import Any

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 7, 2**31, 2**63 - 1, 2**63, -(2**63), 10**400, 0.5, -0.0, 1e308, -1e308, 5e-324),
    *(
        "",
        "h1.0",
        "nan",
        "x" * 5000,
        "\0",
        "한국어",
        "{why}",
        "{0}",
        "%s",
        "\x1b[2J",
        "=1+1",
        "../../etc/passwd",
        "Dense",
    ),
    *([], {}, [[]], [None], [0], [-1], [2**40], [2**62, 2**62], [[0, 0]], {"t": "plain", "v": 1}, {"t": "list"}),
)
"""Values that nobody expects anywhere."""


ODD_CHARACTERS = "\t\v\f\x00\x1b\u00a0\u200b\u202e\ufeff“”‘，；（）０①é한\U0001f600'\"#\\%!([{"


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Return every place inside a JSON value: a container and a key of it."""
    found: list[tuple[Any, Any]] = []
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        found += places_in(value[key])
    return found


def damaged_json(value: Any, chance: random.Random, times: int = 1) -> Any:
    """Return a JSON value with some places replaced, taken away, doubled or exchanged."""
    value = copy.deepcopy(value)
    for _ in range(times):
        places = places_in(value)
        if not places:
            return chance.choice(ODD)
        container, key = chance.choice(places)
        other, another = chance.choice(places)
        match chance.randrange(6):
            case 0:
                container[key] = copy.deepcopy(chance.choice(ODD))
            case 1:
                container[key] = copy.deepcopy(other[another])
            case 2:
                container[key] = _nearly(container[key], chance)
            case 3 if isinstance(container, list):
                container.insert(key, copy.deepcopy(container[key]))
            case 4 if isinstance(container, list):
                chance.shuffle(container)
            case _:
                del container[key]
    return value


def _nearly(value: Any, chance: random.Random) -> Any:
    """Return a value of the same type, so that it gets far."""
    match value:
        case bool():
            return not value
        case int():
            return value + chance.choice((-100, -1, 1, 1000))
        case float():
            return value * chance.choice((-1, 0, 1e300, 1.001))
        case str():
            return chance.choice((value + "x", value[:-1], value.swapcase(), "Dense", "call", "input", "float64", ""))
        case list():
            return chance.choice((value * 2, value[:-1], value[1:], [value], value[::-1]))
    return [value]


def damaged_bytes(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes cut short, made longer, or with some changed."""
    match chance.randrange(4):
        case 0:
            return raw[: chance.randrange(len(raw) + 1)]
        case 1:
            return raw + chance.randbytes(chance.randrange(1, 50))
        case 2:
            return bytes(each if chance.random() < 0.99 else chance.randrange(256) for each in raw)
    return b"\xff" * len(raw)  # nan, in every float


# Source.


def damaged_source(source: str, chance: random.Random) -> str:
    """Return a program with characters, tokens or lines cut, doubled, exchanged or taken away, or cut short."""
    for _ in range(chance.choice((1, 1, 1, 1, 3))):
        source = chance.choice(DAMAGES)(source, chance)
    return source


def _truncated(source: str, chance: random.Random) -> str:
    return source[: chance.randrange(len(source) + 1)]


def _by(split: Callable[[str], list[str]]) -> Callable[[str, random.Random], str]:
    def damage(source: str, chance: random.Random) -> str:
        parts = split(source)
        if not parts:
            return source
        first, second = sorted((chance.randrange(len(parts)), chance.randrange(len(parts))))
        match chance.randrange(4):
            case 0:
                del parts[first]
            case 1:
                parts.insert(second, parts[first])
            case 2:
                parts[first], parts[second] = parts[second], parts[first]
            case 3:
                del parts[first : first + chance.randrange(1, 6)]
        return "".join(parts)

    return damage


def _tokens(source: str) -> list[str]:
    """Split a program into its tokens and what stands between them, as far as it has any."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    cuts = {0, len(source)}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            for row, column in (token.start, token.end):
                cuts.add(min(starts[min(row - 1, len(lines))] + column, len(source)))
    except (tokenize.TokenError, SyntaxError):
        pass
    ordered = sorted(cuts)
    return [source[start:end] for start, end in itertools.pairwise(ordered)]


def _with_odd_characters(source: str, chance: random.Random) -> str:
    at = chance.randrange(len(source) + 1)
    return source[:at] + chance.choice(ODD_CHARACTERS) + source[at:]


def _with_another_word(source: str, chance: random.Random) -> str:
    """Exchange one word everywhere for another of the program: what is valid, and wrong."""
    words = sorted({word for word in _tokens(source) if _is_name(word) or word.isdigit()})
    if len(words) < 2:
        return source
    old, new = chance.sample(words, 2)
    return "".join(new if each == old else each for each in _tokens(source))


def _is_name(word: str) -> bool:
    return word.isidentifier() and not keyword.iskeyword(word)


_LINES = _by(lambda source: source.splitlines(keepends=True))
DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    *(_with_another_word, _with_another_word, _with_another_word, _with_another_word, _LINES, _LINES, _LINES),
    *(_by(_tokens), _by(list), _truncated, _with_odd_characters),
)
"""What is still valid Python comes most often."""


def damaged_notebook(content: str, chance: random.Random) -> str:
    """Return a notebook with its JSON damaged, as text or as values, or with a cell's source damaged."""
    if chance.random() < 0.3:
        return damaged_source(content, chance)
    notebook = json.loads(content)
    if chance.random() < 0.6:
        return json.dumps(damaged_json(notebook, chance, chance.choice((1, 2, 5))))
    for cell in notebook.get("cells", ()):
        cell["source"] = damaged_source("".join(cell.get("source", "")), chance)
    return json.dumps(notebook)


def chances(seed: int, count: int) -> Iterator[random.Random]:
    """Yield sources of chance, each its own and the same in every run."""
    return (random.Random(f"{seed} {number}") for number in range(count))
