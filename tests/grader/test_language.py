"""Sentences said in English and Korean."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.language import ENGLISH, Language, language, language_code
from grader.text import literal, text

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "{name} has {count} layers."
msgstr "{name:은} 층이 {count}개입니다."

msgid "a function called {name}"
msgstr "{name:이라}는 함수"

msgid "Found: {what}"
msgstr "찾은 것: {what}"

msgid "not yet"
msgstr ""
"""


@pytest.fixture
def korean(tmp_path: Path) -> Language:
    """Korean, with the sentences of a lesson called 9_1."""
    (tmp_path / "test_9_1.ko.po").write_text(CATALOGUE, encoding="utf-8")
    return language("ko", tmp_path / "test_9_1.py")


def test_english_says_the_key_with_its_values() -> None:
    assert ENGLISH.say(text("{name} has {count} layers.", name="build_model", count=2)) == "build_model has 2 layers."


def test_english_needs_no_catalogue() -> None:
    assert language("en") is ENGLISH


def test_a_sentence_within_a_sentence_is_said_too() -> None:
    inner = text("line {line}", line=3)

    assert ENGLISH.say(text("Found: {what}", what=inner)) == "Found: line 3"


def test_several_sentences_are_said_one_after_the_other() -> None:
    several = (text("line {line}", line=3), text("line {line}", line=5))

    assert ENGLISH.say(text("Found: {what}", what=several)) == "Found: line 3, line 5"


@pytest.mark.parametrize("words", ["{name}", "{0}", "{name:을}", "{", "}"])
def test_braces_of_a_student_are_not_filled_in(words: str) -> None:
    assert ENGLISH.say(text("Found: {what}", what=words)) == f"Found: {words}"
    assert ENGLISH.say(literal(words)) == words


@pytest.mark.parametrize(
    ("name", "expected"),
    [("LSTM", "LSTM은 층이 2개입니다."), ("main", "main은 층이 2개입니다."), ("GRU", "GRU는 층이 2개입니다.")],
)
def test_korean_adds_the_particle_that_fits(korean: Language, name: str, expected: str) -> None:
    assert korean.say(text("{name} has {count} layers.", name=name, count=2)) == expected


def test_korean_words_follow_a_particle_without_a_gap(korean: Language) -> None:
    assert korean.say(text("a function called {name}", name="main")) == "main이라는 함수"


def test_korean_says_inner_sentences_in_korean(korean: Language) -> None:
    inner = text("{name} has {count} layers.", name="GRU", count=2)

    assert korean.say(text("Found: {what}", what=inner)) == "찾은 것: GRU는 층이 2개입니다."


@pytest.mark.parametrize("key", ["not yet", "never heard of"])
def test_a_sentence_without_translation_stays_english(korean: Language, key: str) -> None:
    assert korean.say(text(key)) == key


def test_a_lesson_without_catalogue_stays_english(tmp_path: Path) -> None:
    speaker = language("ko", tmp_path / "test_9_9.py")

    assert speaker.code == "ko"
    assert speaker.say(text("never heard of {name}", name="LSTM")) == "never heard of LSTM"


@pytest.mark.parametrize(
    ("chosen", "environment", "expected"),
    [
        pytest.param("ko", {"LANG": "en_US.UTF-8"}, "ko", id="chosen"),
        pytest.param("en", {"LANG": "ko_KR.UTF-8"}, "en", id="chosen-against-the-locale"),
        pytest.param(None, {"LANG": "ko_KR.UTF-8"}, "ko", id="lang"),
        pytest.param(None, {"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en", id="lc-all-first"),
        pytest.param(None, {"LANG": "C", "LC_MESSAGES": "ko_KR.eucKR"}, "ko", id="lc-messages-before-lang"),
        pytest.param(None, {"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko", id="empty-is-unset"),
        pytest.param(None, {"LANG": "de_DE.UTF-8"}, "en", id="another-language"),
        pytest.param(None, {}, "en", id="no-locale"),
    ],
)
def test_the_language_is_the_one_chosen_else_the_locales(
    chosen: str | None, environment: dict[str, str], expected: str
) -> None:
    assert language_code(chosen, environment) == expected


def test_braces_of_a_sentence_without_values_are_its_own() -> None:
    hint = text('Return a dictionary: {"W_xh": …}.')

    assert ENGLISH.say(hint) == str(hint) == 'Return a dictionary: {"W_xh": …}.'
