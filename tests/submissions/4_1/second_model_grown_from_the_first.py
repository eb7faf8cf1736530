# expect: 5/8
# fails: test_model2_sizes
# says: units is 3; expected 20
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    # 모델1 뒤에 Dense만 추가
    model = build_model1()
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()
