"""Lesson 5-1: what a SimpleRNN returns."""

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_many_to_one(num_words: int, embedding_len: int, units: int) -> Sequential:
    """Return an Embedding and a SimpleRNN that gives its last state only.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, units)``.
    """
    model = Sequential()
    model.add(layers.Input((None,)))
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(units))
    return model


def build_many_to_many(num_words: int, embedding_len: int, units: int) -> Sequential:
    """Return an Embedding and a SimpleRNN that gives its state at every step.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, steps, units)``.
    """
    model = Sequential()
    model.add(layers.Input((None,)))
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(units, return_sequences=True))
    return model


def build_stack(num_words: int, embedding_len: int, units: int, depth: int) -> Sequential:
    """Return an Embedding and ``depth`` SimpleRNNs, each reading the states of the one below.

    Input: ``(batch, steps)``, word indices. Output: ``(batch, units)``.
    """
    model = Sequential()
    model.add(layers.Input((None,)))
    model.add(layers.Embedding(num_words, embedding_len))
    for _ in range(depth - 1):
        model.add(layers.SimpleRNN(units, return_sequences=True))
    model.add(layers.SimpleRNN(units))
    return model


def returned_shape(batch: int, steps: int, units: int, return_sequences: bool) -> tuple[int, ...]:
    """Return the shape of what ``SimpleRNN(units, return_sequences=…)`` gives for a batch."""
    if return_sequences:
        return batch, steps, units
    return batch, units


def last_step(sequences: np.ndarray) -> np.ndarray:
    """Return the last step of each sequence: ``(batch, steps, units)`` becomes ``(batch, units)``."""
    return sequences[:, -1, :]


def count_parameters(features: int, units: int) -> int:
    """Return how many parameters a SimpleRNN has that reads vectors of length ``features``."""
    return features * units + units * units + units


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
