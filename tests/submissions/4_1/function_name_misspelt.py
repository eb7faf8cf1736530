# expect: 4/8
# fails: test_model2_layers
# says: did you mean build_model2
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def bulid_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    model1 = build_model1()
    model2 = bulid_model2()
    model1.summary()
    model2.summary()
