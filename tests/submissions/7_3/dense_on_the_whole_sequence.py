# expect: 14/14
from tensorflow.keras import Input, Model, layers


def recurrent(x, units, depth=1, sequences=False):
    for _ in range(depth - 1):
        x = layers.SimpleRNN(units, return_sequences=True)(x)
    return layers.SimpleRNN(units, return_sequences=sequences)(x)


def head(inputs, x):
    return Model(inputs, layers.Dense(1, activation=None)(x))


def build_many_to_one(timesteps, features, units):
    inputs = Input(shape=(timesteps, features))
    return head(inputs, recurrent(inputs, units))


def build_stacked(timesteps, features, units):
    inputs = Input(shape=(timesteps, features))
    return head(inputs, recurrent(inputs, units, depth=2))


def build_many_to_many(timesteps, features, units):
    inputs = Input(shape=(timesteps, features))
    return head(inputs, recurrent(inputs, units, sequences=True))


def output_shape(model):
    return tuple(model.output.shape)


def output_rank(model):
    return len(model.compute_output_shape((None, *model.input_shape[1:])))
