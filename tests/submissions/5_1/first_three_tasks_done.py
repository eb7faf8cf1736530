# expect: 12/18
# fails: test_shape_of_last_state, test_last_step, test_count_parameters
# says: A TODO is still open there.
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
    # TODO task 4
    raise NotImplementedError("task 4")


def last_step(sequences):
    raise NotImplementedError("task 5")


def count_parameters(features, units):
    raise NotImplementedError("task 6")
