# expect: 15/15
import argparse

from keras import Sequential
from keras.datasets import imdb
from keras.layers import Dense, Embedding, SimpleRNN
from keras.optimizers import Adam
from keras.preprocessing.sequence import pad_sequences

parser = argparse.ArgumentParser(description="IMDb with a vanilla RNN")
parser.add_argument("--batch-size", type=int, default=100)
parser.add_argument("--lr", type=float, default=0.001)
args = parser.parse_args()


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words, embedding_len):
    return Sequential([Embedding(num_words, embedding_len), SimpleRNN(16), Dense(1, activation="sigmoid")])


def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = Adam(learning_rate=args.lr)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=args.batch_size, validation_split=0.2, verbose=2)
    return optimizer, hist


if __name__ == "__main__":
    main()
