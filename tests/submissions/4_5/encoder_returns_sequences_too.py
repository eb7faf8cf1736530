# expect: 10/10
import tensorflow as tf
from tensorflow.keras import layers, Model

class EncoderDecoder(Model):
    def __init__(self, hidden_dim, encoder_input_shape, decoder_input_shape, num_classes):
        super(EncoderDecoder, self).__init__()
        # 두 개 다 똑같은 옵션으로 만들고 필요한 것만 골라 쓴다
        self.encoder = layers.SimpleRNN(hidden_dim, return_sequences=True, return_state=True)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True, return_state=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs, decoder_inputs):
        all_outputs, last_state = self.encoder(encoder_inputs)
        result = self.decoder(decoder_inputs, initial_state=[last_state])
        decoder_outputs, decoder_state = result
        outputs = self.dense(decoder_outputs)
        return outputs

def main():
    model = EncoderDecoder(20, (10, 1), (30, 1), 5)
    out = model(tf.random.uniform((1, 10, 1)), tf.random.uniform((1, 30, 1)))
    print(out)
    model.summary()

if __name__ == "__main__":
    main()
