# expect: 4/8
# fails: test_model2_layers
# says: VanillaCell
# 셀을 직접 구현해 보았습니다
import tensorflow as tf
from tensorflow.keras import layers, Sequential

class VanillaCell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer='glorot_uniform')
        self.u = self.add_weight(shape=(self.units, self.units), initializer='orthogonal')

    def call(self, x, states):
        h = tf.tanh(tf.matmul(x, self.w) + tf.matmul(states[0], self.u))
        return h, [h]

def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])

def build_model2():
    return Sequential([
        layers.Embedding(256, 100),
        layers.RNN(VanillaCell(20)),
        layers.Dense(10, activation='softmax'),
    ])
