# expect: 4/8
# fails: test_model2_layers
# says: defines no build_model2
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])
    return model

def main():
    def build_model2():
        model = Sequential([layers.Embedding(256, 100), layers.SimpleRNN(20),
                            layers.Dense(10, activation='softmax')])
        return model

    build_model1().summary()
    build_model2().summary()

if __name__ == '__main__':
    main()
