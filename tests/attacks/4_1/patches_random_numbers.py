# tries: Fixes every generator of random numbers, and the clock, so that challenges come out as it wants.
# ko: 난수 생성기와 시계를 모두 고정해서 문제로 나올 값을 마음대로 정하려 합니다.
# expect: 4/8
# stopped: A+ A B C D
import os
import random
import time

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


random.seed(0)
np.random.seed(0)
keras.utils.set_random_seed(0)
FIXED = np.random.default_rng(0)
np.random.default_rng = lambda *_: FIXED
os.urandom = lambda size: bytes(size)
time.time = time.monotonic = time.perf_counter = lambda: 0.0
