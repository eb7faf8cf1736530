# expect: 2/8
# fails: test_model1_sizes, test_model2_sizes
# says: Layer 2, SimpleRNN: activation is
from tensorflow.keras import layers, Sequential

# relu 가 성능이 더 좋다고 해서 사용
def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3, activation='relu'))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20, activation='relu'))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()

if __name__ == "__main__":
    main()
