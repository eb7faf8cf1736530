# tries: Subclasses the right layers, so that their names and settings are right and what they compute is not.
# ko: 이름과 설정은 맞지만 계산은 다른, 올바른 층의 하위 클래스를 씁니다.
# expect: 4/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Lazy(layers.SimpleRNN):
    def call(self, sequences, initial_state=None, mask=None, training=False):
        return keras.ops.mean(sequences, axis=1)[:, :20]


def build_model2():
    return Sequential([layers.Embedding(256, 100), Lazy(20), layers.Dense(10, activation="softmax")])
