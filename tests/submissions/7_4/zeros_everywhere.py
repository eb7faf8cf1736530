# expect: 0/20
# fails: test_step, test_output, test_losses
import numpy as np


def rnn_step(x, h, W_xh, W_hh, b_h):
    return np.zeros_like(h)


def output(h, W_hy, b_y):
    return np.zeros_like(b_y)


def forward(X, h0, parameters):
    return np.zeros((len(X), len(h0))), np.zeros((len(X), len(parameters["b_y"])))


def losses(Y_hat, Y):
    return np.zeros(len(Y))


def bptt(X, Y, h0, parameters):
    return {k: np.zeros_like(v) for k, v in parameters.items()}


def truncated_bptt(X, Y, h0, parameters, steps):
    return bptt(X, Y, h0, parameters)


def gradient_norms(X, Y, h0, parameters):
    return np.zeros(len(X))
