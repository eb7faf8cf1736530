# expect: 15/18
# fails: test_many_to_many_settings
# says: returns its last output only
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
    model.add(SimpleRNN(units))
    return model


def build_stack(num_words, embedding_len, units, depth):
    model = Sequential()
    model.add(Embedding(num_words, embedding_len))
    for i in range(depth):
        model.add(SimpleRNN(units, return_sequences=(i < depth - 1)))
    return model


def returned_shape(batch, steps, units, return_sequences):
    if return_sequences:
        return (batch, steps, units)
    return (batch, units)


def last_step(sequences):
    return sequences[:, -1]


def count_parameters(features, units):
    return (features + units + 1) * units
