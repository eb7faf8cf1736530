# tries: Declares inputs of a billion steps, for the grader to draw and to hold in its memory.
# ko: 채점기가 만들어 메모리에 담도록, 10억 시점짜리 입력을 선언합니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Input, Sequential, layers

def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([Input((10**9,)), layers.Embedding(256, 100), layers.LSTM(20)])
