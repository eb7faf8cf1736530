# expect: 15/15
# notes: seaborn is not installed
# notes: tqdm is not installed
import numpy as np
import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt
from tqdm import tqdm
from tqdm.keras import TqdmCallback
from sklearn.metrics import confusion_matrix, classification_report
from tensorflow import keras
from tensorflow.keras.layers import Embedding, SimpleRNN, Dense

sns.set_style("whitegrid")


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = keras.datasets.imdb.load_data(num_words=num_words)
    lengths = [len(review) for review in tqdm(X_train)]
    print("longest review:", max(lengths), "mean:", np.mean(lengths))
    X_train = keras.preprocessing.sequence.pad_sequences(X_train, maxlen=max_len)
    X_test = keras.preprocessing.sequence.pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words, embedding_len):
    model = keras.Sequential()
    model.add(keras.Input(shape=(None,)))
    model.add(Embedding(num_words, embedding_len))
    model.add(SimpleRNN(16))
    model.add(Dense(1, activation=keras.activations.sigmoid))
    return model


def main(model=None, epochs=5):
    num_words, max_len, embedding_len = 6000, 130, 100
    X_train, X_test, y_train, y_test = load_data(num_words, max_len)
    if model is None:
        model = build_rnn_model(num_words, embedding_len)
    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=False), optimizer=optimizer, metrics=["accuracy"])
    hist = model.fit(X_train, y_train, batch_size=100, epochs=epochs, validation_split=0.2,
                     shuffle=True, verbose=2, callbacks=[TqdmCallback(verbose=0)])

    frame = pd.DataFrame(hist.history)
    frame["epoch"] = hist.epoch
    ax = sns.lineplot(data=frame, x="epoch", y="val_loss")
    ax.set_title("validation loss")
    plt.figure()
    cm = confusion_matrix(y_test, (model.predict(X_test) > 0.5).astype("int32"))
    sns.heatmap(cm, annot=True, fmt="d")
    plt.savefig("cm.png")
    print(frame.tail(1))
    return optimizer, hist


if __name__ == "__main__":
    main()
