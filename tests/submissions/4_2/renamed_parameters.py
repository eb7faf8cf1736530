# expect: 15/15
from tensorflow import keras

def load_data(vocab, length):
    (tr_x, tr_y), (te_x, te_y) = keras.datasets.imdb.load_data(num_words=vocab)
    tr_x = keras.preprocessing.sequence.pad_sequences(tr_x, length)
    te_x = keras.preprocessing.sequence.pad_sequences(te_x, length)
    return tr_x, te_x, tr_y, te_y

def build_rnn_model(vocab, dim):
    net = keras.Sequential(name="rnn")
    net.add(keras.layers.Embedding(vocab, dim))
    net.add(keras.layers.SimpleRNN(16))
    net.add(keras.layers.Dense(1, activation="sigmoid"))
    return net

def main(net=None, n_epochs=5):
    tr_x, te_x, tr_y, te_y = load_data(6000, 130)
    if net is None:
        net = build_rnn_model(6000, 100)
    opt = keras.optimizers.Adam(1e-3)
    net.compile(opt, "binary_crossentropy", metrics=["accuracy"])
    log = net.fit(tr_x, tr_y, epochs=n_epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    print("accuracy", net.evaluate(te_x, te_y, verbose=0)[1])
    return opt, log

if __name__ == "__main__":
    main()
