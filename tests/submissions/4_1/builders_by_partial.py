# expect: 8/8
from functools import partial

from keras import Sequential
from keras.layers import Dense, Embedding, SimpleRNN


def _build(words, length, hidden, *head):
    return Sequential([Embedding(words, length), SimpleRNN(hidden), *(layer() for layer in head)])


build_model1 = partial(_build, 10, 5, 3)
build_model2 = partial(_build, 256, 100, 20, lambda: Dense(10, activation="softmax"))


def main():
    for build in (build_model1, build_model2):
        build().summary()


if __name__ == "__main__":
    main()
