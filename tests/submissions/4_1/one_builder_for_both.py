# expect: 8/8
from __future__ import annotations

from dataclasses import dataclass

from tensorflow import keras


@dataclass
class Config:
    vocab: int
    dim: int
    hidden: int
    classes: int | None = None


class Builder:
    def __init__(self, config: Config):
        self.config = config

    def make(self) -> keras.Model:
        c = self.config
        stack = [keras.layers.Embedding(c.vocab, c.dim), keras.layers.SimpleRNN(c.hidden)]
        if c.classes:
            stack.append(keras.layers.Dense(c.classes, activation=keras.activations.softmax))
        return keras.Sequential(stack)


def build_model1() -> keras.Model:
    return Builder(Config(10, 5, 3)).make()


def build_model2(vocab=256, dim=100, hidden=20, classes=10) -> keras.Model:
    return Builder(Config(vocab, dim, hidden, classes)).make()


def main() -> None:
    print(build_model1().get_config())
    print(build_model2().get_config())
