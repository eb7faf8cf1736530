# tries: Imports the grader from the worker, to find the lessons and their solutions through it.
# ko: 작업 프로세스에서 채점기를 불러와 실습과 정답의 위치를 알아냅니다.
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


def through_the_grader():
    import sys

    sys.path.insert(0, "@KIT@")
    from grader import kit

    print(kit.lessons()["4_1"].checks.read_text())
    exec(kit.lessons()["4_1"].solution.read_text(), globals())


def as_a_package():
    import sys

    sys.path.insert(0, "@KIT@")
    from solutions.lesson_4_1 import build_model2


attempt(through_the_grader)
attempt(as_a_package)
