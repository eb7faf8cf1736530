# expect: 4/8
# fails: test_model2_layers
# says: no layers yet
from tensorflow.keras import Sequential, layers

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    # TODO: 여기에 코드 작성
    return model

def main():
    model1 = build_model1()
    model1.summary()
    print()
    model2 = build_model2()
    model2.summary()
