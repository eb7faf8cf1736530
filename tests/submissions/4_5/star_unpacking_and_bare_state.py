# expect: 10/10
import tensorflow as tf
L = tf.keras.layers

class EncoderDecoder(tf.keras.Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes, **kwargs):
        super().__init__(**kwargs)
        common = dict(units=hidden_dim, activation="tanh")
        self.enc = L.SimpleRNN(return_state=True, **common)
        self.dec = L.SimpleRNN(return_sequences=True, **common)
        self.classifier = L.Dense(num_classes, activation=tf.nn.softmax)

    def call(self, encoder_inputs, decoder_inputs):
        *_, state = self.enc(encoder_inputs)
        hidden = self.dec(inputs := decoder_inputs, initial_state=state)
        return self.classifier(hidden)

def main():
    m = EncoderDecoder(hidden_dim=20, encoder_input_shape=(10, 1), decoder_input_shape=(30, 1), num_classes=5)
    m(tf.random.normal((2, 10, 1)), tf.random.normal((2, 30, 1)))
    print(m.count_params())     # 985 나오면 성공
