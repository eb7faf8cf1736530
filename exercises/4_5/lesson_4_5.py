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
        # TODO task 1: make the encoder, self.encoder.
        # 할 일 1: 인코더 self.encoder를 만드세요.
        self.encoder = None
        # TODO task 2: make the decoder, self.decoder.
        # 할 일 2: 디코더 self.decoder를 만드세요.
        self.decoder = None
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, encoder_inputs: tf.Tensor, decoder_inputs: tf.Tensor) -> tf.Tensor:
        """Hand the encoder's final state, and nothing else of it, to the decoder."""
        # TODO task 3: run the encoder on encoder_inputs and take its final state.
        # 할 일 3: encoder_inputs로 인코더를 실행하고 최종 상태를 받으세요.
        raise NotImplementedError("task 3")
        # TODO task 4: run the decoder from that state; call its output decoder_outputs.
        # 할 일 4: 그 상태에서 출발해 디코더를 실행하고, 출력을 decoder_outputs에 담으세요.
        raise NotImplementedError("task 4")
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
