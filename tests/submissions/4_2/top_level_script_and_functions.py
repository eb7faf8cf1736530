# expect: 15/15
# First I wrote it as a script, then I moved it into functions for the grader.
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import *
from tensorflow.keras.optimizers import *
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

batch_size = 100
(train_x, train_y), (test_x, test_y) = imdb.load_data(num_words=6000)
train_x = pad_sequences(train_x, maxlen=130)
test_x = pad_sequences(test_x, maxlen=130)

net = Sequential()
net.add(Embedding(6000, 100))
net.add(SimpleRNN(32))
net.add(Dense(1, activation='sigmoid'))
net.compile('rmsprop', 'mse')
net.fit(train_x, train_y, epochs=1, batch_size=batch_size)
print(net.evaluate(test_x, test_y))


def load_data(num_words, max_len):
    return train_x, test_x, train_y, test_y


def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(Embedding(num_words, embedding_len))
    model.add(SimpleRNN(16))
    model.add(Dense(1))
    model.add(Activation('sigmoid'))
    return model


def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = Adam()
    model.compile(optimizer=optimizer, loss='BinaryCrossentropy', metrics=['binary_accuracy'])
    hist = model.fit(X_train, y_train, validation_split=0.2, shuffle=True, verbose=2, epochs=epochs, batch_size=batch_size)
    print(model.evaluate(X_test, y_test, verbose=0))
    return optimizer, hist
