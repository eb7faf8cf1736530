# expect: 8/8
# notes: Embedding(input_length=
# 예전 책 보고 따라 침 (TF 2.3)
import tensorflow as tf
from tensorflow.keras import layers, Sequential

SEQ_LEN = 7

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5, input_length=SEQ_LEN))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = Sequential()
    model.add(layers.Embedding(input_dim=256, output_dim=100, input_length=SEQ_LEN))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    m1 = build_model1()
    m2 = build_model2()
    m1.summary(); m2.summary()

if __name__ == "__main__":
    main()
