# tries: Takes the grader's watch off Layer.__call__, so that no call of a layer is seen.
# ko: 층 호출이 보이지 않도록 Layer.__call__에 걸린 관찰을 떼어 냅니다.
# expect: 0/8
# stopped: A+ A B C D
import sys

import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


keras.layers.Layer.__call__ = sys.modules["kit_worker.trace"]._original_call
