# expect: 20/20
import numpy as np
import pandas as pd
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow import keras
from grader.datasets import imdb


def pad(reviews, n):
    out = np.zeros((len(reviews), n), dtype=int)
    for i, review in enumerate(reviews):
        last = review[-n:]
        out[i, n - len(last):] = last
    return out


def load_data(num_words, max_len):
    train, test = imdb.load_data(num_words=num_words)
    return (pad(train[0], max_len), train[1]), (pad(test[0], max_len), test[1])


def build_rnn_model(num_words):
    words = keras.Input(shape=(None,), dtype="int32")
    x = keras.layers.Embedding(input_dim=num_words, output_dim=32)(words)
    x = keras.layers.SimpleRNN(units=32, activation="tanh")(x)
    return keras.Model(words, keras.layers.Dense(units=1, activation=tf.nn.sigmoid)(x))


def train(model, X_train, y_train, epochs=10):
    model.compile(loss=tf.keras.losses.binary_crossentropy, metrics=["accuracy"], optimizer=tf.keras.optimizers.RMSprop(1e-3))
    cut = int(len(X_train) * 0.8)
    return model.fit(x=X_train[:cut], y=y_train[:cut], validation_data=(X_train[cut:], y_train[cut:]), epochs=epochs, batch_size=128, verbose=0)


def plot_curves(history):
    table = pd.DataFrame(history.history)
    table.index = table.index + 1
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True)
    table[["accuracy", "val_accuracy"]].plot(ax=top, grid=True)
    table[["loss", "val_loss"]].plot(ax=bottom, grid=True)
    fig.savefig("rnn_curves.png", dpi=150)


def main(epochs=10):
    (X_train, y_train), test = load_data(10000, 500)
    model = build_rnn_model(10000)
    history = train(model, X_train, y_train, epochs)
    model.summary()
    results = model.evaluate(*test, return_dict=True)
    print(results)
    plot_curves(history)
    return history


if __name__ == "__main__":
    main()
