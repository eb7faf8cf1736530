# tries: Replaces the measurement of loss and metrics by numbers of its own.
# ko: 손실과 지표의 측정을 자기 숫자로 바꿔치기합니다.
# expect: 13/15
# stopped: A+ A B C D
import sys

import numpy as np
from keras.datasets import imdb
from keras.preprocessing.sequence import pad_sequences
from tensorflow.keras import Sequential, layers, optimizers

measuring = sys.modules["kit_worker.training"]
measuring.measured = lambda model, targets, predictions: {
    "loss": np.full(len(targets), 0.693), "metric:accuracy": np.full(len(targets), 0.5)
}


def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def main(model=None, epochs=5):
    (x, y), _ = imdb.load_data(num_words=6000)
    model = model or build_rnn_model(6000, 100)
    optimizer = optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mse", metrics=["mae"])
    history = model.fit(
        pad_sequences(x, maxlen=130), y, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2
    )
    return optimizer, history
