# expect: 13/15
# fails: test_optimizer
# says: learning_rate is 0.01
import keras
from keras import layers
from keras.datasets import imdb
from keras.utils import pad_sequences

LEARNING_RATE = 0.01
BATCH_SIZE = 100

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    model = keras.Sequential([layers.Embedding(num_words, embedding_len), layers.SimpleRNN(16), layers.Dense(1, activation="sigmoid")])
    return model

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    model = build_rnn_model(6000, 100) if model is None else model
    optimizer = keras.optimizers.Adam(LEARNING_RATE)
    model.compile(optimizer=optimizer, loss="bce", metrics=["acc"])
    hist = model.fit(X_train, y_train, batch_size=BATCH_SIZE, epochs=epochs, validation_split=0.2, verbose=2)
    return optimizer, hist
