"""Lesson 4-5: an encoder and a decoder."""

import tensorflow as tf
from tensorflow.keras import Model, layers


class EncoderDecoder(Model):
    """Reads one sequence, then labels every step of another.

    Inputs: ``(batch, encoder steps, features)`` and ``(batch, decoder steps,
    features)``. Output: ``(batch, decoder steps, num_classes)``.
    """

    def __init__(
        self,
        hidden_dim: int,
        encoder_input_shape: tuple[int, int],
        decoder_input_shape: tuple[int, int],
        num_classes: int,
    ) -> None:
        super().__init__()
        self.encoder = layers.SimpleRNN(hidden_dim, return_state=True)
        self.decoder = layers.SimpleRNN(hidden_dim, return_sequences=True)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs: tf.Tensor, decoder_inputs: tf.Tensor) -> tf.Tensor:
        """Hand the encoder's final state, and nothing else of it, to the decoder."""
        _, encoder_state = self.encoder(encoder_inputs)
        decoder_outputs = self.decoder(decoder_inputs, initial_state=[encoder_state])
        return self.dense(decoder_outputs)


def main() -> None:
    """Run the model once on random inputs and print its summary."""
    hidden_dim = 20
    encoder_input_shape = (10, 1)
    decoder_input_shape = (30, 1)
    num_classes = 5

    model = EncoderDecoder(hidden_dim, encoder_input_shape, decoder_input_shape, num_classes)

    encoder_x = tf.random.uniform((1, *encoder_input_shape))
    decoder_x = tf.random.uniform((1, *decoder_input_shape))
    outputs = model(encoder_x, decoder_x)
    print("Output:", outputs.shape)

    model.summary()


if __name__ == "__main__":
    main()
