# expect: 8/10
# fails: test_model_computes
# says: has no activation
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes)

    def call(self, encoder_inputs, decoder_inputs):
        _, st = self.encoder(encoder_inputs)
        return self.dense(self.decoder(decoder_inputs, initial_state=[st]))

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
