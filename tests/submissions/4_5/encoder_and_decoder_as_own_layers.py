# expect: 10/10
import tensorflow as tf
from tensorflow.keras import layers, Model

class Encoder(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.rnn = layers.SimpleRNN(units, return_state=True)

    def call(self, x):
        _, state = self.rnn(x)
        return state

class Decoder(layers.Layer):
    def __init__(self, units, classes, **kwargs):
        super().__init__(**kwargs)
        self.rnn = layers.SimpleRNN(units, return_sequences=True)
        self.fc = layers.Dense(classes, activation='softmax')

    def call(self, x, state):
        x = self.rnn(x, initial_state=[state])
        return self.fc(x)

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        self.enc = Encoder(hidden_dim)
        self.dec = Decoder(hidden_dim, num_classes)

    def call(self, encoder_inputs, decoder_inputs):
        state = self.enc(encoder_inputs)
        return self.dec(decoder_inputs, state)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    y = model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    print(y.shape)
    model.summary()

if __name__ == "__main__":
    main()
