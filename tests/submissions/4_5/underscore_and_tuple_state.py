# expect: 10/10
"""실습 6 - seq2seq 맛보기"""
import keras
from keras import ops
import numpy as np


class EncoderDecoder(keras.Model):

    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        self.reader = keras.layers.SimpleRNN(units=hidden_dim, return_state=True)
        self.writer = keras.layers.SimpleRNN(units=hidden_dim, return_sequences=True)
        self.out = keras.layers.Dense(units=num_classes, activation='softmax')

    def call(self, encoder_inputs, decoder_inputs):
        _, s = self.reader(encoder_inputs)
        return self.out(self.writer(decoder_inputs, initial_state=(s,)))


def main():
    net = EncoderDecoder(20, (10, 1), (30, 1), 5)
    probs = net(np.random.rand(1, 10, 1).astype("float32"), np.random.rand(1, 30, 1).astype("float32"))
    print(probs.shape, float(ops.sum(probs[0, 0])))
    net.summary()

if __name__ == '__main__':
    main()
