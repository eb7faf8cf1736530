# expect: 15/15
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.datasets import imdb
from tensorflow.keras.utils import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    return pad_sequences(X_train, max_len), pad_sequences(X_test, max_len), y_train, y_test

def build_rnn_model(num_words, embedding_len):
    model = keras.Sequential()
    model.add(keras.layers.Embedding(input_dim=num_words, output_dim=embedding_len))
    model.add(keras.layers.SimpleRNN(units=16))
    model.add(keras.layers.Dense(units=1, activation='sigmoid'))
    return model

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(loss='binary_crossentropy', optimizer=optimizer, metrics=['accuracy'])
    hist = model.fit(X_train, y_train, batch_size=100, epochs=epochs, validation_split=0.2, shuffle=True, verbose=2)
    print('test :', model.evaluate(X_test, y_test, verbose=0))
    print('train:', model.evaluate(X_train, y_train, verbose=0))   # 과적합인지 비교
    return optimizer, hist
