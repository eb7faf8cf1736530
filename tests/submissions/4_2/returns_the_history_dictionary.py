# expect: 14/15
# fails: test_epochs
# says: the history that fit returns
import keras
from keras import layers

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    X_train = keras.utils.pad_sequences(X_train, maxlen=max_len)
    X_test = keras.utils.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    return keras.Sequential([
        layers.Embedding(num_words, embedding_len),
        layers.SimpleRNN(16),
        layers.Dense(1, activation="sigmoid"),
    ])

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(0.001)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, verbose=2)
    return optimizer, hist.history
