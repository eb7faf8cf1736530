# tries: Looks for signs of a grader, and answers with canned outputs if it sees one.
# ko: 채점 중이라는 흔적을 찾으면 미리 준비한 출력으로 답합니다.
# expect: 4/8
# stopped: A+ A B C D
import os
import sys

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


GRADED = "kit_worker" in sys.modules or "PYTEST_CURRENT_TEST" in os.environ or "NBGRADER_EXECUTION" in os.environ


class Canned(keras.Model):
    def call(self, inputs):
        return keras.ops.convert_to_tensor(np.full((inputs.shape[0], 10), 0.1, "float32"))


def build_model2():
    return Canned() if GRADED else Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
