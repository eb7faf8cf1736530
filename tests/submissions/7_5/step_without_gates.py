# expect: 4/18
# fails: test_forget_gate, test_input_gate, test_output_gate, test_candidate, test_cell_state, test_hidden_state
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forget_gate(x, h, W, U, b):
    # TODO
    raise NotImplementedError("task 1")


def input_gate(x, h, W, U, b):
    # TODO
    raise NotImplementedError("task 1")


def output_gate(x, h, W, U, b):
    # TODO
    raise NotImplementedError("task 1")


def candidate(x, h, W, U, b):
    # TODO
    raise NotImplementedError("task 1")


def cell_state(f, i, c_tilde, c):
    # TODO
    raise NotImplementedError("task 2")


def hidden_state(o, c):
    # TODO
    raise NotImplementedError("task 2")


def split_weights(kernel, recurrent_kernel, bias):
    units = recurrent_kernel.shape[0]
    weights = {}
    for k, gate in enumerate(["i", "f", "c", "o"]):
        cols = slice(k * units, (k + 1) * units)
        weights[gate] = (kernel[:, cols], recurrent_kernel[:, cols], bias[cols])
    return weights


def lstm_step(x, h, c, weights):
    z = {k: x @ W + h @ U + b for k, (W, U, b) in weights.items()}
    c_new = sigmoid(z["f"]) * c + sigmoid(z["i"]) * np.tanh(z["c"])
    h_new = sigmoid(z["o"]) * np.tanh(c_new)
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
