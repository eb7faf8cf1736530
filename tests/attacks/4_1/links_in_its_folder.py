# tries: Leaves links to other files and folders in its scratch folder, for the cleaning up to follow.
# ko: 임시 폴더를 지울 때 따라가도록 다른 파일과 폴더로 가는 링크를 남깁니다.
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


attempt(lambda: os.symlink("@OUTSIDE@", "outside"))
attempt(lambda: os.symlink("@HOME@/secret.txt", "secret"))
attempt(lambda: os.symlink("@OTHERS@", "others", target_is_directory=True))
attempt(lambda: os.mkdir("locked"))
attempt(lambda: open("locked/file", "w").close())
attempt(lambda: os.chmod("locked", 0))
attempt(lambda: os.mkfifo("pipe"))
attempt(lambda: open(b"\xff\xfe name \n of no encoding", "w").close())
