# expect: 2/10
# fails: test_encoder, test_state_from_encoder, test_decoder_starts_from_state
# says: return_state=True
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.encoder = layers.SimpleRNN(hidden_dim, input_shape=encoder_input_shape)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True, input_shape=decoder_input_shape)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        _, encoder_state = self.encoder(encoder_inputs)
        decoder_outputs = self.decoder(decoder_inputs, initial_state=[encoder_state])
        outputs = self.dense(decoder_outputs)
        return outputs

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()

if __name__ == "__main__":
    main()
