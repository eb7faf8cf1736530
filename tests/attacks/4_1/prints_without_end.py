# tries: Prints 200 MB.
# ko: 200MB를 출력합니다.
# expect: 0/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for number in range(2000):
    print("x" * 100_000)
