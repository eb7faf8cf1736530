# expect: 4/10
# fails: test_encoder, test_decoder
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.h = hidden_dim
        self.n = num_classes

    def call(self, encoder_inputs, decoder_inputs):
        _, s = layers.SimpleRNN(self.h, return_state=True)(encoder_inputs)
        d = layers.SimpleRNN(self.h, return_sequences=True)(decoder_inputs, initial_state=[s])
        return layers.Dense(self.n, activation="softmax")(d)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    y = model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    print(y.shape)
