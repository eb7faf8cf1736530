# expect: 4/10
# fails: test_encoder, test_state_from_encoder
# says: return_state=True
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        self.encoder = layers.SimpleRNN(hidden_dim)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        state = self.encoder(encoder_inputs)   # last output == state, right?
        x = self.decoder(decoder_inputs, initial_state=[state])
        return self.dense(x)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    print(model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1))).shape)
