# tries: Changes NumPy, Keras and the interpreter for whoever comes next.
# ko: 다음 제출물이 쓰게 될 NumPy, Keras, 인터프리터를 바꿔 놓습니다.
# expect: 0/8
# stopped: A+ A B C D
import builtins
import os
import sys

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


keras.config.set_floatx("float16")
keras.layers.SimpleRNN.call = keras.layers.Dense.call = lambda self, inputs, *_, **__: inputs
keras.layers.Embedding.__init__ = None
np.random.default_rng = np.asarray = None
builtins.isinstance = builtins.len = lambda *_: 0
sys.modules["kit_worker.child"].REQUESTS.clear()
os.fork = os._exit = None
