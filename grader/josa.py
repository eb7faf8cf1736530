"""Korean particles that fit the word before them.

``을/를``, ``이/가``, ``은/는``, ``과/와``, ``으로/로``, ``이라/라`` follow the last sound of the word, also
when it is a number or Latin. A word in parentheses behind another does not
count (National Institute of Korean Language, online advice on 괄호와 조사).
"""

from __future__ import annotations

import re

PAIRS = {
    "을": ("을", "를"),
    "이": ("이", "가"),
    "은": ("은", "는"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이라": ("이라", "라"),
    "이어": ("이어", "여"),
    "입": ("입", "입"),
}
FINAL_DIGITS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""Digits whose Korean name ends in a consonant (영 일 삼 육 칠 팔; also 십 백 천 만)."""
FINAL_LETTERS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
"""Letters whose Korean name ends in a consonant (엘 엠 엔 알)."""
WORDS = {
    "dense": "",
    "embedding": "ㅇ",
    "simplernn": "ㄴ",
    "rnn": "ㄴ",
    "lstm": "ㅁ",
    "gru": "",
    "dropout": "ㅅ",
    "bidirectional": "ㄹ",
    "timedistributed": "",
    "activation": "ㄴ",
    "adam": "ㅁ",
    "rmsprop": "ㅂ",
    "sgd": "",
    "model": "ㄹ",
    "fit": "ㅅ",
    "compile": "ㄹ",
    "evaluate": "",
    "predict": "",
    "main": "ㄴ",
    "true": "",
    "false": "",
    "none": "ㄴ",
    "sigmoid": "",
    "softmax": "",
    "tanh": "",
    "relu": "",
    "units": "",
    "epochs": "",
    "shuffle": "ㄹ",
    "verbose": "",
    "batch_size": "",
    "loss": "",
    "accuracy": "",
    "load_data": "",
    "optimizer": "",
    "numpy": "",
    "pandas": "",
    "split": "ㅅ",
    "input": "ㅅ",
    "output": "ㅅ",
    "dataset": "ㅅ",
    "unit": "ㅅ",
    "py": "",
    "ipynb": "",
}


def with_particle(word: str, particle: str) -> str:
    """Return ``word`` with the form of ``particle`` that fits its last sound."""
    closed, open_ = PAIRS[particle]
    final = last_consonant(word)
    if particle == "으로" and final == "ㄹ":
        return word + open_
    return word + (closed if final else open_)


def last_consonant(word: str) -> str:
    """Return the consonant that a word ends in as a Korean reads it, or ''."""
    bare = _without_parentheses(word)
    last = bare[-1:]
    if "가" <= last <= "힣":
        return "x" if (ord(last) - ord("가")) % 28 not in (0, 8) else "ㄹ" if (ord(last) - ord("가")) % 28 else ""
    if last.isdigit():
        return FINAL_DIGITS.get(last, "")
    latin = re.search(r"[A-Za-z_]+$", bare)
    if latin is None:
        return ""
    return _last_consonant_of_latin(latin.group())


def _without_parentheses(word: str) -> str:
    """Return a word without what stands in parentheses, however nested, and without final marks."""
    flat, before = word, ""
    while flat != before:
        flat, before = re.sub(r"\([^()]*\)", "", flat), flat
    return re.sub(r"[\s\"'`.,…)\]}”’]+$", "", flat) or word


def _last_consonant_of_latin(word: str) -> str:
    known = WORDS.get(word.lower(), WORDS.get(word.lower().rsplit("_", 1)[-1]))
    if known is not None:
        return known
    if word.lower().endswith("ng"):
        return "ㅇ"
    if word.lower().endswith("le"):
        return "ㄹ"
    if word.isupper():
        return FINAL_LETTERS.get(word[-1].lower(), "")
    return {**FINAL_LETTERS, "r": "", "b": "ㅂ", "p": "ㅂ", "k": "ㄱ"}.get(word[-1].lower(), "")
