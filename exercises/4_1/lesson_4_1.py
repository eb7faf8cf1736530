"""Lesson 4-1: two vanilla RNN models."""

from tensorflow.keras import Sequential, layers


def build_model1() -> Sequential:
    """Return a model that reads word indices and gives the last hidden state.

    Input: ``(batch, time)``, indices below 10. Output: ``(batch, 3)``.
    """
    model = Sequential()
    # TODO task 1: add the two layers that the page (README.md) names, in order.
    # 할 일 1: 안내문(README.ko.md)에 적힌 층 두 개를 순서대로 추가하세요.
    raise NotImplementedError("task 1")
    return model


def build_model2() -> Sequential:
    """Return a model that sorts a sentence into one of ten classes.

    Input: ``(batch, time)``, indices below 256. Output: ``(batch, 10)``.
    """
    model = Sequential()
    # TODO task 2: add the three layers that the page (README.md) names, in order.
    # 할 일 2: 안내문(README.ko.md)에 적힌 층 세 개를 순서대로 추가하세요.
    raise NotImplementedError("task 2")
    return model


def main() -> None:
    """Build both models for sentences of seven words and print their summaries."""
    for number, model in enumerate((build_model1(), build_model2()), start=1):
        model.build((None, 7))
        print(f"Model {number}")
        model.summary()


if __name__ == "__main__":
    main()
