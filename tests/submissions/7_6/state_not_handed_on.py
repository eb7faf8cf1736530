# expect: 15/18
# fails: test_sequence_reset_after, test_sequence_reset_before
# says: Each step starts from zeros
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def two_biases(b):
    return (b[0], b[1]) if b.ndim == 2 else (b, np.zeros_like(b))


def reset_gate(x, h, W, U, b):
    b_x, b_h = two_biases(b)
    return sigmoid(np.dot(x, W) + b_x + np.dot(h, U) + b_h)


def update_gate(x, h, W, U, b):
    b_x, b_h = two_biases(b)
    return sigmoid(np.dot(x, W) + b_x + np.dot(h, U) + b_h)


def candidate(x, h, r, W, U, b, reset_after=True):
    b_x, b_h = two_biases(b)
    if reset_after:
        return np.tanh(np.dot(x, W) + b_x + r * (np.dot(h, U) + b_h))
    else:
        return np.tanh(np.dot(x, W) + b_x + np.dot(r * h, U))


def new_state(z, h, candidate):
    return z * h + (1 - z) * candidate


def split_weights(kernel, recurrent_kernel, bias):
    units = recurrent_kernel.shape[0]
    weights = {}
    for k, gate in enumerate(["z", "r", "h"]):
        cols = slice(k * units, (k + 1) * units)
        weights[gate] = (kernel[:, cols], recurrent_kernel[:, cols], bias[..., cols])
    return weights


def gru_step(x, h, weights, reset_after=True):
    z = update_gate(x, h, *weights["z"])
    r = reset_gate(x, h, *weights["r"])
    h_tilde = candidate(x, h, r, *weights["h"], reset_after=reset_after)
    return new_state(z, h, h_tilde)


def gru(X, kernel, recurrent_kernel, bias, reset_after=True):
    batch, steps, features = X.shape
    units = recurrent_kernel.shape[0]
    weights = split_weights(kernel, recurrent_kernel, bias)
    h = np.zeros((batch, units))
    H = []
    for t in range(steps):
        H.append(gru_step(X[:, t, :], h, weights, reset_after))
    return np.stack(H, axis=1)
