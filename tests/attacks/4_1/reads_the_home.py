# tries: Reads a file in the home folder, lists the folder, and prints both.
# ko: 홈 폴더의 파일을 읽고 폴더 목록도 출력합니다.
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


attempt(lambda: print(open("@HOME@/secret.txt").read()))
attempt(lambda: print("BREACH: the home folder was listed", os.listdir("@HOME@")))
attempt(lambda: print("BREACH: /etc/passwd was read", len(open("/etc/passwd").read()) > 0))
