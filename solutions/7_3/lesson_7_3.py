"""Lesson 7-3: the shapes of recurrent networks, with the functional API."""

import keras
import numpy as np
from tensorflow.keras import Input, Model, layers


def build_many_to_one(timesteps: int, features: int, units: int) -> Model:
    """Return a model that reads a sequence and answers once.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    state = layers.SimpleRNN(units, name="RNN")(inputs)
    outputs = layers.Dense(1, name="output")(state)
    return Model(inputs, outputs)


def build_stacked(timesteps: int, features: int, units: int) -> Model:
    """Return a model of two recurrent layers that answers once.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    states = layers.SimpleRNN(units, return_sequences=True, name="RNN1")(inputs)
    state = layers.SimpleRNN(units, name="RNN2")(states)
    outputs = layers.Dense(1, name="output")(state)
    return Model(inputs, outputs)


def build_many_to_many(timesteps: int, features: int, units: int) -> Model:
    """Return a model that answers at every step.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, timesteps, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    states = layers.SimpleRNN(units, return_sequences=True, name="RNN")(inputs)
    outputs = layers.TimeDistributed(layers.Dense(1), name="output")(states)
    return Model(inputs, outputs)


def output_shape(model: Model) -> tuple[int | None, ...]:
    """Return the shape of what a model gives, the batch first (None: of any size)."""
    return model.output_shape


def output_rank(model: Model) -> int:
    """Return how many axes the output of a model has, the batch among them."""
    return len(output_shape(model))


def main() -> None:
    """Show the shapes of the three models, and what they give for two sequences."""
    keras.utils.set_random_seed(2022)

    models = {
        "many to one": build_many_to_one(3, 1, 100),
        "stacked": build_stacked(3, 1, 100),
        "many to many": build_many_to_many(3, 1, 100),
    }
    sequences = np.array([[[0.1], [0.2], [0.3]], [[0.3], [0.2], [0.1]]])
    for name, model in models.items():
        print(f"{name:12}  shape {output_shape(model)}, rank {output_rank(model)}, {model.count_params():,} parameters")
    for name, model in models.items():
        answers = np.asarray(model(sequences))
        print(f"\n{name}: two sequences of 3 steps in, {answers.shape} out\n{answers}")


if __name__ == "__main__":
    main()
