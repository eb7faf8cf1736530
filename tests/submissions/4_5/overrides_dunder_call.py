# expect: 10/10
# 자바처럼 생각해서 __call__ 을 직접 만들었는데 잘 돌아간다
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

class EncoderDecoder(keras.Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def __call__(self, encoder_inputs, decoder_inputs):
        o, h = self.encoder(encoder_inputs)
        y = self.decoder(decoder_inputs, initial_state=[h])
        y = self.dense(y)
        return y

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    encoder_x = tf.random.uniform((1, 10, 1))
    decoder_x = tf.random.uniform((1, 30, 1))
    print(model(encoder_x, decoder_x).shape)
