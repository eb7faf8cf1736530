# expect: 3/18
# fails: test_forget_gate, test_input_gate, test_output_gate, test_candidate, test_cell_state, test_hidden_state
# says: out of its arguments
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forget_gate(x, h, W, U, b):
    return h


def input_gate(x, h, W, U, b):
    return h


def output_gate(x, h, W, U, b):
    return h


def candidate(x, h, W, U, b):
    return h


def cell_state(f, i, c_tilde, c):
    return c


def hidden_state(o, c):
    return c


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
    batch, steps, features = X.shape
    units = recurrent_kernel.shape[0]
    weights = split_weights(kernel, recurrent_kernel, bias)
    h = np.zeros((batch, units))
    c = np.zeros((batch, units))
    H = []
    for t in range(steps):
        h, c = lstm_step(X[:, t, :], h, c, weights)
        H.append(h)
    return np.stack(H, axis=1), c
