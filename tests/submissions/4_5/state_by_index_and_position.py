# expect: 10/10
import tensorflow as tf
from tensorflow.keras.layers import SimpleRNN, Dense
from tensorflow.keras import Model

class EncoderDecoder(Model):
    # hidden_dim: size of the memory of both networks
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.rnn1 = SimpleRNN(hidden_dim, return_state = True)
        self.rnn2 = SimpleRNN(hidden_dim, return_sequences = True)
        self.fc = Dense(num_classes, 'softmax')

    def call(self, encoder_inputs, decoder_inputs):
        r = self.rnn1(encoder_inputs)
        # r[0] is the output, r[1] the state
        x = self.rnn2(decoder_inputs, r[1])
        x = self.fc(x)
        return x

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.zeros((1, 10, 1)), tf.zeros((1, 30, 1)))
    model.summary()
