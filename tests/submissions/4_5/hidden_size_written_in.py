# expect: 4/10
# fails: test_encoder, test_decoder
# says: SimpleRNN(20
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.encoder = layers.SimpleRNN(20, return_state=True)
        self.decoder = layers.SimpleRNN(20, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        _, encoder_state = self.encoder(encoder_inputs)
        decoder_outputs = self.decoder(decoder_inputs, initial_state=[encoder_state])
        return self.dense(decoder_outputs)

def main():
    hidden_dim = 20
    model = EncoderDecoder(hidden_dim, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()
