# expect: 14/14
import tensorflow as tf


def build_many_to_one(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(timesteps, features), name='input')
    RNN_layer = tf.keras.layers.SimpleRNN(units, name='RNN')(In_layer)
    Out_layer = tf.keras.layers.Dense(1, name='output')(RNN_layer)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def build_stacked(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(timesteps, features), name='input')
    RNN_layer0 = tf.keras.layers.SimpleRNN(units, return_sequences=True, name='RNN1')(In_layer)
    RNN_layer1 = tf.keras.layers.SimpleRNN(units, name='RNN2')(RNN_layer0)
    Out_layer = tf.keras.layers.Dense(1, name='output')(RNN_layer1)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def build_many_to_many(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(timesteps, features), name='input')
    RNN_layer = tf.keras.layers.SimpleRNN(units, return_sequences=True, name='RNN')(In_layer)
    Out_layer = tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(1), name='output')(RNN_layer)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def output_shape(model):
    return model.output_shape


def output_rank(model):
    return len(model.output_shape)
