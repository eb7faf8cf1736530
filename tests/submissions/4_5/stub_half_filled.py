# expect: 4/10
# fails: test_state_from_encoder
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()

        # TODO: 1
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True, input_shape=encoder_input_shape)

        # TODO: 2
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True, input_shape=decoder_input_shape)

        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        # TODO: 3
        encoder_state = None

        # TODO: 4
        decoder_outputs = None

        outputs = self.dense(decoder_outputs)

        return outputs

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()

if __name__ == "__main__":
    main()
