# expect: 10/10
# notes: input_shape
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input
from tensorflow.keras.models import Model


class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()

        # 1번: 인코더. return_state=True 해야 상태까지 같이 나온다
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True, input_shape=encoder_input_shape)

        # 2번: 디코더. 매 시점 출력이 필요해서 return_sequences=True
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True, input_shape=decoder_input_shape)

        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        # 3번
        enc_out, enc_state = self.encoder(encoder_inputs)   # enc_out 은 안 씀

        # 4번
        dec_out = self.decoder(decoder_inputs, initial_state=[enc_state])

        return self.dense(dec_out)


def main():
    hidden_dim = 20
    encoder_input_shape = (10, 1)
    decoder_input_shape = (30, 1)
    num_classes = 5

    model = EncoderDecoder(hidden_dim, encoder_input_shape, decoder_input_shape, num_classes)

    ex = tf.expand_dims(tf.random.uniform(shape=encoder_input_shape), axis=0)
    dx = tf.expand_dims(tf.random.uniform(shape=decoder_input_shape), axis=0)
    y = model(ex, dx)
    print(y.shape)
    model.summary()


main()
