# expect: 15/18
# fails: test_hidden_states, test_last_cell_state
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forget_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def input_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def output_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def candidate(x, h, W, U, b):
    return np.tanh(np.dot(x, W) + np.dot(h, U) + b)


def cell_state(f, i, c_tilde, c):
    return f * c + i * c_tilde


def hidden_state(o, c):
    return o * np.tanh(c)


def split_weights(kernel, recurrent_kernel, bias):
    units = recurrent_kernel.shape[0]
    weights = {}
    for k, gate in enumerate(["i", "f", "c", "o"]):
        cols = slice(k * units, (k + 1) * units)
        weights[gate] = (kernel[:, cols], recurrent_kernel[:, cols], bias[cols])
    return weights


def lstm_step(x, h, c, weights):
    f = forget_gate(x, h, *weights["f"])
    i = input_gate(x, h, *weights["i"])
    c_tilde = candidate(x, h, *weights["c"])
    o = output_gate(x, h, *weights["o"])
    c_new = cell_state(f, i, c_tilde, c)
    h_new = hidden_state(o, c_new)
    return h_new, c_new


def lstm(X, kernel, recurrent_kernel, bias):
    steps, batch, features = X.shape
    units = recurrent_kernel.shape[0]
    weights = split_weights(kernel, recurrent_kernel, bias)
    h = np.zeros((batch, units))
    c = np.zeros((batch, units))
    H = []
    for t in range(steps):
        h, c = lstm_step(X[t], h, c, weights)
        H.append(h)
    return np.stack(H, axis=0), c
