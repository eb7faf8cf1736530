# expect: 18/18
# notes: learning_rate
# notes: metrics=
import tensorflow as tf
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


class Sentiment(tf.keras.Model):
    def __init__(self, num_words):
        super(Sentiment, self).__init__()
        self.embedding = Embedding(num_words, 128)
        self.lstm = Bidirectional(LSTM(64, return_sequences=False))
        self.dropout = Dropout(0.5)
        self.fc = Dense(1, activation=tf.nn.sigmoid)

    def call(self, x, training=None):
        x = self.embedding(x)
        x = self.lstm(x)
        x = self.dropout(x, training=training)
        return self.fc(x)


def build_model(num_words):
    return Sentiment(num_words)


def train(model, X_train, y_train, X_test, y_test, epochs=4):
    model.compile(loss='binary_crossentropy', optimizer=Adam(lr=0.001), metrics='accuracy')
    history = model.fit(X_train, y_train, batch_size=128, epochs=epochs, validation_data=(X_test, y_test))
    return history


def evaluate(model, X, y):
    return model.evaluate(X, y, batch_size=384)


def main(epochs=4):
    (X_train, y_train), (X_test, y_test) = load_data()
    model = build_model(10000)
    history = train(model, X_train, y_train, X_test, y_test, epochs)
    print(evaluate(model, X_train, y_train))
    print(evaluate(model, X_test, y_test))
    return model, history


if __name__ == "__main__":
    main()
