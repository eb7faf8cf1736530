# expect: 18/18
import tensorflow as tf


class Stack(tf.keras.Model):
    def __init__(self, num_words, embedding_len, units, depth, sequences=False):
        super().__init__()
        self.emb = tf.keras.layers.Embedding(num_words, embedding_len)
        self.rnns = [tf.keras.layers.SimpleRNN(units, return_sequences=True) for _ in range(depth - 1)]
        self.rnns.append(tf.keras.layers.SimpleRNN(units, return_sequences=sequences))

    def call(self, x):
        x = self.emb(x)
        for rnn in self.rnns:
            x = rnn(x)
        return x


def build_many_to_one(num_words, embedding_len, units):
    return Stack(num_words, embedding_len, units, 1)


def build_many_to_many(num_words, embedding_len, units):
    return Stack(num_words, embedding_len, units, 1, sequences=True)


def build_stack(num_words, embedding_len, units, depth):
    return Stack(num_words, embedding_len, units, depth)


def returned_shape(batch, steps, units, return_sequences):
    if return_sequences:
        return (batch, steps, units)
    return (batch, units)


def last_step(sequences):
    return sequences[:, -1]


def count_parameters(features, units):
    return (features + units + 1) * units
