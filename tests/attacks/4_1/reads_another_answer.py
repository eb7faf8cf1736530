# tries: Reads another student's answer and runs it as its own.
# ko: 다른 학생의 답안을 읽어 자기 것처럼 실행합니다.
# expect: 4/8
# stopped: A+ A
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


def copy():
    source = open("@OTHERS@/lesson_4_1.py").read()
    print(source)
    exec(source, globals())


attempt(copy)
