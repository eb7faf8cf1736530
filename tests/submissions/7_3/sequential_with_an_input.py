# expect: 14/14
from keras import Input, Sequential
from keras.layers import Dense, SimpleRNN, TimeDistributed


def build_many_to_one(timesteps, features, units):
    return Sequential([Input((timesteps, features)), SimpleRNN(units), Dense(1)])


def build_stacked(timesteps, features, units):
    model = Sequential()
    model.add(SimpleRNN(units, return_sequences=True, input_shape=(timesteps, features)))
    model.add(SimpleRNN(units))
    model.add(Dense(1))
    return model


def build_many_to_many(timesteps, features, units):
    return Sequential([Input((None, features)), SimpleRNN(units, return_sequences=True), TimeDistributed(Dense(1))])


def output_shape(model):
    return list(model.outputs[0].shape)


def output_rank(model):
    return model.outputs[0].ndim
