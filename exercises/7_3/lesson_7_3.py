"""Lesson 7-3: the shapes of recurrent networks, with the functional API."""

import keras
import numpy as np
from tensorflow.keras import Input, Model, layers


def build_many_to_one(timesteps: int, features: int, units: int) -> Model:
    """Return a model that reads a sequence and answers once.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    # TODO task 1: call a SimpleRNN on inputs and a Dense layer on its output; call the result outputs.
    # 할 일 1: inputs에 SimpleRNN을, 그 출력에 Dense 층을 적용하고, 결과를 outputs에 담으세요.
    raise NotImplementedError("task 1")
    return Model(inputs, outputs)


def build_stacked(timesteps: int, features: int, units: int) -> Model:
    """Return a model of two recurrent layers that answers once.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    # TODO task 2: call two SimpleRNNs, one after the other, and a Dense layer; call the result outputs.
    # 할 일 2: SimpleRNN 두 개를 차례로, 그다음에 Dense 층을 적용하고, 결과를 outputs에 담으세요.
    raise NotImplementedError("task 2")
    return Model(inputs, outputs)


def build_many_to_many(timesteps: int, features: int, units: int) -> Model:
    """Return a model that answers at every step.

    Input: ``(batch, timesteps, features)``. Output: ``(batch, timesteps, 1)``.
    """
    inputs = Input(shape=(timesteps, features), name="input")
    # TODO task 3: call a SimpleRNN, and a Dense layer at every step; call the result outputs.
    # 할 일 3: SimpleRNN을 적용하고, 시점마다 Dense 층을 적용해 결과를 outputs에 담으세요.
    raise NotImplementedError("task 3")
    return Model(inputs, outputs)


def output_shape(model: Model) -> tuple[int | None, ...]:
    """Return the shape of what a model gives, the batch first (None: of any size)."""
    # TODO task 4: return the shape of the model's output as a tuple.
    # 할 일 4: 모델 출력의 모양을 튜플로 돌려주세요.
    raise NotImplementedError("task 4")


def output_rank(model: Model) -> int:
    """Return how many axes the output of a model has, the batch among them."""
    # TODO task 4: return the number of axes of the model's output.
    # 할 일 4: 모델 출력의 축이 몇 개인지 돌려주세요.
    raise NotImplementedError("task 4")


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
