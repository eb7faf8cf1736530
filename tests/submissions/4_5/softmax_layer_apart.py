# expect: 10/10
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        self.blocks = [
            layers.SimpleRNN(hidden_dim, return_state=True),
            layers.SimpleRNN(hidden_dim, return_sequences=True),
            layers.Dense(num_classes),
            layers.Softmax(),
        ]

    def call(self, encoder_inputs, decoder_inputs):
        enc, dec, dense, softmax = self.blocks
        state = enc(encoder_inputs)[1]
        h = dec(decoder_inputs, initial_state=[state])
        logits = dense(h)
        # print(logits.shape)
        return softmax(logits)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.ones((1, 10, 1)), tf.ones((1, 30, 1)))
    model.summary()
