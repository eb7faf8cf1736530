# expect: 15/15
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.datasets import imdb
from tensorflow.keras.layers import Dense, Embedding, SimpleRNN
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing import sequence

MAX_LEN = 130


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = sequence.pad_sequences(X_train, maxlen=max_len)
    X_test = sequence.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words, embedding_len):
    inp = Input(shape=(MAX_LEN,), dtype='int32')   # 리뷰 길이는 항상 130
    x = Embedding(input_dim=num_words, output_dim=embedding_len)(inp)
    x = SimpleRNN(units=16)(x)
    out = Dense(units=1, activation='sigmoid')(x)
    return Model(inputs=inp, outputs=out)


def main(model=None, epochs=5):
    num_words = 6000
    embedding_len = 100
    X_train, X_test, y_train, y_test = load_data(num_words, MAX_LEN)

    if model is None:
        model = build_rnn_model(num_words, embedding_len)
    model.summary()

    optimizer = Adam(0.001)
    model.compile(loss='binary_crossentropy', metrics=['accuracy'], optimizer=optimizer)

    hist = model.fit(X_train, y_train,
                     verbose=2,
                     validation_split=0.2,
                     batch_size=100,
                     epochs=epochs)   # shuffle은 기본값이 True

    score = model.evaluate(X_test, y_test, verbose=0)
    print('loss', score[0], 'acc', score[1])
    return optimizer, hist


if __name__ == "__main__":
    main()
