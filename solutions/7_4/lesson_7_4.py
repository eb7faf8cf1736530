"""Lesson 7-4: the RNN in NumPy, forwards and back through time."""

import matplotlib.pyplot as plt
import numpy as np


def rnn_step(x: np.ndarray, h: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray, b_h: np.ndarray) -> np.ndarray:
    """Return the hidden state after one step.

    Args:
        x: the input of this step, ``(features,)``.
        h: the hidden state before it, ``(units,)``.
        W_xh: ``(features, units)``.
        W_hh: ``(units, units)``.
        b_h: ``(units,)``.
    """
    return np.tanh(x @ W_xh + h @ W_hh + b_h)


def output(h: np.ndarray, W_hy: np.ndarray, b_y: np.ndarray) -> np.ndarray:
    """Return the probabilities of the classes, ``(classes,)``.

    Args:
        h: the hidden state, ``(units,)``.
        W_hy: ``(units, classes)``.
        b_y: ``(classes,)``.
    """
    scores = h @ W_hy + b_y
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def forward(X: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Run over a sequence.

    Args:
        X: ``(steps, features)``.
        h0: the hidden state before the first step, ``(units,)``.
        parameters: W_xh, W_hh, W_hy, b_h and b_y, by name.

    Returns:
        The hidden states ``H (steps, units)``, without h0, and the outputs ``Y_hat (steps, classes)``.
    """
    H, Y_hat = [], []
    h = h0
    for x in X:
        h = rnn_step(x, h, parameters["W_xh"], parameters["W_hh"], parameters["b_h"])
        H.append(h)
        Y_hat.append(output(h, parameters["W_hy"], parameters["b_y"]))
    return np.array(H), np.array(Y_hat)


def losses(Y_hat: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the mean squared error of each step, ``(steps,)``; both arguments are ``(steps, classes)``."""
    return np.mean((Y_hat - Y) ** 2, axis=1)


def score_gradients(Y_hat: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the gradient of each step's error with respect to its scores, ``(steps, classes)``."""
    by_output = 2 * (Y_hat - Y) / Y.shape[1]
    return Y_hat * (by_output - np.sum(by_output * Y_hat, axis=1, keepdims=True))


def bptt(X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the gradients of the loss, the sum of all steps' errors, by back-propagation through time.

    Returns:
        One gradient for each parameter, under its name and in its shape.
    """
    H, Y_hat = forward(X, h0, parameters)
    before = np.vstack([h0, H[:-1]])
    by_scores = score_gradients(Y_hat, Y)

    gradients = {name: np.zeros_like(value) for name, value in parameters.items()}
    carried = np.zeros_like(h0)
    for t in reversed(range(len(X))):
        gradients["W_hy"] += np.outer(H[t], by_scores[t])
        gradients["b_y"] += by_scores[t]

        by_state = by_scores[t] @ parameters["W_hy"].T + carried
        by_sum = by_state * (1 - H[t] ** 2)
        gradients["W_xh"] += np.outer(X[t], by_sum)
        gradients["W_hh"] += np.outer(before[t], by_sum)
        gradients["b_h"] += by_sum
        carried = by_sum @ parameters["W_hh"].T
    return gradients


def truncated_bptt(
    X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray], steps: int
) -> dict[str, np.ndarray]:
    """Return the gradients when the error of each step goes back through at most ``steps`` steps.

    With ``steps=1`` it reaches only the ``rnn_step`` that made its own hidden state.
    """
    H, Y_hat = forward(X, h0, parameters)
    before = np.vstack([h0, H[:-1]])
    by_scores = score_gradients(Y_hat, Y)

    gradients = {name: np.zeros_like(value) for name, value in parameters.items()}
    for t in range(len(X)):
        gradients["W_hy"] += np.outer(H[t], by_scores[t])
        gradients["b_y"] += by_scores[t]

        by_state = by_scores[t] @ parameters["W_hy"].T
        for s in range(t, max(t - steps, -1), -1):
            by_sum = by_state * (1 - H[s] ** 2)
            gradients["W_xh"] += np.outer(X[s], by_sum)
            gradients["W_hh"] += np.outer(before[s], by_sum)
            gradients["b_h"] += by_sum
            by_state = by_sum @ parameters["W_hh"].T
    return gradients


def gradient_norms(X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]) -> np.ndarray:
    """Return how much of the last step's error arrives at each hidden state.

    Returns:
        ``(steps,)``: at place t the length (Euclidean norm) of the gradient of the last step's error
        with respect to the hidden state of step t.
    """
    H, Y_hat = forward(X, h0, parameters)
    norms = np.zeros(len(X))
    by_state = score_gradients(Y_hat, Y)[-1] @ parameters["W_hy"].T
    for t in reversed(range(len(X))):
        norms[t] = np.linalg.norm(by_state)
        by_state = by_state * (1 - H[t] ** 2) @ parameters["W_hh"].T
    return norms


def numerical_gradients(
    X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the gradients of the loss by small differences: slow, but hard to get wrong."""
    step = 1e-5
    gradients = {name: np.zeros_like(value) for name, value in parameters.items()}
    for name, value in parameters.items():
        for index in np.ndindex(value.shape):
            loss = []
            for change in (step, -step):
                moved = {**parameters, name: value.copy()}
                moved[name][index] += change
                loss.append(np.sum(losses(forward(X, h0, moved)[1], Y)))
            gradients[name][index] = (loss[0] - loss[1]) / (2 * step)
    return gradients


def example(random: np.random.Generator, steps: int, scale: float) -> tuple:
    """Return ``X, Y, h0, parameters``; W_hh is a random rotation times ``scale``."""
    features, units, classes = 4, 16, 3
    rotation = np.linalg.qr(random.normal(size=(units, units)))[0]
    parameters = {
        "W_xh": random.normal(size=(features, units)) * 0.2,
        "W_hh": rotation * scale,
        "W_hy": random.normal(size=(units, classes)) * 0.5,
        "b_h": np.zeros(units),
        "b_y": np.zeros(classes),
    }
    X = random.normal(size=(steps, features))
    Y = np.eye(classes)[random.integers(classes, size=steps)]
    return X, Y, np.zeros(units), parameters


def main() -> None:
    """Hold the gradients against numerical ones, then show how the gradient vanishes."""
    random = np.random.default_rng(22)

    X, Y, h0, parameters = example(random, steps=8, scale=0.9)
    numerical = numerical_gradients(X, Y, h0, parameters)
    gradients = bptt(X, Y, h0, parameters)
    shortened = truncated_bptt(X, Y, h0, parameters, steps=3)
    print("Largest difference from the numerical gradients")
    for name in parameters:
        full = np.abs(gradients[name] - numerical[name]).max()
        short = np.abs(shortened[name] - numerical[name]).max()
        print(f"  {name:5} bptt {full:.1e}   truncated after 3 steps {short:.1e}")

    print("\nWhat arrives of the last error, so many steps back (1 = at the last step)")
    distances = [0, 1, 2, 5, 10, 20, 30]
    print("  W_hh times" + "".join(f"{distance:>9}" for distance in distances))
    _, axes = plt.subplots(figsize=(7, 4))
    for scale in (0.5, 0.9, 1.1):
        norms = gradient_norms(*example(np.random.default_rng(7), steps=31, scale=scale))
        back = norms[::-1] / norms[-1]
        print(f"  {scale:10}" + "".join(f"{back[distance]:9.1e}" for distance in distances))
        axes.semilogy(back, label=f"W_hh times {scale}")
    axes.set_xlabel("Steps back")
    axes.set_ylabel("Gradient (1 = at the last step)")
    axes.legend()
    plt.tight_layout()
    plt.savefig("vanishing_gradient.png")


if __name__ == "__main__":
    main()
