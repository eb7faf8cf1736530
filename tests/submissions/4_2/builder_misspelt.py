# expect: 9/15
# fails: test_model_layers
# says: did you mean build_rnn_model
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def bulid_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation='sigmoid'))
    return model

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = bulid_rnn_model(6000, 100)
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist
