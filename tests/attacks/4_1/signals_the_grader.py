# tries: Sends a signal to the grader's process (signal 0: only whether it may).
# ko: 채점기 프로세스에 시그널을 보냅니다(보낼 수 있는지만 보는 시그널 0).
# expect: 4/8
# stopped: A+ A B
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


def strike(process):
    os.kill(process, 0)
    print("BREACH: another process would take a signal")


attempt(lambda: strike(os.getppid()))
attempt(lambda: strike(int("@PARENT@")))
attempt(lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19))
