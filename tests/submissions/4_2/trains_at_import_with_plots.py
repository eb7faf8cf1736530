# expect: 15/15
# notes: elice_utils
from elice_utils import EliceUtils
elice_utils = EliceUtils()

import ssl
ssl._create_default_https_context = ssl._create_unverified_context

import numpy as np
np_load_old = np.load
np.load = lambda *a, **k: np_load_old(*a, allow_pickle=True, **{key: v for key, v in k.items() if key != 'allow_pickle'})

import matplotlib.pyplot as plt
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

plt.rc('font', family='NanumGothic')

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    print("훈련 데이터", len(X_train), "개 / 테스트", len(X_test), "개")
    print(X_train[0], y_train[0])
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation='sigmoid'))
    model.summary()
    return model

def draw(hist):
    fig, ax = plt.subplots(1, 2, figsize=(10, 4))
    ax[0].plot(hist.history['loss'], label='loss')
    ax[0].plot(hist.history['val_loss'], label='val_loss')
    ax[1].plot(hist.history['accuracy'], label='acc')
    ax[1].plot(hist.history['val_accuracy'], label='val_acc')
    for a in ax:
        a.set_xlabel('epoch')
        a.legend()
    plt.savefig('result.png')
    elice_utils.send_image('result.png')
    plt.show()

def main(model=None, epochs=5):
    num_words = 6000
    max_len = 130
    embedding_len = 100
    X_train, X_test, y_train, y_test = load_data(num_words, max_len)
    if model is None:
        model = build_rnn_model(num_words, embedding_len)
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    draw(hist)
    pred = (model.predict(X_test) > 0.5).astype(int)
    print("맞춘 개수:", (pred[:, 0] == y_test).sum())
    model.save('imdb_rnn.h5')
    return optimizer, hist

opt, h = main(epochs=3)
print(opt.learning_rate, h.history.keys())
