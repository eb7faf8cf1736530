# tries: Opens the memory of the zygote and of the grader.
# ko: 자이고트와 채점기의 메모리를 엽니다.
# expect: 4/8
# stopped: A+ A
import os
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


def look(process):
    with open(f"/proc/{process}/mem", "r+b"):
        print("BREACH: the memory of another process can be opened")


attempt(lambda: look(os.getppid()))
attempt(lambda: look("@PARENT@"))
