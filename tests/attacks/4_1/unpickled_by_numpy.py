# tries: Returns arrays of objects, which only a pickle could carry, and saves one for the grader to load.
# ko: 피클로만 옮길 수 있는 객체 배열을 돌려주고, 채점기가 읽도록 하나를 저장합니다.
# expect: 4/8
# stopped: A+ A B C D
import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Bomb:
    def __reduce__(self):
        return (open, ("@OUTSIDE@/unpickled", "w"))


def build_model2():
    bombs = np.array([Bomb(), Bomb()], dtype=object)
    try:
        np.save("imdb.npz", bombs, allow_pickle=True)
    except Exception as problem:
        print("refused:", problem)
    return bombs
