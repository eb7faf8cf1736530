# expect: 19/20
# fails: test_checkpoint
# says: save_best_only
import keras
import numpy as np
import pandas as pd
from keras.callbacks import EarlyStopping, ModelCheckpoint
from keras.datasets import imdb
from keras.layers import GRU, LSTM, Dense, Embedding
from keras.models import Sequential
from keras.optimizers import RMSprop
from keras.utils import pad_sequences
from sklearn.model_selection import train_test_split


def load_data(num_words, max_len):
    (x, y), (test_x, test_y) = imdb.load_data(num_words=num_words)
    t_x, v_x, t_y, v_y = train_test_split(x, y, test_size=0.2, random_state=42)
    t_x, v_x, test_x = (pad_sequences(each, maxlen=max_len) for each in (t_x, v_x, test_x))
    return t_x, v_x, t_y, v_y, test_x, test_y


def build_lstm_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 16))
    model.add(LSTM(8, dropout=0.3))
    model.add(Dense(1, activation="sigmoid"))
    return model


def build_two_lstm_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 16))
    model.add(LSTM(8, dropout=0.3, return_sequences=True))
    model.add(LSTM(8, dropout=0.3))
    model.add(Dense(1, activation="sigmoid"))
    return model


def build_gru_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 16))
    model.add(GRU(8, dropout=0.3))
    model.add(Dense(1, activation="sigmoid"))
    return model


def train(model, t_x, t_y, v_x, v_y, path, epochs=100):
    model.compile(optimizer=RMSprop(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
    best = ModelCheckpoint(path)
    stop = EarlyStopping(patience=3, restore_best_weights=True)
    return model.fit(t_x, t_y, epochs=epochs, batch_size=64, validation_data=(v_x, v_y), callbacks=[best, stop])


def compare(histories):
    rows = {}
    for name, history in histories.items():
        values = history.history
        best = int(np.argmin(values["val_loss"]))
        rows[name] = {"epoch": best + 1, "val_loss": values["val_loss"][best], "val_accuracy": values["val_accuracy"][best]}
    return pd.DataFrame.from_dict(rows, orient="index")


def main(epochs=100):
    t_x, v_x, t_y, v_y, test_x, test_y = load_data(500, 100)
    histories = {}
    for name, build in {"LSTM": build_lstm_model, "Two LSTMs": build_two_lstm_model, "GRU": build_gru_model}.items():
        keras.utils.set_random_seed(42)
        model = build(500)
        histories[name] = train(model, t_x, t_y, v_x, v_y, name.replace(" ", "_") + ".keras", epochs)
    table = compare(histories)
    print(table)
    return table


if __name__ == "__main__":
    main()
