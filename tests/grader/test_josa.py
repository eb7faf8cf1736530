"""Korean particles after Korean, numbers and Latin words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.josa import PAIRS, last_consonant, with_particle

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW
else:
    from tests.grader.factories import LAW


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("모델", "을", "모델을"),
        ("함수", "을", "함수를"),
        ("모델", "이", "모델이"),
        ("함수", "이", "함수가"),
        ("모델", "은", "모델은"),
        ("함수", "은", "함수는"),
        ("손실", "과", "손실과"),
        ("함수", "과", "함수와"),
        ("값", "으로", "값으로"),
        ("함수", "으로", "함수로"),
        ("값", "이라", "값이라"),
        ("함수", "이라", "함수라"),
        ("값", "이어", "값이어"),
        ("함수", "이어", "함수여"),
    ],
)
def test_particle_follows_the_last_sound_of_a_korean_word(word: str, particle: str, expected: str) -> None:
    assert with_particle(word, particle) == expected


@pytest.mark.parametrize("word", ["모델", "서울", "1", "7", "8", "LSTM cell", "URL", "-1"])
def test_after_the_consonant_rieul_it_is_ro(word: str) -> None:
    assert with_particle(word, "으로") == word + "로"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", "0을"),  # 영
        ("1", "1을"),  # 일
        ("2", "2를"),  # 이
        ("3", "3을"),  # 삼
        ("4", "4를"),  # 사
        ("5", "5를"),  # 오
        ("6", "6을"),  # 육
        ("7", "7을"),  # 칠
        ("8", "8을"),  # 팔
        ("9", "9를"),  # 구
        ("10", "10을"),  # 십
        ("128", "128을"),
        ("3000", "3000을"),
        ("0.5", "0.5를"),
        ("-3", "-3을"),
        ("1e-3", "1e-3을"),
        ("float32", "float32를"),
    ],
)
def test_numbers_are_read_in_korean(number: str, expected: str) -> None:
    assert with_particle(number, "을") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Dense", "Dense를"),
        ("Embedding", "Embedding을"),
        ("SimpleRNN", "SimpleRNN을"),
        ("LSTM", "LSTM을"),
        ("GRU", "GRU를"),
        ("Dropout", "Dropout을"),
        ("model.fit", "model.fit을"),
        ("build_rnn_model", "build_rnn_model을"),
        ("epochs", "epochs를"),
        ("batch_size", "batch_size를"),
        ("x_train", "x_train을"),
        ("N", "N을"),
        ("X", "X를"),
        ("KERAS", "KERAS를"),
        ("padding", "padding을"),
        ("callback", "callback을"),
    ],
)
def test_latin_words_are_read_as_koreans_read_them(word: str, expected: str) -> None:
    assert with_particle(word, "을") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("SimpleRNN(16)", "SimpleRNN(16)을"),
        ("GRU(16)", "GRU(16)를"),
        ("main()", "main()을"),
        ('Dense(1, activation="sigmoid")', 'Dense(1, activation="sigmoid")를'),
        ("손실 (loss)", "손실 (loss)을"),
        ("'tanh'", "'tanh'를"),
        ("“모델”", "“모델”을"),
        ("Bidirectional(LSTM(3))", "Bidirectional(LSTM(3))을"),
    ],
)
def test_parentheses_and_quotation_marks_do_not_sound(word: str, expected: str) -> None:
    assert with_particle(word, "을") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Bidirectional(GRU(3))", "Bidirectional(GRU(3))을"), ("TimeDistributed(LSTM(2))", "TimeDistributed(LSTM(2))를")],
    ids=["Bidirectional", "TimeDistributed"],
)
def test_nested_parentheses_do_not_sound(word: str, expected: str) -> None:
    assert with_particle(word, "을") == expected


@pytest.mark.parametrize("word", ["", " ", "()", "…", "%", "é", "漢", "🙂", "ㄱ"], ids=repr)
def test_a_word_that_nobody_can_read_takes_the_open_form(word: str) -> None:
    assert with_particle(word, "을") == word + "를"
    assert last_consonant(word) == ""


@LAW
@given(st.text(max_size=20), st.sampled_from(sorted(PAIRS)))
def test_any_word_takes_one_of_the_two_forms(word: str, particle: str) -> None:
    said = with_particle(word, particle)

    assert said.startswith(word)
    assert said.removeprefix(word) in PAIRS[particle]
