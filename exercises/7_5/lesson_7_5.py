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
    # TODO task 1: return the gate.
    # 할 일 1: 게이트 값을 돌려주세요.
    raise NotImplementedError("task 1")


def input_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the candidate is let in, ``(batch, units)``; arguments as in forget_gate."""
    # TODO task 1: return the gate.
    # 할 일 1: 게이트 값을 돌려주세요.
    raise NotImplementedError("task 1")


def output_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how much of the cell state is shown, ``(batch, units)``; arguments as in forget_gate."""
    # TODO task 1: return the gate.
    # 할 일 1: 게이트 값을 돌려주세요.
    raise NotImplementedError("task 1")


def candidate(x: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return what could be added to the cell state, ``(batch, units)``; arguments as in forget_gate."""
    # TODO task 1: return the candidate; its activation is not that of the gates.
    # 할 일 1: 후보를 돌려주세요. 활성화 함수가 게이트와 다릅니다.
    raise NotImplementedError("task 1")


def cell_state(f: np.ndarray, i: np.ndarray, c_tilde: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return the new cell state from forget gate, input gate, candidate and the old cell state."""
    # TODO task 2: return the new cell state.
    # 할 일 2: 새 셀 상태를 돌려주세요.
    raise NotImplementedError("task 2")


def hidden_state(o: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return the new hidden state from the output gate and the new cell state."""
    # TODO task 2: return the new hidden state.
    # 할 일 2: 새 은닉 상태를 돌려주세요.
    raise NotImplementedError("task 2")


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
