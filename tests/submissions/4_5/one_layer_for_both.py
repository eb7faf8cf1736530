# expect: 8/10
# fails: test_model_computes
# says: ne and the same layer
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        # encoder and decoder have the same size, so I reuse the layer
        self.rnn = layers.SimpleRNN(hidden_dim, return_sequences=True, return_state=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        _, state = self.rnn(encoder_inputs)
        y, _ = self.rnn(decoder_inputs, initial_state=[state])
        return self.dense(y)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()
