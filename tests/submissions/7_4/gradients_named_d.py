# expect: 20/20
import numpy as np


def rnn_step(x, h, W_xh, W_hh, b_h):
    return np.tanh(np.dot(x, W_xh) + np.dot(h, W_hh) + b_h)


def output(h, W_hy, b_y):
    z = np.dot(h, W_hy) + b_y
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def forward(X, h0, parameters):
    T = X.shape[0]
    H = np.zeros((T, h0.shape[0]))
    Y_hat = np.zeros((T, parameters["b_y"].shape[0]))
    h = h0
    for t in range(T):
        h = rnn_step(X[t], h, parameters["W_xh"], parameters["W_hh"], parameters["b_h"])
        H[t] = h
        Y_hat[t] = output(h, parameters["W_hy"], parameters["b_y"])
    return H, Y_hat


def losses(Y_hat, Y):
    return np.mean((Y_hat - Y) ** 2, axis=1)


def d_scores(y_hat, y):
    g = 2 * (y_hat - y) / len(y)
    return y_hat * (g - np.dot(g, y_hat))


def bptt(X, Y, h0, parameters):
    W_hh, W_hy = parameters["W_hh"], parameters["W_hy"]
    H, Y_hat = forward(X, h0, parameters)
    T = len(X)
    dW_xh = np.zeros_like(parameters["W_xh"])
    dW_hh = np.zeros_like(W_hh)
    dW_hy = np.zeros_like(W_hy)
    db_h = np.zeros_like(parameters["b_h"])
    db_y = np.zeros_like(parameters["b_y"])
    dh_next = np.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        dz = d_scores(Y_hat[t], Y[t])
        dW_hy += np.outer(H[t], dz)
        db_y += dz
        dh = np.dot(W_hy, dz) + dh_next
        da = dh * (1 - H[t] ** 2)
        h_prev = H[t - 1] if t > 0 else h0
        dW_xh += np.outer(X[t], da)
        dW_hh += np.outer(h_prev, da)
        db_h += da
        dh_next = np.dot(W_hh, da)
    return {"dW_xh": dW_xh, "dW_hh": dW_hh, "dW_hy": dW_hy, "db_h": db_h, "db_y": db_y}


def truncated_bptt(X, Y, h0, parameters, steps):
    W_hh, W_hy = parameters["W_hh"], parameters["W_hy"]
    H, Y_hat = forward(X, h0, parameters)
    grads = {k: np.zeros_like(v) for k, v in parameters.items()}
    for t in range(len(X)):
        dz = d_scores(Y_hat[t], Y[t])
        grads["W_hy"] += np.outer(H[t], dz)
        grads["b_y"] += dz
        dh = np.dot(W_hy, dz)
        k = t
        while k >= 0 and t - k < steps:
            da = dh * (1 - H[k] ** 2)
            h_prev = H[k - 1] if k > 0 else h0
            grads["W_xh"] += np.outer(X[k], da)
            grads["W_hh"] += np.outer(h_prev, da)
            grads["b_h"] += da
            dh = np.dot(W_hh, da)
            k -= 1
    return grads


def gradient_norms(X, Y, h0, parameters):
    H, Y_hat = forward(X, h0, parameters)
    T = len(X)
    norms = np.zeros(T)
    dh = np.dot(parameters["W_hy"], d_scores(Y_hat[-1], Y[-1]))
    for t in range(T - 1, -1, -1):
        norms[t] = np.sqrt(np.sum(dh ** 2))
        dh = np.dot(parameters["W_hh"], dh * (1 - H[t] ** 2))
    return norms
