# tries: Prints the environment of its own process, of the zygote and of the grader.
# ko: 자신과 자이고트, 채점기의 환경 변수를 출력합니다.
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


print(dict(os.environ))
for process in ("self", os.getppid(), "@PARENT@"):
    attempt(lambda: print(open(f"/proc/{process}/environ").read()))
    attempt(lambda: print(open(f"/proc/{process}/cmdline").read()))
