# expect: 4/8
# fails: test_model1_layers
# says: Sequential([...])
from tensorflow.keras import layers, Sequential

def build_model1():
    model = [
        layers.Embedding(10, 5),
        layers.SimpleRNN(3),
    ]
    return model

def build_model2():
    model = Sequential([
        layers.Embedding(256, 100),
        layers.SimpleRNN(20),
        layers.Dense(10, activation='softmax'),
    ])
    return model
