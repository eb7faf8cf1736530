# expect: 18/18
import numpy as np
from scipy.special import expit


def gate(x, h, W, U, b, act=expit):
    hx = np.concatenate([h, x], axis=1)          # textbook: w [h, x]
    return act(hx @ np.vstack([U, W]) + b)


forget_gate = input_gate = output_gate = gate


def candidate(x, h, W, U, b):
    return gate(x, h, W, U, b, np.tanh)


cell_state = lambda f, i, c_tilde, c: np.multiply(f, c) + np.multiply(i, c_tilde)
hidden_state = lambda o, c: np.multiply(o, np.tanh(c))


def split_weights(kernel, recurrent_kernel, bias):
    Wi, Wf, Wc, Wo = np.hsplit(kernel, 4)
    Ui, Uf, Uc, Uo = np.hsplit(recurrent_kernel, 4)
    bi, bf, bc, bo = np.split(bias, 4)
    return dict(f=[Wf, Uf, bf], i=[Wi, Ui, bi], o=[Wo, Uo, bo], c=[Wc, Uc, bc])


def lstm_step(x, h, c, weights):
    c = cell_state(forget_gate(x, h, *weights["f"]), input_gate(x, h, *weights["i"]), candidate(x, h, *weights["c"]), c)
    return [hidden_state(output_gate(x, h, *weights["o"]), c), c]


def lstm(X, kernel, recurrent_kernel, bias):
    w = split_weights(kernel, recurrent_kernel, bias)
    state = [np.zeros((len(X), len(recurrent_kernel)))] * 2
    H = np.empty((X.shape[0], X.shape[1], len(recurrent_kernel)))
    for t, x in enumerate(np.swapaxes(X, 0, 1)):
        state = lstm_step(x, *state, w)
        H[:, t] = state[0]
    return H, state[1]
