# expect: 15/15
# return_state 로 마지막 hidden state 를 받아서 Dense 에 넣음 (SimpleRNN 은 output == state)
from tensorflow import keras
from tensorflow.keras import layers

class Sentiment(keras.Model):
    def __init__(self, num_words, embedding_len):
        super().__init__()
        self.embedding = layers.Embedding(num_words, embedding_len)
        self.rnn = layers.SimpleRNN(16, return_state=True)
        self.dense = layers.Dense(1, activation='sigmoid')

    def call(self, x):
        out, state = self.rnn(self.embedding(x))
        return self.dense(state)

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    X_train = keras.utils.pad_sequences(X_train, maxlen=max_len)
    X_test = keras.utils.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    return Sentiment(num_words, embedding_len)

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist

if __name__ == "__main__":
    main()
