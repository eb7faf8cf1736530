# expect: 17/18
# fails: test_stack_computes
# says: One and the same layer
from tensorflow.keras import Input, Model
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
    inputs = Input(shape=(None,))
    x = Embedding(num_words, embedding_len)(inputs)
    rnn = SimpleRNN(units, return_sequences=True)
    for _ in range(depth - 1):
        x = rnn(x)
    return Model(inputs, SimpleRNN(units)(x))


def returned_shape(batch, steps, units, return_sequences):
    if return_sequences:
        return (batch, steps, units)
    return (batch, units)


def last_step(sequences):
    return sequences[:, -1]


def count_parameters(features, units):
    return (features + units + 1) * units
