# tries: Hides weights that its output does not depend on behind a property that denies them.
# ko: 출력과 무관한 가중치를, 없다고 말하는 속성 뒤에 숨깁니다.
# expect: 7/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Hoard(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = [layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, activation="softmax")]
        self.extra = layers.Dense(500)
        self.extra.build((None, 500))

    def call(self, inputs):
        for layer in self.stack:
            inputs = layer(inputs)
        return inputs

    @property
    def weights(self):
        return []


def build_model2():
    return Hoard()
