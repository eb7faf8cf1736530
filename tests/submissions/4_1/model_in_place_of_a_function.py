# expect: 4/8
# fails: test_model2_layers
# says: build_model2 is a
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

build_model2 = Sequential()
build_model2.add(layers.Embedding(256, 100))
build_model2.add(layers.SimpleRNN(20))
build_model2.add(layers.Dense(10, activation='softmax'))

def main():
    build_model1().summary()
    build_model2.summary()
