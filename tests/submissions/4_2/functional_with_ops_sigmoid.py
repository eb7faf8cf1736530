# expect: 15/15
import keras
from keras import layers, ops


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    X_train = keras.utils.pad_sequences(X_train, maxlen=max_len)
    X_test = keras.utils.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train.reshape(-1, 1), y_test.reshape(-1, 1)


def build_rnn_model(num_words, embedding_len):
    tokens = keras.Input(shape=(None,), dtype="int64", name="tokens")
    vectors = layers.Embedding(num_words, embedding_len)(tokens)
    last = layers.SimpleRNN(16, name="reader")(vectors)
    score = layers.Dense(1, activation=None)(last)
    return keras.Model(tokens, ops.sigmoid(score))


def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy", keras.metrics.AUC()], jit_compile=False)
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    print(model.evaluate(X_test, y_test, verbose=0))
    return optimizer, hist
