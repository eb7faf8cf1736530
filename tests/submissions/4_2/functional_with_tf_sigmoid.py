# expect: 15/15
# tf.sigmoid 를 Dense 출력에 직접 적용 (TF 2.8 에서 작성)
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    inputs = tf.keras.Input(shape=(None,))
    x = layers.Embedding(num_words, embedding_len)(inputs)
    x = layers.SimpleRNN(16)(x)
    outputs = tf.sigmoid(layers.Dense(1)(x))
    return tf.keras.Model(inputs=inputs, outputs=outputs)

def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = tf.keras.optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    return optimizer, hist

if __name__ == "__main__":
    main()
