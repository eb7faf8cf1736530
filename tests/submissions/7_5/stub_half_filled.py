# expect: 8/18
# fails: test_split_shapes, test_step_cell_state
# says: A TODO is still open there.
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forget_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def input_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def output_gate(x, h, W, U, b):
    return sigmoid(np.dot(x, W) + np.dot(h, U) + b)


def candidate(x, h, W, U, b):
    return np.tanh(np.dot(x, W) + np.dot(h, U) + b)


def cell_state(f, i, c_tilde, c):
    return f * c + i * c_tilde


def hidden_state(o, c):
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
    # TODO task 3: cut kernel, recurrent_kernel and bias into four parts each.
    # 할 일 3: kernel, recurrent_kernel, bias를 각각 네 조각으로 나누세요.
    raise NotImplementedError("task 3")


def lstm_step(x: np.ndarray, h: np.ndarray, c: np.ndarray, weights: dict[str, tuple]) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden state and the cell state after one step.

    Args:
        x: ``(batch, features)``.
        h: the hidden state before it, ``(batch, units)``.
        c: the cell state before it, ``(batch, units)``.
        weights: as split_weights returns them.
    """
    # TODO task 4: one step: the gates, then the cell state, then the hidden state.
    # 할 일 4: 한 시점을 계산하세요. 게이트, 셀 상태, 은닉 상태 순서입니다.
    raise NotImplementedError("task 4")


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
    # TODO task 5: run over the steps from states of zeros and collect the hidden states.
    # 할 일 5: 0으로 채운 상태에서 시작해 시점을 차례로 돌며 은닉 상태를 모으세요.
    raise NotImplementedError("task 5")


