# expect: 18/18
"""LSTM 셀을 클래스로 구현"""
import numpy as np


class Gate:
    def __init__(self, act):
        self.act = act

    def __call__(self, x, h, W, U, b):
        return self.act(x.dot(W) + h.dot(U) + b)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


forget_gate, input_gate, output_gate, candidate = Gate(sigmoid), Gate(sigmoid), Gate(sigmoid), Gate(np.tanh)


def cell_state(f, i, c_tilde, c):
    new = f.copy()
    new *= c
    new += i * c_tilde
    return new


def hidden_state(o, c):
    return np.tanh(c) * o


def split_weights(kernel, recurrent_kernel, bias):
    out = {}
    u = kernel.shape[1] // 4
    out["i"] = kernel[:, :u], recurrent_kernel[:, :u], bias[:u]
    out["f"] = kernel[:, u:2 * u], recurrent_kernel[:, u:2 * u], bias[u:2 * u]
    out["c"] = kernel[:, 2 * u:3 * u], recurrent_kernel[:, 2 * u:3 * u], bias[2 * u:3 * u]
    out["o"] = kernel[:, 3 * u:], recurrent_kernel[:, 3 * u:], bias[3 * u:]
    out["units"] = u
    return out


class LSTMCell:
    def __init__(self, weights):
        self.w = weights

    def __call__(self, x, h, c):
        c = cell_state(forget_gate(x, h, *self.w["f"]), input_gate(x, h, *self.w["i"]), candidate(x, h, *self.w["c"]), c)
        h = hidden_state(output_gate(x, h, *self.w["o"]), c)
        return h, c


def lstm_step(x, h, c, weights):
    return LSTMCell(weights)(x, h, c)


def lstm(X, kernel, recurrent_kernel, bias):
    weights = split_weights(kernel, recurrent_kernel, bias)
    cell = LSTMCell(weights)
    B, T, _ = X.shape
    h = np.zeros([B, weights["units"]])
    c = np.zeros_like(h)
    H = np.zeros([B, T, weights["units"]])
    for t in range(T):
        h, c = cell(X[:, t], h, c)
        H[:, t, :] = h
    return H, c
