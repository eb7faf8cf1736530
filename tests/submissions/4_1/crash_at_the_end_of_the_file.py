# expect: 8/8
# notes: plot_modle
from tensorflow.keras import layers, Sequential, utils

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    m1 = build_model1()
    m2 = build_model2()
    m1.summary()
    m2.summary()
    utils.plot_modle(m2, 'm2.png')

main()
