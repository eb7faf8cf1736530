# expect: 18/18
import numpy as np
import tensorflow as tf
from tensorflow import keras


def forget_gate(x, h, W, U, b):
    return tf.sigmoid(tf.matmul(x, W) + tf.matmul(h, U) + b)


def input_gate(x, h, W, U, b):
    return tf.nn.sigmoid(x @ W + h @ U + b)


def output_gate(x, h, W, U, b):
    return keras.ops.sigmoid(x @ W + h @ U + b)


def candidate(x, h, W, U, b):
    return tf.math.tanh(x @ W + h @ U + b)


def cell_state(f, i, c_tilde, c):
    return tf.multiply(f, c) + tf.multiply(i, c_tilde)


def hidden_state(o, c):
    return tf.multiply(o, tf.tanh(c))


def split_weights(kernel, recurrent_kernel, bias):
    k = tf.split(kernel, 4, axis=1)
    r = tf.split(recurrent_kernel, 4, axis=1)
    b = tf.split(bias, 4)
    return {"i": (k[0], r[0], b[0]), "f": (k[1], r[1], b[1]), "c": (k[2], r[2], b[2]), "o": (k[3], r[3], b[3])}


def lstm_step(x, h, c, weights):
    o = output_gate(x, h, *weights["o"])
    f = forget_gate(x, h, *weights["f"])
    i = input_gate(x, h, *weights["i"])
    g = candidate(x, h, *weights["c"])
    c = cell_state(f, i, g, c)
    return hidden_state(o, c), c


def lstm(X, kernel, recurrent_kernel, bias):
    layer = keras.layers.LSTM(recurrent_kernel.shape[0], return_sequences=True, return_state=True)
    layer.build(X.shape)
    layer.set_weights([kernel, recurrent_kernel, bias])
    H, h, c = layer(X)
    return H.numpy(), c.numpy()
