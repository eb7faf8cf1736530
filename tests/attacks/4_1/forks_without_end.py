# tries: Starts 64 processes, as the beginning of a fork bomb.
# ko: 포크 폭탄의 시작으로 프로세스 64개를 만듭니다.
# expect: 4/8
# stopped: A+ A B C D
import os
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    started = 0
    try:
        for number in range(64):
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
            started += 1
    except OSError as problem:
        print("refused:", problem)
    time.sleep(1)
    if started == 64:
        print("BREACH: 64 processes were started", flush=True)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
