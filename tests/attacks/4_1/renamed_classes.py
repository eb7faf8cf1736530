# tries: Gives LSTM the name SimpleRNN and puts it into SimpleRNN's place in Keras.
# ko: LSTM에 SimpleRNN이라는 이름을 붙이고 Keras의 SimpleRNN 자리에 넣습니다.
# expect: 4/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class SimpleRNN(layers.LSTM):
    pass


SimpleRNN.__module__ = layers.SimpleRNN.__module__
SimpleRNN.__qualname__ = "SimpleRNN"
layers.LSTM.__name__ = "SimpleRNN"


def build_model2():
    keras.layers.SimpleRNN = SimpleRNN
    return Sequential([layers.Embedding(256, 100), SimpleRNN(20), layers.Dense(10, activation="softmax")])
