# expect: 20/20
import keras
from keras import layers
from keras.datasets import imdb
from keras.preprocessing import sequence
import matplotlib.pyplot as plt


class Classifier(keras.Model):
    def __init__(self, num_words):
        super().__init__()
        self.embedding = layers.Embedding(num_words, 32)
        self.rnn = layers.SimpleRNN(32)
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.rnn(self.embedding(x)))


def load_data(num_words, max_len):
    (a, b), (c, d) = imdb.load_data(num_words=num_words)
    a, c = [sequence.pad_sequences(each, maxlen=max_len) for each in (a, c)]
    return [(a, b), (c, d)]


def build_rnn_model(num_words):
    return Classifier(num_words)


def train(model, X_train, y_train, epochs=10):
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return model.fit(X_train, y_train, batch_size=128, epochs=epochs, validation_split=0.2)


def plot_curves(history):
    n = len(history.history["loss"])
    x = [i + 1 for i in range(n)]
    plt.figure(figsize=(10, 4))
    for i, name in enumerate(["loss", "accuracy"]):
        plt.subplot(1, 2, i + 1)
        plt.plot(x, history.history[name])
        plt.plot(x, history.history["val_" + name])
        plt.legend(["train", "val"], loc="best")
        plt.xlabel("epoch")
        plt.ylabel(name)
    plt.savefig("./rnn_curves.png")
    plt.close()


def main(epochs=10):
    (X_train, y_train), (X_test, y_test) = load_data(10000, 500)
    model = build_rnn_model(10000)
    history = train(model, X_train, y_train, epochs)
    model.evaluate(X_test, y_test)
    plot_curves(history)
    return history


if __name__ == "__main__":
    main()
