# expect: 12/15
# fails: test_model_sizes
# says: Layer 2, SimpleRNN: activation is
from tensorflow import keras

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    pad = keras.utils.pad_sequences
    return pad(X_train, maxlen=max_len), pad(X_test, maxlen=max_len), y_train, y_test

def build_rnn_model(num_words, embedding_len):
    inputs = keras.Input((None,))
    h = keras.layers.Embedding(num_words, embedding_len)(inputs)
    h = keras.layers.SimpleRNN(16, activation="relu")(h)
    h = keras.layers.Dense(1, activation="sigmoid")(h)
    return keras.Model(inputs, h)

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(learning_rate=1e-3)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist
