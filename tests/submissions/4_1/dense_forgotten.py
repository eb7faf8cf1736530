# expect: 4/8
# fails: test_model2_layers
# says: is missing after layer 2
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
    # softmax -> 마지막에 붙이기
    return model

def main():
    build_model1().summary()
    build_model2().summary()

if __name__ == "__main__":
    main()
