# tries: Writes 600 MB into files that it has deleted but keeps open.
# ko: 지웠지만 열어 둔 파일에 600MB를 씁니다.
# expect: 4/8
# stopped: A+ A B C D
import os
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    held = []
    try:
        for number in range(40):
            held.append(open(f"part-{number}", "wb", buffering=0))
            os.remove(f"part-{number}")
            held[-1].write(bytes(15_000_000))
        time.sleep(1)
        print("BREACH: 600 MB were written", flush=True)
    except OSError as problem:
        print("refused:", problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
