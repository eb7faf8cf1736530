# expect: 7/18
# fails: test_many_to_one_settings, test_many_to_many_settings, test_stack_settings, test_count_parameters
# says: returns 2080
# says: units is 32; expected 6
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, SimpleRNN


def build_many_to_one(num_words, embedding_len, units):
    model = Sequential()
    model.add(Embedding(10000, 32))
    model.add(SimpleRNN(32, return_sequences=False))
    return model


def build_many_to_many(num_words, embedding_len, units):
    model = Sequential()
    model.add(Embedding(10000, 32))
    model.add(SimpleRNN(32, return_sequences=True))
    return model


def build_stack(num_words, embedding_len, units, depth):
    model = Sequential()
    model.add(Embedding(10000, 32))
    for i in range(depth - 1):
        model.add(SimpleRNN(32, return_sequences=True))
    model.add(SimpleRNN(32))
    return model


def returned_shape(batch, steps, units, return_sequences):
    if return_sequences:
        return (batch, steps, units)
    return (batch, units)


def last_step(sequences):
    return sequences[:, -1]


def count_parameters(features, units):
    return 2080
