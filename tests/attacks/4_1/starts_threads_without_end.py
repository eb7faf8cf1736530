# tries: Starts 3000 threads that wait.
# ko: 기다리기만 하는 스레드 3000개를 시작합니다.
# expect: 4/8
# stopped: A+ A B C D
import threading
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    gate = threading.Event()
    started = 0
    try:
        for number in range(3000):
            threading.Thread(target=gate.wait, daemon=True).start()
            started += 1
    except RuntimeError as problem:
        print("refused after", started, problem)
    time.sleep(1)
    if started == 3000:
        print("BREACH: 3000 threads were started", flush=True)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
