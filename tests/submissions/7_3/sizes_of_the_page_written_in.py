# expect: 6/14
# fails: test_many_to_one_settings, test_stacked_settings, test_many_to_many_settings
# says: units is 100; expected 7
import tensorflow as tf


def build_many_to_one(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(3, 1), name='input')
    RNN_layer = tf.keras.layers.SimpleRNN(100, name='RNN')(In_layer)
    Out_layer = tf.keras.layers.Dense(1, name='output')(RNN_layer)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def build_stacked(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(3, 1), name='input')
    RNN_layer0 = tf.keras.layers.SimpleRNN(100, return_sequences=True, name='RNN1')(In_layer)
    RNN_layer1 = tf.keras.layers.SimpleRNN(100, name='RNN2')(RNN_layer0)
    Out_layer = tf.keras.layers.Dense(1, name='output')(RNN_layer1)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def build_many_to_many(timesteps, features, units):
    In_layer = tf.keras.Input(shape=(3, 1), name='input')
    RNN_layer = tf.keras.layers.SimpleRNN(100, return_sequences=True, name='RNN')(In_layer)
    Out_layer = tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(1), name='output')(RNN_layer)
    return tf.keras.Model(inputs=In_layer, outputs=Out_layer)


def output_shape(model):
    return model.output_shape


def output_rank(model):
    return len(model.output_shape)
