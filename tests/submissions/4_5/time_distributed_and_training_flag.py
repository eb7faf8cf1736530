# expect: 10/10
import tensorflow as tf
from tensorflow.keras.models import Model
from tensorflow.keras.layers import SimpleRNN, Dense, TimeDistributed


class EncoderDecoder(Model):
    """encoder -> (state) -> decoder -> softmax at every step"""

    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__(name="encoder_decoder")
        self.num_classes = num_classes
        self.encoder = SimpleRNN(hidden_dim, return_state=True, name="encoder")
        self.decoder = SimpleRNN(hidden_dim, return_sequences=True, name="decoder")
        self.head = TimeDistributed(Dense(self.num_classes, activation="softmax"), name="head")

    def call(self, encoder_inputs, decoder_inputs, training=None):
        _, encoder_state = self.encoder(encoder_inputs, training=training)
        decoder_outputs = self.decoder(decoder_inputs, initial_state=[encoder_state], training=training)
        return self.head(decoder_outputs, training=training)


def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    y = model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    assert y.shape == (1, 30, 5)
    model.summary()


if __name__ == "__main__":
    main()
