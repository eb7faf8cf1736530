# expect: 0/8
# fails: test_model1_layers, test_model2_layers
# says: returned None
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    model.summary()

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    print(model.summary())

def main():
    build_model1()
    build_model2()

if __name__ == "__main__":
    main()
