# expect: 10/10
import tensorflow as tf
from tensorflow.keras.layers import RNN, SimpleRNNCell, Dense, Activation

class EncoderDecoder(tf.keras.Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.encoder = RNN(SimpleRNNCell(hidden_dim), return_state=True)
        self.decoder = RNN(SimpleRNNCell(hidden_dim), return_sequences=True)
        self.dense = Dense(num_classes)
        self.act = Activation('softmax')

    def call(self, encoder_inputs, decoder_inputs):
        encoder_out, state_h = self.encoder(encoder_inputs)
        decoder_out = self.decoder(decoder_inputs, initial_state=[state_h])
        return self.act(self.dense(decoder_out))

def main():
    EncoderDecoder(20, (10, 1), (30, 1), 5)(tf.zeros((1, 10, 1)), tf.zeros((1, 30, 1)))
