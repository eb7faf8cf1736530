# tries: Returns a model of one Dense layer that claims other layers, shapes, weights and parameters.
# ko: Dense 층 하나뿐인데 층, 모양, 가중치, 파라미터 수를 다르게 말하는 모델을 돌려줍니다.
# expect: 4/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Claims(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(10, activation="softmax")

    def call(self, inputs):
        return self.dense(keras.ops.cast(inputs, "float32"))

    @property
    def layers(self):
        return [layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, activation="softmax")]

    def _flatten_layers(self, include_self=True, recursive=True):
        return self.layers

    @property
    def weights(self):
        return []

    output_shape = (None, 10)

    def count_params(self):
        return 28230

    def get_config(self):
        return {"layers": []}

    def summary(self, *_, **__):
        print("Total params: 28,230")


def build_model2():
    return Claims()
