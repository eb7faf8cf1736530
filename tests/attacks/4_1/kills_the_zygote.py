# tries: Kills the process that it was forked from.
# ko: 자신을 만든 프로세스를 종료시킵니다.
# expect: 4/8
# stopped: A+ A B
import os
import signal
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


def strike():
    with open(f"/proc/{os.getppid()}/cmdline") as line:
        is_the_zygote = "zygote" in line.read()
    os.kill(os.getppid(), signal.SIGKILL if is_the_zygote else 0)
    print("BREACH: the zygote took a signal")


attempt(strike)
