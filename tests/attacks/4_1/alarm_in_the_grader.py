# tries: Sets a timer whose signal ends the process in the middle of the worker's own code.
# ko: 작업 프로세스의 코드가 도는 도중에 끝나도록 시그널 타이머를 맞춥니다.
# expect: 0/8
# stopped: A+ A B C D
import os
import signal
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(1)
