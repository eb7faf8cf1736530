"""Lesson 4-1: two vanilla RNN models."""

from tensorflow.keras import Sequential, layers


def build_model1() -> Sequential:
    """Return a model that reads word indices and gives the last hidden state.

    Input: ``(batch, time)``, indices below 10. Output: ``(batch, 3)``.
    """
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model


def build_model2() -> Sequential:
    """Return a model that sorts a sentence into one of ten classes.

    Input: ``(batch, time)``, indices below 256. Output: ``(batch, 10)``.
    """
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def main() -> None:
    """Build both models for sentences of seven words and print their summaries."""
    for number, model in enumerate((build_model1(), build_model2()), start=1):
        model.build((None, 7))
        print(f"Model {number}")
        model.summary()


if __name__ == "__main__":
    main()
