# expect: 2/8
# fails: test_model1_sizes, test_model2_sizes
# says: input_dim is 11; expected 10
from tensorflow.keras import layers, Sequential

# 0번은 패딩이라서 +1
def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10 + 1, 5, mask_zero=True))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256 + 1, 100, mask_zero=True))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()
