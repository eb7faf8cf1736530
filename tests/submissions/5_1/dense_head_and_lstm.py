# expect: 11/18
# fails: test_many_to_one_layers, test_many_to_many_layers
# says: LSTM(6
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Dense, Embedding, SimpleRNN


def build_many_to_one(num_words, embedding_len, units):
    return Sequential([Embedding(num_words, embedding_len), SimpleRNN(units), Dense(1, activation="sigmoid")])


def build_many_to_many(num_words, embedding_len, units):
    return Sequential([Embedding(num_words, embedding_len), LSTM(units, return_sequences=True)])


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
