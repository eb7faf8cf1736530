# expect: 8/8
# notes: 'Softmax'
# notes: input_shape
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5, input_shape=(None,)))
    model.add(layers.SimpleRNN(3, activation='tanh'))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100, input_shape=(None,)))
    model.add(layers.SimpleRNN(20, activation='tanh'))
    model.add(layers.Dense(10, activation='Softmax'))
    return model

def main():
    print(build_model1().count_params())   # 77
    print(build_model2().count_params())   # 28230
