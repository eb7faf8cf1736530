# tries: Builds small layers, then writes the sizes asked for into their attributes.
# ko: 작은 층을 만든 뒤, 요구된 크기를 속성에만 적어 넣습니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    model = Sequential([layers.Embedding(256, 4), layers.SimpleRNN(2), layers.Dense(10, activation="softmax")])
    model.build((None, 6))
    model.layers[0].output_dim = 100
    model.layers[1].cell.units = 20
    type(model.layers[1]).units = property(lambda self: 20)
    return model
