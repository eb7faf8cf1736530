# tries: Loops inside a C function, where no exception arrives.
# ko: 예외가 닿지 않는 C 함수 안에서 끝없이 돕니다.
# expect: 0/8
# stopped: A+ A B C D
# timeout: 3
import re
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


re.match(r"(a+)+$", "a" * 60 + "b")
