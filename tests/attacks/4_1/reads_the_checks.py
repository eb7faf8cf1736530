# tries: Reads the checks, the zoo and the self-test's own folder, and prints them.
# ko: 채점 검사와 제출물 모음, 자체 점검 폴더를 읽어 출력합니다.
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


def read():
    print(open("@KIT@/tests/lessons/test_4_1.py").read())


def right_answer():
    exec(open("@KIT@/tests/submissions/4_1/functional_api.py").read(), globals())


attempt(read)
attempt(right_answer)
