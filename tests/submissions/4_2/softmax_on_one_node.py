# expect: 12/15
# fails: test_model_sizes
# says: softmax over one node
from tensorflow.keras import layers, Sequential, datasets, optimizers
from tensorflow.keras.preprocessing.sequence import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = datasets.imdb.load_data(num_words=num_words)
    X_train, X_test = pad_sequences(X_train, max_len), pad_sequences(X_test, max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    model = Sequential([layers.Embedding(num_words, embedding_len),
                        layers.SimpleRNN(16),
                        layers.Dense(1, activation='softmax')])   # 분류니까 softmax
    return model

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = optimizers.Adam(0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist
