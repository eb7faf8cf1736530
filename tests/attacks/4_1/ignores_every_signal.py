# tries: Ignores every signal, disarms every timer, catches everything and goes on for ever.
# ko: 모든 시그널을 무시하고 타이머를 끄고, 무엇이든 잡으면서 끝없이 돕니다.
# expect: 0/8
# stopped: A+ A B C D
# timeout: 3
import signal
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
signal.alarm(0)
while True:
    try:
        time.sleep(60)
    except BaseException:
        continue
