# expect: 18/18
import numpy as np


def affine(x, h, W, U, b):
    return np.einsum("bi,ij->bj", x, W) + np.einsum("bi,ij->bj", h, U) + b[None, :]


def sig(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def forget_gate(x, h, W, U, b): return sig(affine(x, h, W, U, b))
def input_gate(x, h, W, U, b): return sig(affine(x, h, W, U, b))
def output_gate(x, h, W, U, b): return sig(affine(x, h, W, U, b))
def candidate(x, h, W, U, b): return np.tanh(affine(x, h, W, U, b))
def cell_state(f, i, c_tilde, c): return np.sum([f * c, i * c_tilde], axis=0)
def hidden_state(o, c): return o * (np.exp(c) - np.exp(-c)) / (np.exp(c) + np.exp(-c))


def split_weights(kernel, recurrent_kernel, bias):
    n = bias.size // 4
    K = kernel.reshape(-1, 4, n); R = recurrent_kernel.reshape(-1, 4, n); B = bias.reshape(4, n)
    return {g: (K[:, j], R[:, j], B[j]) for j, g in enumerate("ifco")}


def lstm_step(x, h, c, weights):
    order = "ifco"
    K = np.hstack([weights[g][0] for g in order])
    R = np.hstack([weights[g][1] for g in order])
    B = np.hstack([weights[g][2] for g in order])
    zi, zf, zc, zo = np.split(affine(x, h, K, R, B), 4, axis=1)
    c = sig(zf) * c + sig(zi) * np.tanh(zc)
    return np.array([sig(zo) * np.tanh(c), c])


def lstm(X, kernel, recurrent_kernel, bias):
    w = split_weights(kernel, recurrent_kernel, bias)
    h = c = np.zeros((X.shape[0], recurrent_kernel.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h, c = lstm_step(X[:, t], h, c, w)
        H.append(h.tolist())
    return np.transpose(H, (1, 0, 2)), c
