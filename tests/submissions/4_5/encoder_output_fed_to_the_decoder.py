# expect: 4/10
# fails: test_state_from_encoder, test_decoder_starts_from_state
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        self.steps = decoder_input_shape[0]
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True)
        self.repeat = layers.RepeatVector(self.steps)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        encoder_output, encoder_state = self.encoder(encoder_inputs)
        # 문맥 벡터를 매 시점 입력에 붙여 준다
        context = self.repeat(encoder_output)
        x = tf.concat([context, decoder_inputs], axis=-1)
        decoder_outputs = self.decoder(x, initial_state=[encoder_state])
        return self.dense(decoder_outputs)

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    model.summary()
