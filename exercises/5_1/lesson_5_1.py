"""Lesson 5-1: what a SimpleRNN returns."""

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_many_to_one(num_words: int, embedding_len: int, units: int) -> Sequential:
    """Return an Embedding and a SimpleRNN that gives its last state only.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, units)``.
    """
    model = Sequential()
    # TODO task 1: add the two layers that the page (README.md) names, in order.
    # 할 일 1: 안내문(README.ko.md)에 적힌 층 두 개를 순서대로 추가하세요.
    raise NotImplementedError("task 1")
    return model


def build_many_to_many(num_words: int, embedding_len: int, units: int) -> Sequential:
    """Return an Embedding and a SimpleRNN that gives its state at every step.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, steps, units)``.
    """
    model = Sequential()
    # TODO task 2: the same, but the SimpleRNN returns its state at every step.
    # 할 일 2: 할 일 1과 같지만, SimpleRNN이 모든 시점의 상태를 돌려주게 하세요.
    raise NotImplementedError("task 2")
    return model


def build_stack(num_words: int, embedding_len: int, units: int, depth: int) -> Sequential:
    """Return an Embedding and ``depth`` SimpleRNNs, each reading the states of the one below.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, units)``.
    """
    model = Sequential()
    # TODO task 3: add an Embedding and depth SimpleRNNs; only the last returns its last state alone.
    # 할 일 3: Embedding과 SimpleRNN depth개를 추가하세요. 마지막 상태만 돌려주는 것은 맨 위의 층뿐입니다.
    raise NotImplementedError("task 3")
    return model


def returned_shape(batch: int, steps: int, units: int, return_sequences: bool) -> tuple[int, ...]:
    """Return the shape of what ``SimpleRNN(units, return_sequences=…)`` gives for a batch."""
    # TODO task 4: return the shape as a tuple, for both values of return_sequences.
    # 할 일 4: return_sequences가 True일 때와 False일 때의 모양을 튜플로 돌려주세요.
    raise NotImplementedError("task 4")


def last_step(sequences: np.ndarray) -> np.ndarray:
    """Return the last step of each sequence: ``(batch, steps, units)`` becomes ``(batch, units)``."""
    # TODO task 5: take the last step of each sequence.
    # 할 일 5: 시퀀스마다 마지막 시점을 골라내세요.
    raise NotImplementedError("task 5")


def count_parameters(features: int, units: int) -> int:
    """Return how many parameters a SimpleRNN has that reads vectors of length ``features``."""
    # TODO task 6: count the weights for the input, those for the state, and the biases.
    # 할 일 6: 입력에 곱하는 가중치, 상태에 곱하는 가중치, 편향의 수를 더하세요.
    raise NotImplementedError("task 6")


def main() -> None:
    """Show what the three models return for the same batch of words."""
    keras.utils.set_random_seed(2022)

    batch, steps, num_words, units = 2, 7, 10000, 32
    words = np.random.randint(1, num_words, size=(batch, steps))
    models = {
        "many to one": build_many_to_one(num_words, units, units),
        "many to many": build_many_to_many(num_words, units, units),
        "stack of four": build_stack(num_words, units, units, depth=4),
    }
    print(f"Words: shape {words.shape}")
    for name, model in models.items():
        states = model(words)
        print(f"{name:13}  shape {tuple(states.shape)}, rank {len(states.shape)}, {model.count_params():,} parameters")

    print(f"\nreturn_sequences=False: {returned_shape(batch, steps, units, return_sequences=False)}")
    print(f"return_sequences=True:  {returned_shape(batch, steps, units, return_sequences=True)}")
    print(f"Each SimpleRNN: {count_parameters(units, units):,} parameters")

    one, many = models["many to one"], models["many to many"]
    one.set_weights(many.get_weights())
    difference = np.abs(last_step(many(words)) - one(words)).max()
    print(f"\nWith the same weights, the last of all states and the last state differ by {difference:.1e}.")


if __name__ == "__main__":
    main()
