"""Sentences that are said later."""

from __future__ import annotations

import pytest

from grader.text import Text, literal, text


def test_text_is_its_english_sentence_with_the_values_it_names() -> None:
    sentence = text("{found} layers, not {wanted}", found=2, wanted=3)

    assert str(sentence) == "2 layers, not 3"


def test_text_keeps_key_and_values_apart() -> None:
    sentence = text("{count} layers", count=2)

    assert sentence.key == "{count} layers"
    assert sentence.values == (("count", 2),)


def test_text_may_name_another_text() -> None:
    inner = text("line {line}", line=3)

    assert str(text("see {place}", place=inner)) == "see line 3"


def test_a_value_may_be_called_key() -> None:
    assert str(text("{key}", key="shuffle")) == "shuffle"


@pytest.mark.parametrize("words", ["{name}", "{", "}", "{0}", "{}", "100 %", "%s", ""], ids=repr)
def test_literal_words_stand_as_they_are(words: str) -> None:
    assert str(literal(words)) == words


def test_braces_in_a_value_are_not_filled_in() -> None:
    assert str(text("found {what}", what="{what} {0}")) == "found {what} {0}"


def test_equal_sentences_are_equal_and_hash_alike() -> None:
    first, second = text("{n} layers", n=2), text("{n} layers", n=2)

    assert first == second
    assert hash(first) == hash(second)
    assert first != text("{n} layers", n=3)


def test_text_without_values_is_its_key() -> None:
    assert str(Text("Why")) == "Why"
