# expect: 9/20
# fails: test_gradient_shapes, test_truncated, test_gradient_norms
# says: A TODO is still open there.
import matplotlib.pyplot as plt
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


def score_gradients(Y_hat: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the gradient of each step's error with respect to its scores, ``(steps, classes)``."""
    # TODO task 4: go back through the mean squared error, then through softmax.
    # 할 일 4: 평균 제곱 오차를 거슬러 간 다음 소프트맥스를 거슬러 가세요.
    raise NotImplementedError("task 4")


def bptt(X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the gradients of the loss, the sum of all steps' errors, by back-propagation through time.

    Returns:
        One gradient for each parameter, under its name and in its shape.
    """
    # TODO task 4: go from the last step to the first and add up the gradients.
    # 할 일 4: 마지막 시점부터 첫 시점까지 거슬러 가며 기울기를 더하세요.
    raise NotImplementedError("task 4")


def truncated_bptt(
    X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray], steps: int
) -> dict[str, np.ndarray]:
    """Return the gradients when the error of each step goes back through at most ``steps`` steps.

    With ``steps=1`` it reaches only the ``rnn_step`` that made its own hidden state.
    """
    # TODO task 5: send the error of each step back through at most so many steps.
    # 할 일 5: 시점마다 그 오차를 최대 steps개 시점까지만 거슬러 보내세요.
    raise NotImplementedError("task 5")


def gradient_norms(X: np.ndarray, Y: np.ndarray, h0: np.ndarray, parameters: dict[str, np.ndarray]) -> np.ndarray:
    """Return how much of the last step's error arrives at each hidden state.

    Returns:
        ``(steps,)``: at place t the length (Euclidean norm) of the gradient of the last step's error
        with respect to the hidden state of step t.
    """
    # TODO task 6: send the error of the last step back and note its length at each step.
    # 할 일 6: 마지막 시점의 오차만 거슬러 보내면서 시점마다 기울기의 길이를 적으세요.
    raise NotImplementedError("task 6")


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
