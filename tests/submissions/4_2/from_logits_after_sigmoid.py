# expect: 14/15
# fails: test_loss
# says: from_logits=True is for a model whose last layer has no sigmoid
import tensorflow as tf
from tensorflow.keras.datasets import imdb

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = tf.keras.utils.pad_sequences(X_train, maxlen=max_len)
    X_test = tf.keras.utils.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    model = tf.keras.Sequential([
        tf.keras.layers.Embedding(num_words, embedding_len),
        tf.keras.layers.SimpleRNN(16),
        tf.keras.layers.Dense(1, activation='sigmoid')
    ])
    return model

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = tf.keras.optimizers.Adam(1e-3)
    model.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
                  optimizer=optimizer,
                  metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist

if __name__ == '__main__':
    main()
