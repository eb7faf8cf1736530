# expect: 18/18
import keras
from keras import layers


def build(num_words, embedding_len, units, flags):
    x = inputs = keras.Input(shape=(None,))
    x = layers.Embedding(num_words, embedding_len)(x)
    for flag in flags:
        x = layers.SimpleRNN(units, return_sequences=flag)(x)
    return keras.Model(inputs, x)


build_many_to_one = lambda n, e, u: build(n, e, u, [False])
build_many_to_many = lambda n, e, u: build(n, e, u, [True])
build_stack = lambda n, e, u, depth: build(n, e, u, [True] * (depth - 1) + [False])


def returned_shape(batch, steps, units, return_sequences):
    return (batch, steps, units) if return_sequences is True else (batch, units)


def last_step(sequences):
    return keras.ops.take(sequences, -1, axis=1)


def count_parameters(features, units):
    layer = layers.SimpleRNN(units)
    layer.build((None, None, features))
    return layer.count_params()
