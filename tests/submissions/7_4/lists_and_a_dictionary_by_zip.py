# expect: 20/20
from math import exp, tanh
import numpy as np


def rnn_step(x, h, W_xh, W_hh, b_h):
    h_new = []
    for j in range(len(b_h)):
        s = b_h[j]
        for i in range(len(x)):
            s += x[i] * W_xh[i][j]
        for i in range(len(h)):
            s += h[i] * W_hh[i][j]
        h_new.append(tanh(s))
    return h_new


def output(h, W_hy, b_y):
    scores = [sum(h[i] * W_hy[i][j] for i in range(len(h))) + b_y[j] for j in range(len(b_y))]
    m = max(scores)
    e = [exp(s - m) for s in scores]
    return [v / sum(e) for v in e]


def forward(X, h0, parameters):
    p = parameters
    H, Y_hat = [], []
    h = list(h0)
    for x in X:
        h = rnn_step(x, h, p["W_xh"], p["W_hh"], p["b_h"])
        H.append(h)
        Y_hat.append(output(h, p["W_hy"], p["b_y"]))
    return [H, Y_hat]


def losses(Y_hat, Y):
    return [sum((a - b) ** 2 for a, b in zip(p, q)) / len(p) for p, q in zip(Y_hat, Y)]


def jacobian(y):
    y = np.asarray(y)
    return np.diag(y) - np.outer(y, y)


def back(X, Y, h0, parameters, steps):
    p = parameters
    H, Y_hat = map(np.array, forward(X, h0, p))
    H0 = np.concatenate([np.reshape(h0, (1, -1)), H])
    names = ["W_xh", "W_hh", "W_hy", "b_h", "b_y"]
    g = dict(zip(names, [0, 0, 0, 0, 0]))
    for t in range(len(X)):
        dz = jacobian(Y_hat[t]) @ (2 / Y.shape[1] * (Y_hat[t] - Y[t]))
        g["W_hy"] = g["W_hy"] + H[t][:, None] * dz[None, :]
        g["b_y"] = g["b_y"] + dz
        dh = p["W_hy"] @ dz
        for s in list(range(t + 1))[::-1][:steps]:
            da = (1 - H[s] * H[s]) * dh
            g["W_xh"] = g["W_xh"] + X[s][:, None] * da[None, :]
            g["W_hh"] = g["W_hh"] + H0[s][:, None] * da[None, :]
            g["b_h"] = g["b_h"] + da
            dh = p["W_hh"] @ da
    return g


def bptt(X, Y, h0, parameters):
    return back(X, Y, h0, parameters, len(X))


def truncated_bptt(X, Y, h0, parameters, steps):
    return back(X, Y, h0, parameters, steps)


def gradient_norms(X, Y, h0, parameters):
    p = parameters
    H, Y_hat = map(np.array, forward(X, h0, p))
    dh = p["W_hy"] @ (jacobian(Y_hat[-1]) @ (2 / Y.shape[1] * (Y_hat[-1] - Y[-1])))
    lengths = [np.linalg.norm(dh)]
    for t in range(len(X) - 1, 0, -1):
        dh = p["W_hh"] @ (dh * (1 - H[t] ** 2))
        lengths.append(np.linalg.norm(dh))
    return lengths[::-1]
