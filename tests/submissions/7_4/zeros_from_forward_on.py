# expect: 8/20
# fails: test_forward_states, test_forward_outputs, test_output_gradients, test_hidden_gradients, test_truncated, test_gradient_norms
import numpy as np


def rnn_step(x, h, W_xh, W_hh, b_h):
    return np.tanh(np.dot(x, W_xh) + np.dot(h, W_hh) + b_h)


def output(h, W_hy, b_y):
    z = np.dot(h, W_hy) + b_y
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def forward(X, h0, parameters):
    H = np.zeros((len(X), len(h0)))
    Y_hat = np.zeros((len(X), len(parameters["b_y"])))
    return H, Y_hat


def losses(Y_hat, Y):
    return np.mean((Y_hat - Y) ** 2, axis=1)


def d_scores(y_hat, y):
    g = 2 * (y_hat - y) / len(y)
    return y_hat * (g - np.dot(g, y_hat))


def bptt(X, Y, h0, parameters):
    return {k: np.zeros_like(v) for k, v in parameters.items()}


def truncated_bptt(X, Y, h0, parameters, steps):
    return bptt(X, Y, h0, parameters)


def gradient_norms(X, Y, h0, parameters):
    return np.zeros(len(X))
