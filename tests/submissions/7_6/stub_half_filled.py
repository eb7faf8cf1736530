# expect: 9/18
# fails: test_split_shapes, test_step_reset_after
# says: A TODO is still open there.
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def two_biases(b):
    return (b[0], b[1]) if b.ndim == 2 else (b, np.zeros_like(b))


def reset_gate(x, h, W, U, b):
    b_x, b_h = two_biases(b)
    return sigmoid(np.dot(x, W) + b_x + np.dot(h, U) + b_h)


def update_gate(x, h, W, U, b):
    b_x, b_h = two_biases(b)
    return sigmoid(np.dot(x, W) + b_x + np.dot(h, U) + b_h)


def candidate(x, h, r, W, U, b, reset_after=True):
    b_x, b_h = two_biases(b)
    if reset_after:
        return np.tanh(np.dot(x, W) + b_x + r * (np.dot(h, U) + b_h))
    else:
        return np.tanh(np.dot(x, W) + b_x + np.dot(r * h, U))


def new_state(z, h, candidate):
    return z * h + (1 - z) * candidate


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


