# tries: Nests 1500 folders in its scratch folder, so that cleaning up recurses too deep.
# ko: 지우는 작업이 너무 깊이 들어가도록 임시 폴더 안에 폴더 1500개를 겹쳐 만듭니다.
# expect: 4/8
# stopped: A+ A B C D
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


def nest():
    here = os.getcwd()
    for number in range(1500):
        os.mkdir("d")
        os.chdir("d")
    open("leaf", "w").close()
    os.chdir(here)


attempt(nest)
