# expect: 17/19
# fails: test_training_settings
# says: None
import numpy as np
import matplotlib.pyplot as plt
from tensorflow import keras
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint
from tensorflow.keras.datasets import imdb
from tensorflow.keras.layers import Dense, Embedding, Input, SimpleRNN
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import RMSprop
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical
from sklearn.model_selection import train_test_split


def split(x, y):
    t_x, v_x, t_y, v_y = train_test_split(x, y, test_size=0.2, random_state=42)
    return t_x, v_x, t_y, v_y


def pad(sequences, max_len):
    return pad_sequences(sequences, maxlen=max_len)


def one_hot(sequences, num_words):
    return to_categorical(sequences, num_classes=num_words)


def build_onehot_model(max_len, num_words):
    model = Sequential()
    model.add(Input((max_len, num_words)))
    model.add(SimpleRNN(8))
    model.add(Dense(1, activation="sigmoid"))
    return model


def build_embedding_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 16))
    model.add(SimpleRNN(8))
    model.add(Dense(1, activation="sigmoid"))
    return model


def train(model, t_x, t_y, v_x, v_y, path, epochs=100):
    model.compile(optimizer=RMSprop(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
    best = ModelCheckpoint(path, save_best_only=True)
    stop = EarlyStopping(patience=3, restore_best_weights=True)
    history = model.fit(t_x, t_y, epochs=epochs, batch_size=64, validation_data=(v_x, v_y), callbacks=[best, stop])


def plot_loss(history, path):
    plt.figure()
    plt.plot(history.history["loss"], label="train")
    plt.plot(history.history["val_loss"], label="validation")
    plt.legend()
    plt.savefig(path)


def main(epochs=100):
    keras.utils.set_random_seed(42)
    num_words, max_len = 500, 100
    (x, y), (test_x, test_y) = imdb.load_data(num_words=num_words)
    t_x, v_x, t_y, v_y = split(x, y)
    t_x, v_x = pad(t_x, max_len), pad(v_x, max_len)

    m = build_onehot_model(max_len, num_words)
    hy = train(m, one_hot(t_x, num_words), t_y, one_hot(v_x, num_words), v_y, "onehot.keras", epochs)
    plot_loss(hy, "onehot_loss.png")

    m1 = build_embedding_model(num_words)
    hy1 = train(m1, t_x, t_y, v_x, v_y, "embedding.keras", epochs)
    plot_loss(hy1, "embedding_loss.png")
    print(min(hy.history["val_loss"]), min(hy1.history["val_loss"]))


if __name__ == "__main__":
    main()
