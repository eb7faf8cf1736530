# expect: 10/15
# fails: test_model_layers
# says: Dropout(0.5), is not asked for
from tensorflow import keras
from tensorflow.keras import layers

def load_data(num_words, max_len):
    (a, b), (c, d) = keras.datasets.imdb.load_data(num_words=num_words)
    a = keras.preprocessing.sequence.pad_sequences(a, maxlen=max_len)
    c = keras.preprocessing.sequence.pad_sequences(c, maxlen=max_len)
    return a, c, b, d

def build_rnn_model(num_words, embedding_len):
    model = keras.Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16, return_sequences=True))
    model.add(layers.Dropout(0.5))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation='sigmoid'))
    return model

def main(model=None, epochs=5):
    num_words, max_len, embedding_len = 6000, 130, 100
    X_train, X_test, y_train, y_test = load_data(num_words, max_len)
    if model is None:
        model = build_rnn_model(num_words, embedding_len)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, verbose=2)
    return optimizer, hist

if __name__ == '__main__':
    main()
