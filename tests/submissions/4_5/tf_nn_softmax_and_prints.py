# expect: 10/10
import tensorflow as tf

class EncoderDecoder(tf.keras.Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super().__init__()
        SimpleRNN = tf.keras.layers.SimpleRNN
        self.a = SimpleRNN(hidden_dim, return_state=True)
        self.b = SimpleRNN(hidden_dim, return_sequences=True)
        self.c = tf.keras.layers.Dense(num_classes)

    def call(self, encoder_inputs, decoder_inputs):
        out, s = self.a(encoder_inputs)
        print("encoder out:", out.shape, " state:", s.shape)
        # SimpleRNN 은 둘이 같은 값인지 확인해 봄
        print("같은가?", tf.reduce_all(tf.equal(out, s)))
        z = self.b(decoder_inputs, initial_state=[s])
        print("decoder out:", z.shape)
        return tf.nn.softmax(self.c(z))

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    r = model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    print(r[0, 0])
