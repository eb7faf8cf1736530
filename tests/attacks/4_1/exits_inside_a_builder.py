# tries: Exits with code 0 in the middle of the function that it could not write.
# ko: 풀지 못한 함수 안에서 종료 코드 0으로 끝냅니다.
# expect: 4/8
# stopped: A+ A B C D
import os

from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    os._exit(0)
