# tries: Ends itself with a real-time signal, which has no name.
# ko: 이름 없는 실시간 시그널로 자신을 끝냅니다.
# expect: 4/8
# stopped: A+ A B C D
import os
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    os.kill(os.getpid(), 40)
