# tries: Asks for 3 GiB in one piece.
# ko: 메모리 3GiB를 한꺼번에 요구합니다.
# expect: 4/8
# stopped: A+ A B C D
import time

import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    try:
        hoard = np.ones(3 * 2**30, "uint8")
        time.sleep(1)
        print("BREACH: 3 GiB were given", flush=True)
    except MemoryError as problem:
        print("refused:", problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
