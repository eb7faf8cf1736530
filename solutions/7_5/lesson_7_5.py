"""Lesson 7-5: the LSTM in NumPy, gate by gate."""

import numpy as np
from tensorflow.keras import layers


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x))."""
    return 0.5 * (1 + np.tanh(x / 2))  # the same, and never too large for exp


def forget_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the old cell state is kept, ``(batch, units)``.

    Args:
        x: the input of this step, ``(batch, features)``.
        h: the hidden state before it, ``(batch, units)``.
        W: weights of the input, ``(features, units)``.
        U: weights of the hidden state, ``(units, units)``.
        b: biases, ``(units,)``.
    """
    return sigmoid(x @ W + h @ U + b)


def input_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the candidate is let in, ``(batch, units)``; arguments as in forget_gate."""
    return sigmoid(x @ W + h @ U + b)


def output_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the cell state is shown, ``(batch, units)``; arguments as in forget_gate."""
    return sigmoid(x @ W + h @ U + b)


def candidate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return what could be added to the cell state, ``(batch, units)``; arguments as in forget_gate."""
    return np.tanh(x @ W + h @ U + b)


def cell_state(f: np.ndarray, i: np.ndarray, c_tilde: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return the new cell state from forget gate, input gate, candidate and the old cell state."""
    return f * c + i * c_tilde


def hidden_state(o: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return the new hidden state from the output gate and the new cell state."""
    return o * np.tanh(c)


def split_weights(kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray) -> dict[str, tuple]:
    """Cut the three weights of a Keras LSTM into those of its gates.

    Args:
        kernel: ``(features, 4 * units)``, the gates side by side: input, forget, candidate, output.
        recurrent_kernel: ``(units, 4 * units)``, in the same order.
        bias: ``(4 * units,)``, in the same order.

    Returns:
        ``{"f": (W, U, b), "i": (W, U, b), "c": (W, U, b), "o": (W, U, b)}``; c is the candidate.
    """
    parts = (np.split(each, 4, axis=-1) for each in (kernel, recurrent_kernel, bias))
    return dict(zip("ifco", zip(*parts, strict=True), strict=True))


def lstm_step(x: np.ndarray, h: np.ndarray, c: np.ndarray, weights: dict[str, tuple]) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden state and the cell state after one step.

    Args:
        x: ``(batch, features)``.
        h: the hidden state before it, ``(batch, units)``.
        c: the cell state before it, ``(batch, units)``.
        weights: as split_weights returns them.
    """
    f = forget_gate(x, h, *weights["f"])
    i = input_gate(x, h, *weights["i"])
    o = output_gate(x, h, *weights["o"])
    c_tilde = candidate(x, h, *weights["c"])

    c = cell_state(f, i, c_tilde, c)
    h = hidden_state(o, c)
    return h, c


def lstm(
    X: np.ndarray, kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Run over a batch of sequences, as a Keras LSTM does, from states of zeros.

    Args:
        X: ``(batch, steps, features)``.
        kernel: as in split_weights.
        recurrent_kernel: as in split_weights.
        bias: as in split_weights.

    Returns:
        All hidden states, ``(batch, steps, units)``, and the last cell state, ``(batch, units)``.
    """
    batch, steps, _ = X.shape
    units = recurrent_kernel.shape[0]
    weights = split_weights(kernel, recurrent_kernel, bias)

    h, c = np.zeros((batch, units)), np.zeros((batch, units))
    H = np.zeros((batch, steps, units))
    for t in range(steps):
        h, c = lstm_step(X[:, t], h, c, weights)
        H[:, t] = h
    return H, c


def main() -> None:
    """Run the same weights through Keras and through NumPy, and compare."""
    batch, steps, features, units = 2, 80, 5, 8
    random = np.random.default_rng(22)
    X = random.normal(size=(batch, steps, features))

    layer = layers.LSTM(units, return_sequences=True, return_state=True)
    layer.build(X.shape)
    layer.set_weights([random.normal(size=weight.shape) * 0.5 for weight in layer.get_weights()])
    kernel, recurrent_kernel, bias = layer.get_weights()
    print("Kernel          ", kernel.shape)
    print("Recurrent kernel", recurrent_kernel.shape)
    print("Bias            ", bias.shape)
    print("Parameters      ", layer.count_params())

    keras_H, _, keras_c = layer(X)
    H, c = lstm(X, kernel, recurrent_kernel, bias)
    print(f"Largest difference from Keras, hidden states: {np.abs(H - keras_H).max():.1e}")
    print(f"Largest difference from Keras, cell state:    {np.abs(c - keras_c).max():.1e}")


if __name__ == "__main__":
    main()
