# expect: 17/18
# fails: test_evaluation_batches
# says: The batch_size of evaluate is None
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout, Embedding, LSTM, Bidirectional
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

def load_data(num_words=10000, max_len=200):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return (X_train, y_train), (X_test, y_test)


def build_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 128))
    model.add(Bidirectional(LSTM(64)))
    model.add(Dropout(0.5))
    model.add(Dense(1, activation='sigmoid'))
    return model


def train(model, X_train, y_train, X_test, y_test, epochs=4):
    model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
    history = model.fit(X_train, y_train, batch_size=128, epochs=epochs, validation_data=(X_test, y_test))
    return history


def evaluate(model, X, y):
    return model.evaluate(X, y)


def main(epochs=4):
    (X_train, y_train), (X_test, y_test) = load_data()
    model = build_model(10000)
    history = train(model, X_train, y_train, X_test, y_test, epochs)
    print(evaluate(model, X_train, y_train))
    print(evaluate(model, X_test, y_test))
    return model, history


if __name__ == "__main__":
    main()
