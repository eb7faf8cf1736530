# expect: 14/14
import keras


class Recurrent(keras.Model):
    def __init__(self, units, depth=1, sequences=False):
        super().__init__()
        flags = [True] * (depth - 1) + [sequences]
        self.layers_ = [keras.layers.SimpleRNN(units, return_sequences=flag) for flag in flags]
        self.dense = keras.layers.Dense(1)

    def call(self, x):
        for layer in self.layers_:
            x = layer(x)
        return self.dense(x)


def functional(model, timesteps, features):
    inputs = keras.Input((timesteps, features))
    return keras.Model(inputs, model(inputs))


def build_many_to_one(timesteps, features, units):
    return functional(Recurrent(units), timesteps, features)


def build_stacked(timesteps, features, units):
    return functional(Recurrent(units, depth=2), timesteps, features)


def build_many_to_many(timesteps, features, units):
    return functional(Recurrent(units, sequences=True), timesteps, features)


def output_shape(model):
    return model.output_shape


def output_rank(model):
    return len(model.output_shape)
