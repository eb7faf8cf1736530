# expect: 18/18
import numpy as np
from scipy.special import expit as sigmoid


def gate(x, h, W, U, b):
    hx = np.concatenate([h, x], axis=-1)
    return sigmoid(hx @ np.concatenate([U, W]) + np.atleast_2d(b).sum(axis=0))


reset_gate = update_gate = gate


def candidate(x, h, r, W, U, b, reset_after):
    if not reset_after:
        return np.tanh(np.concatenate([r * h, x], axis=-1) @ np.concatenate([U, W]) + b)
    return np.tanh(x @ W + b[0] + r * (h @ U + b[1]))


def new_state(z, h, candidate):
    return candidate + z * (h - candidate)


def split_weights(kernel, recurrent_kernel, bias):
    Wz, Wr, Wh = np.hsplit(kernel, 3)
    Uz, Ur, Uh = np.hsplit(recurrent_kernel, 3)
    bz, br, bh = np.split(bias, 3, axis=-1)
    return dict(z=[Wz, Uz, bz], r=[Wr, Ur, br], h=[Wh, Uh, bh])


def gru_step(x, h, weights, reset_after):
    r = reset_gate(x, h, *weights["r"])
    return new_state(update_gate(x, h, *weights["z"]), h, candidate(x, h, r, *weights["h"], reset_after))


def gru(X, kernel, recurrent_kernel, bias, reset_after):
    w = split_weights(kernel, recurrent_kernel, bias)
    states = [np.zeros((X.shape[0], recurrent_kernel.shape[0]))]
    for x in X.transpose(1, 0, 2):
        states.append(gru_step(x, states[-1], w, reset_after))
    return np.array(states[1:]).transpose(1, 0, 2)
