# expect: 4/10
# fails: test_state_from_encoder, test_decoder_starts_from_state
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        _, state = self.encoder(decoder_inputs)
        out = self.decoder(encoder_inputs, initial_state=[state])
        return self.dense(out)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()
