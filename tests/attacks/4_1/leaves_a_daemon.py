# tries: Forks twice, starts a session of its own and rewrites the results later.
# ko: 두 번 포크하고 새 세션을 열어, 나중에 결과를 다시 씁니다.
# expect: 4/8
# stopped: A+ A B C D
import os
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


def attempt(what):
    try:
        return what()
    except BaseException as problem:
        print(f"refused: {type(problem).__name__}: {problem}")


def daemon():
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in range(20):
        time.sleep(1)
    with open("@OUTSIDE@/results.json", "w") as file:
        file.write('{"score": 8}')
    os._exit(0)


attempt(daemon)
