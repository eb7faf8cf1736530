# tries: Kills the fresh process that is warming up for the next submission.
# ko: 다음 제출물을 위해 준비 중인 새 프로세스를 종료시킵니다.
# expect: 4/8
# stopped: A+ A B
# worker: fresh
import os
import pathlib
import signal
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for entry in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
        words = (entry / "cmdline").read_text().split("\0")
        if parent == "@PARENT@" and "fresh" in words and int(entry.name) != os.getpid():
            os.kill(int(entry.name), signal.SIGKILL)
            print("BREACH: the next worker was killed")
    except OSError as problem:
        print("refused:", problem)
