# expect: 20/20
import numpy as np


class RNN:
    """textbook-like class, functions at the bottom"""

    def __init__(self, params):
        self.__dict__.update(params)

    def step(self, x, h):
        return np.tanh(x.dot(self.W_xh) + h.dot(self.W_hh) + self.b_h)

    def out(self, h):
        z = h.dot(self.W_hy) + self.b_y
        z = z - z.max()
        return np.exp(z) / np.exp(z).sum()

    def run(self, X, h0):
        H, Y = [], []
        h = h0.copy()
        for x in X:
            h = self.step(x, h)
            H.append(h); Y.append(self.out(h))
        return np.array(H), np.array(Y)

    def back(self, X, Y, h0, k=None):
        H, P = self.run(X, h0)
        prev = np.r_[[h0], H[:-1]]
        g = dict(W_xh=0., W_hh=0., W_hy=0., b_h=0., b_y=0.)
        for t in range(len(X)):
            d = 2 * (P[t] - Y[t]) / Y[t].size
            d = P[t] * d - P[t] * (P[t] * d).sum()
            g["W_hy"] += np.outer(H[t], d); g["b_y"] += d
            d = d.dot(self.W_hy.T)
            stop = 0 if k is None else max(0, t - k + 1)
            for i in range(t, stop - 1, -1):
                d = d * (1 - H[i] ** 2)
                g["W_xh"] += np.outer(X[i], d); g["W_hh"] += np.outer(prev[i], d); g["b_h"] += d
                d = d.dot(self.W_hh.T)
        return g


def rnn_step(xt, h_prev, Wx, Wh, b):
    return RNN(dict(W_xh=Wx, W_hh=Wh, b_h=b)).step(xt, h_prev)

def output(ht, Wy, by):
    return RNN(dict(W_hy=Wy, b_y=by)).out(ht)

def forward(inputs, h_init, params):
    return RNN(params).run(inputs, h_init)

def losses(pred, true):
    from sklearn.metrics import mean_squared_error
    return mean_squared_error(true.T, pred.T, multioutput="raw_values")

def bptt(inputs, targets, h_init, params):
    return RNN(params).back(inputs, targets, h_init)

def truncated_bptt(inputs, targets, h_init, params, k):
    return RNN(params).back(inputs, targets, h_init, k)

def gradient_norms(inputs, targets, h_init, params):
    net = RNN(params)
    H, P = net.run(inputs, h_init)
    d = 2 * (P[-1] - targets[-1]) / targets.shape[1]
    d = P[-1] * d - P[-1] * (P[-1] * d).sum()
    d = d.dot(net.W_hy.T)
    norms = {}
    for t in range(len(inputs) - 1, -1, -1):
        norms[t] = (d @ d) ** .5
        d = (d * (1 - H[t] ** 2)).dot(net.W_hh.T)
    return [norms[t] for t in sorted(norms)]
