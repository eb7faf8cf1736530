# expect: 18/18
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def reset_gate(x, h, W, U, b):
    b = tf.reduce_sum(tf.reshape(b, (-1, U.shape[0])), axis=0)
    return tf.sigmoid(tf.matmul(x, W) + tf.matmul(h, U) + b)


def update_gate(x, h, W, U, b):
    b = tf.reduce_sum(tf.reshape(b, (-1, U.shape[0])), axis=0)
    return tf.sigmoid(tf.matmul(x, W) + tf.matmul(h, U) + b)


def candidate(x, h, r, W, U, b, reset_after=True):
    if reset_after:
        return tf.tanh(x @ W + b[0] + r * (h @ U + b[1]))
    return tf.tanh(x @ W + b + (r * h) @ U)


def new_state(z, h, candidate):
    return z * h + (1 - z) * candidate


def split_weights(kernel, recurrent_kernel, bias):
    k, r, b = (tf.split(w, 3, axis=-1) for w in (kernel, recurrent_kernel, bias))
    return {"z": (k[0], r[0], b[0]), "r": (k[1], r[1], b[1]), "h": (k[2], r[2], b[2])}


def gru_step(x, h, weights, reset_after=True):
    cell = layers.GRUCell(h.shape[-1], reset_after=reset_after)
    cell.build(x.shape)
    cell.set_weights([np.concatenate([weights[g][k] for g in "zrh"], axis=-1) for k in range(3)])
    return cell(x, [h])[0]


def gru(X, kernel, recurrent_kernel, bias, reset_after=True):
    layer = layers.GRU(recurrent_kernel.shape[0], return_sequences=True, reset_after=reset_after)
    layer.build(X.shape)
    layer.set_weights([kernel, recurrent_kernel, bias])
    return layer(X)
