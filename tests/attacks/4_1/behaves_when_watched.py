# tries: Computes what is asked while the grader watches its layers, and something else when it is held to its word.
# ko: 채점기가 층을 관찰하는 동안에만 맞게 계산하고, 값을 대조할 때는 다르게 계산합니다.
# expect: 4/8
# stopped: A+ A B C D
import sys

import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Actor(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = [layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, activation="softmax")]

    def call(self, inputs):
        watched = sys.modules["kit_worker.trace"]._active is not None
        for layer in self.stack:
            inputs = layer(inputs)
        return inputs if watched else keras.ops.roll(inputs, 1, axis=-1)


def build_model2():
    return Actor()
