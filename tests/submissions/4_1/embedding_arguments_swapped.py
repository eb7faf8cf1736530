# expect: 5/8
# fails: test_model1_sizes
# says: input_dim is 5; expected 10
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    # 벡터 길이 5, 단어 10개
    model.add(layers.Embedding(5, 10))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()

if __name__ == "__main__":
    main()
