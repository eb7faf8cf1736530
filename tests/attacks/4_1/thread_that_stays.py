# tries: Leaves a thread behind that changes what was handed in while the grader looks at it.
# ko: 채점기가 보는 동안 제출한 것을 바꾸는 스레드를 남깁니다.
# expect: 4/8
# stopped: A+ A B C D
import sys
import threading
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


def meddle():
    while True:
        for name in ("NOTES",):
            del getattr(sys.modules["kit_worker.recording"], name)[:]
        time.sleep(0.01)


threading.Thread(target=meddle).start()
