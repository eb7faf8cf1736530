# tries: Runs a shell, with every way there is to start a program.
# ko: 프로그램을 시작하는 온갖 방법으로 셸을 실행합니다.
# expect: 4/8
# stopped: A+ A B
import os
import subprocess
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


def run(*words):
    if b"reached" in subprocess.run(words, capture_output=True).stdout:
        print("BREACH: a program was started")


attempt(lambda: run("sh", "-c", "echo reached"))
attempt(lambda: run("/proc/self/exe", "-c", "print('reached')"))
attempt(lambda: os.system("echo reached") == 0 and print("BREACH: os.system ran"))
attempt(lambda: os.posix_spawn("/bin/true", ["true"], {}) and print("BREACH: posix_spawn ran"))
