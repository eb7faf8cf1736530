# expect: 8/8
from tensorflow.keras import Model, Sequential, layers


class RNNBlock(layers.Layer):
    """임베딩 + RNN 묶음"""

    def __init__(self, words, dim, hidden, **kwargs):
        super().__init__(**kwargs)
        self.block = Sequential([layers.Embedding(words, dim), layers.SimpleRNN(hidden)])

    def call(self, inputs):
        return self.block(inputs)


class Classifier(Model):
    def __init__(self):
        super().__init__()
        self.features = RNNBlock(256, 100, 20)
        self.head = Sequential([layers.Dense(10), layers.Activation("softmax")])

    def call(self, inputs):
        return self.head(self.features(inputs))


def build_model1():
    return Sequential([RNNBlock(10, 5, 3)])


def build_model2():
    model = Classifier()
    return model


def main():
    import numpy as np

    sample = np.array([[1, 4, 2, 0, 3]])
    print(build_model1()(sample))
    print(build_model2()(sample))


if __name__ == "__main__":
    main()
