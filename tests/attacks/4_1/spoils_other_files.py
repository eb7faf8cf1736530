# tries: Changes another student's answer and the results, and writes where others may write.
# ko: 다른 학생의 답안과 결과 파일을 바꾸고, 쓸 수 있는 폴더에 파일을 남깁니다.
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


def write(path, words):
    with open(path, "w") as file:
        file.write(words)


attempt(lambda: write("@OTHERS@/lesson_4_1.py", "raise SystemExit"))
attempt(lambda: write("@OUTSIDE@/results.json", '{"score": 8}'))
attempt(lambda: write("@OUTSIDE@/conftest.py", "import pytest"))
attempt(lambda: os.remove("@OTHERS@/lesson_4_1.py"))
attempt(lambda: os.truncate("@OUTSIDE@/results.json", 0))
attempt(lambda: os.rename("@OUTSIDE@/results.json", "@OUTSIDE@/old.json"))
attempt(lambda: os.symlink("@HOME@/secret.txt", "@OUTSIDE@/link"))
attempt(lambda: os.link("@HOME@/secret.txt", "@OUTSIDE@/hard"))
attempt(lambda: os.mkfifo("@OUTSIDE@/pipe"))
attempt(lambda: os.chmod("@OUTSIDE@/results.json", 0o777))
