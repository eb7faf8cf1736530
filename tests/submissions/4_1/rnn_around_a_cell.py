# expect: 8/8
# SimpleRNN = RNN(SimpleRNNCell) 이라고 배워서 셀로 만들어 봄
import tensorflow as tf
from tensorflow.keras import layers as L


def build_model1():
    cell = L.SimpleRNNCell(3)
    net = tf.keras.Sequential()
    net.add(L.Embedding(10, 5))
    net.add(L.RNN(cell))
    return net


def build_model2():
    net = tf.keras.Sequential()
    net.add(L.Embedding(256, 100))
    net.add(L.RNN(L.SimpleRNNCell(20)))
    net.add(L.Dense(10))
    net.add(L.Activation('softmax'))
    return net


def main():
    for f in (build_model1, build_model2):
        net = f()
        net.build(input_shape=(None, 5))
        print(net.count_params())


main()
