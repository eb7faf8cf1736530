# expect: 5/8
# fails: test_model2_sizes
# says: Layer 2, SimpleRNN: activation is
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential(); model.add(layers.Embedding(10, 5)); model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20, activation='softmax'))
    model.add(layers.Dense(10))
    return model
