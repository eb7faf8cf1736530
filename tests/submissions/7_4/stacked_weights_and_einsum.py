# expect: 20/20
import numpy as np


def softmax(z):
    z = z - z.max(axis=-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def rnn_step(x, h, W_xh, W_hh, b_h):
    # [h, x] 를 이어 붙여서 한 번에 곱한다
    W = np.concatenate([W_hh, W_xh], axis=0)
    hx = np.concatenate([h, x])
    return np.tanh(np.einsum("i,ij->j", hx, W) + b_h)


def output(h, W_hy, b_y):
    return softmax(np.einsum("...i,ij->...j", h, W_hy) + b_y)


def forward(X, h0, parameters):
    states = [h0]
    for x_t in X:
        states.append(rnn_step(x_t, states[-1], *(parameters[k] for k in ("W_xh", "W_hh", "b_h"))))
    H = np.stack(states[1:])
    return H, output(H, parameters["W_hy"], parameters["b_y"])


def losses(Y_hat, Y):
    return ((Y_hat - Y) ** 2).sum(axis=-1) / Y.shape[-1]


def dscores(Y_hat, Y):
    J = np.einsum("ti,ij->tij", Y_hat, np.eye(Y.shape[1])) - np.einsum("ti,tj->tij", Y_hat, Y_hat)
    return np.einsum("tij,tj->ti", J, 2 * (Y_hat - Y) / Y.shape[1])


def bptt(X, Y, h0, parameters):
    H, Y_hat = forward(X, h0, parameters)
    prev = np.vstack((h0[None], H[:-1]))
    D = dscores(Y_hat, Y)
    A = np.empty_like(H)
    carry = 0.0
    for t in range(len(X))[::-1]:
        A[t] = (D[t] @ parameters["W_hy"].T + carry) * (1 - H[t] ** 2)
        carry = A[t] @ parameters["W_hh"].T
    return dict(W_xh=X.T @ A, W_hh=prev.T @ A, b_h=A.sum(0), W_hy=H.T @ D, b_y=D.sum(0))


def truncated_bptt(X, Y, h0, parameters, steps):
    H, Y_hat = forward(X, h0, parameters)
    prev = np.vstack((h0[None], H[:-1]))
    D = dscores(Y_hat, Y)
    G = (D @ parameters["W_hy"].T) * (1 - H ** 2)
    A = G.copy()
    for k in range(1, min(steps, len(X))):
        G = np.vstack([G[1:] @ parameters["W_hh"].T * (1 - H[: len(G) - 1] ** 2)])
        A[: len(G)] += G
    return dict(W_xh=X.T @ A, W_hh=prev.T @ A, b_h=A.sum(0), W_hy=H.T @ D, b_y=D.sum(0))


def gradient_norms(X, Y, h0, parameters):
    H, Y_hat = forward(X, h0, parameters)
    g = parameters["W_hy"] @ dscores(Y_hat, Y)[-1]
    out = []
    for t in reversed(range(len(X))):
        out.insert(0, np.linalg.norm(g))
        g = parameters["W_hh"] @ (g * (1 - H[t] ** 2))
    return np.array(out)
