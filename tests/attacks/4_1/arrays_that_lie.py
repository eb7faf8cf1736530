# tries: Answers the challenge with arrays whose shape, type and bytes do not agree, or that hold NaN.
# ko: 모양, 자료형, 바이트가 서로 맞지 않거나 NaN이 든 배열로 답합니다.
# expect: 4/8
# stopped: A+ A B C D
import sys
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


Blob = sys.modules["kit_worker.channel"].Blob
add = Blob.add
SHAPES = iter([[-3, -10], [2**62, 2**62], [0, 10], [3, 10, 0], [], ["3", "10"]] * 10)


def lie(self, array):
    entry = add(self, array)
    return {**entry, "shape": next(SHAPES), "at": [0, 10**12], "dtype": "float64"}


def build_model2():
    Blob.add = lie
    return Sequential([layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(9, activation="softmax")])
