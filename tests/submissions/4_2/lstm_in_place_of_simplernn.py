# expect: 10/15
# fails: test_model_layers
# says: LSTM(16)
import keras
from keras.datasets import imdb
from keras.layers import Dense, Embedding, LSTM
from keras.preprocessing.sequence import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    return pad_sequences(X_train, maxlen=max_len), pad_sequences(X_test, maxlen=max_len), y_train, y_test

def build_rnn_model(num_words, embedding_len):
    # LSTM is an RNN too
    return keras.Sequential([
        Embedding(num_words, embedding_len),
        LSTM(16),
        Dense(1, activation="sigmoid"),
    ])

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100,
                     validation_split=0.2, shuffle=True, verbose=2)
    print("Test:", model.evaluate(X_test, y_test, verbose=0))
    return optimizer, hist

if __name__ == "__main__":
    main()
