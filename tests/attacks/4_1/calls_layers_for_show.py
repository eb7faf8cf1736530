# tries: Calls the right layers for the grader to see, and returns something else.
# ko: 올바른 층을 보여 주기로만 호출하고, 다른 것을 돌려줍니다.
# expect: 4/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Show(keras.Model):
    def __init__(self):
        super().__init__()
        self.shown = [layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, activation="softmax")]

    def call(self, inputs):
        tensor = inputs
        for layer in self.shown:
            tensor = layer(tensor)
        return tensor * 0 + 0.1


def build_model2():
    return Show()
