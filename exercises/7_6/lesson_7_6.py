"""Lesson 7-6: the GRU in NumPy, gate by gate."""

import numpy as np
from tensorflow.keras import layers


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x))."""
    return 0.5 * (1 + np.tanh(x / 2))  # the same, and never too large for exp


def two_biases(b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the bias that joins ``x @ W`` and the one that joins ``h @ U``.

    ``b`` is ``(units,)``, one bias for both (the second is then 0), or ``(2, units)``.
    """
    return (b[0], b[1]) if b.ndim == 2 else (b, np.zeros_like(b))


def reset_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the old state the candidate looks at, ``(batch, units)``.

    Args:
        x: the input of this step, ``(batch, features)``.
        h: the hidden state before it, ``(batch, units)``.
        W: weights of the input, ``(features, units)``.
        U: weights of the hidden state, ``(units, units)``.
        b: biases, ``(units,)`` or ``(2, units)``.
    """
    # TODO task 1: return the gate; two_biases tells which bias goes where.
    # 할 일 1: 게이트 값을 돌려주세요. 편향이 어디에 더해지는지는 two_biases가 알려 줍니다.
    raise NotImplementedError("task 1")


def update_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the old state stays, ``(batch, units)``; arguments as in reset_gate."""
    # TODO task 1: return the gate.
    # 할 일 1: 게이트 값을 돌려주세요.
    raise NotImplementedError("task 1")


def candidate(
    x: np.ndarray,
    h: np.ndarray,
    r: np.ndarray,
    W: np.ndarray,
    U: np.ndarray,
    b: np.ndarray,
    reset_after: bool = True,
) -> np.ndarray:
    """Return what could become the new state, ``(batch, units)``.

    Args:
        x: as in reset_gate.
        h: as in reset_gate.
        r: the reset gate, ``(batch, units)``.
        W: as in reset_gate.
        U: as in reset_gate.
        b: ``(2, units)`` with reset_after, else ``(units,)``.
        reset_after: True: r scales what ``h @ U`` and its bias give. False: r scales h itself.
    """
    # TODO task 2: return the candidate, for both values of reset_after.
    # 할 일 2: reset_after가 True일 때와 False일 때의 후보를 돌려주세요.
    raise NotImplementedError("task 2")


def new_state(z: np.ndarray, h: np.ndarray, candidate: np.ndarray) -> np.ndarray:
    """Return the new hidden state from update gate, old state and candidate, as Keras does."""
    # TODO task 3: mix the old state and the candidate.
    # 할 일 3: 이전 상태와 후보를 섞으세요.
    raise NotImplementedError("task 3")


def split_weights(kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray) -> dict[str, tuple]:
    """Cut the three weights of a Keras GRU into those of its gates.

    Args:
        kernel: ``(features, 3 * units)``, side by side: update gate, reset gate, candidate.
        recurrent_kernel: ``(units, 3 * units)``, in the same order.
        bias: ``(2, 3 * units)`` with reset_after, else ``(3 * units,)``, in the same order.

    Returns:
        ``{"z": (W, U, b), "r": (W, U, b), "h": (W, U, b)}``; h is the candidate.
        Each b is ``(2, units)`` or ``(units,)``, as bias is.
    """
    # TODO task 4: cut kernel, recurrent_kernel and bias into three parts each.
    # 할 일 4: kernel, recurrent_kernel, bias를 각각 세 조각으로 나누세요.
    raise NotImplementedError("task 4")


def gru_step(x: np.ndarray, h: np.ndarray, weights: dict[str, tuple], reset_after: bool = True) -> np.ndarray:
    """Return the hidden state after one step, ``(batch, units)``.

    Args:
        x: ``(batch, features)``.
        h: the hidden state before it, ``(batch, units)``.
        weights: as split_weights returns them.
        reset_after: as in candidate.
    """
    # TODO task 5: one step: the gates, the candidate, the new state.
    # 할 일 5: 한 시점을 계산하세요. 게이트, 후보, 새 상태 순서입니다.
    raise NotImplementedError("task 5")


def gru(
    X: np.ndarray, kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray, reset_after: bool = True
) -> np.ndarray:
    """Run over a batch of sequences, as a Keras GRU does, from a state of zeros.

    Args:
        X: ``(batch, steps, features)``.
        kernel: as in split_weights.
        recurrent_kernel: as in split_weights.
        bias: as in split_weights.
        reset_after: as in candidate.

    Returns:
        All hidden states, ``(batch, steps, units)``.
    """
    # TODO task 6: run over the steps from a state of zeros and collect the hidden states.
    # 할 일 6: 0으로 채운 상태에서 시작해 시점을 차례로 돌며 은닉 상태를 모으세요.
    raise NotImplementedError("task 6")


def main() -> None:
    """Run the same weights through Keras and through NumPy, and compare."""
    batch, steps, features, units = 2, 80, 5, 8
    random = np.random.default_rng(22)
    X = random.normal(size=(batch, steps, features))

    for reset_after in (True, False):
        layer = layers.GRU(units, return_sequences=True, reset_after=reset_after)
        layer.build(X.shape)
        layer.set_weights([random.normal(size=weight.shape) * 0.5 for weight in layer.get_weights()])
        kernel, recurrent_kernel, bias = layer.get_weights()
        print(f"reset_after={reset_after}: {layer.count_params()} parameters, bias {bias.shape}")

        H = gru(X, kernel, recurrent_kernel, bias, reset_after)
        print(f"Largest difference from Keras: {np.abs(H - layer(X)).max():.1e}")


if __name__ == "__main__":
    main()
