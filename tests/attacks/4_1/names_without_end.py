# tries: Defines 3000 functions, with names of a megabyte, and values with odd classes.
# ko: 이름이 1MB인 함수 3000개와 이상한 클래스의 값들을 정의합니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for number in range(3000):
    globals()[f"name_{number}_" + "x" * 2000] = lambda: None
globals()["y" * 2**20] = lambda: None
globals()["\ud800"] = 1
globals()[7] = None
Odd = type("\x1b[31mOdd", (), {})
odd = Odd()
