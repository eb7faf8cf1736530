# expect: 4/8
# fails: test_model2_layers
# says: return_sequences=True
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()
