# tries: Raises exceptions whose text, type and traceback fail, grow without end, or hold half a character.
# ko: 글자, 타입, 추적 정보가 실패하거나 끝없이 길거나 반쪽 문자인 예외를 일으킵니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Odd(Exception):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


def build_model2():
    raise type("E" * 5_000_000, (Odd,), {})("\ud800" * 1000)
