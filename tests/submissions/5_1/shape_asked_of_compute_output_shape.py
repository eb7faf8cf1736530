# expect: 18/18
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, SimpleRNN


def build_many_to_one(num_words, embedding_len, units):
    model = Sequential()
    model.add(Embedding(num_words, embedding_len))
    model.add(SimpleRNN(units))
    return model


def build_many_to_many(num_words, embedding_len, units):
    model = Sequential()
    model.add(Embedding(num_words, embedding_len))
    model.add(SimpleRNN(units, return_sequences=True))
    return model


def build_stack(num_words, embedding_len, units, depth):
    model = Sequential()
    model.add(Embedding(num_words, embedding_len))
    for i in range(depth):
        model.add(SimpleRNN(units, return_sequences=(i < depth - 1)))
    return model


def returned_shape(batch, steps, units, return_sequences):
    layer = SimpleRNN(units, return_sequences=return_sequences)
    return list(layer.compute_output_shape((batch, steps, 1)))


def last_step(sequences):
    return np.array([s[-1] for s in sequences])


def count_parameters(features, units):
    Wx = features * units
    Wh = units ** 2
    b = units
    return float(Wx + Wh + b)
