# expect: 18/18
import numpy as np

sig = lambda v: 0.5 * (np.tanh(v / 2) + 1)


def pair(b):
    return b if b.ndim == 2 else np.stack([b, np.zeros(len(b))])


def reset_gate(x, h, W, U, b):
    return sig(np.einsum("bf,fu->bu", x, W) + np.einsum("bv,vu->bu", h, U) + pair(b).sum(0))


def update_gate(x, h, W, U, b):
    return reset_gate(x, h, W, U, b)


def candidate(x, h, r, W, U, b, reset_after=True):
    p = pair(b)
    state = r * (np.einsum("bv,vu->bu", h, U) + p[1]) if reset_after else np.einsum("bv,bv,vu->bu", r, h, U) + p[1]
    return np.tanh(np.einsum("bf,fu->bu", x, W) + p[0] + state)


def new_state(z, h, candidate):
    return np.where(True, z * h + candidate - z * candidate, 0)


def split_weights(kernel, recurrent_kernel, bias):
    n = kernel.shape[-1] // 3
    cut = lambda a, j: a.reshape(*a.shape[:-1], 3, n)[..., j, :]
    return {g: tuple(cut(a, j) for a in (kernel, recurrent_kernel, bias)) for j, g in enumerate("zrh")}


def gru_step(x, h, weights, reset_after=True):
    K, R, B = (np.concatenate([weights[g][k] for g in "zrh"], axis=-1) for k in range(3))
    n = h.shape[1]
    B = pair(B)
    gx = x @ K + B[0]
    if reset_after:
        gh = h @ R + B[1]
        z, r = sig(gx[:, :n] + gh[:, :n]), sig(gx[:, n:2 * n] + gh[:, n:2 * n])
        new = np.tanh(gx[:, 2 * n:] + r * gh[:, 2 * n:])
    else:
        gh = h @ R[:, :2 * n]
        z, r = np.split(sig(gx[:, :2 * n] + gh), 2, axis=1)
        new = np.tanh(gx[:, 2 * n:] + (r * h) @ R[:, 2 * n:])
    return z * h + (1 - z) * new


def gru(X, kernel, recurrent_kernel, bias, reset_after=True):
    w = split_weights(kernel, recurrent_kernel, bias)
    h = np.zeros((len(X), len(recurrent_kernel)))
    out = np.zeros((len(X), X.shape[1], len(recurrent_kernel)))
    for t in range(X.shape[1]):
        out[:, t] = h = gru_step(X[:, t], h, w, reset_after)
    return out
