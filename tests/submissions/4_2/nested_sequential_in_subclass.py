# expect: 15/15
import keras
from keras import layers
from keras.datasets import imdb
from keras.utils import pad_sequences


class Net(keras.Model):

    def __init__(self, vocab, dim):
        super().__init__()
        self.encoder = keras.Sequential([
            layers.Embedding(vocab, dim),
            layers.RNN(layers.SimpleRNNCell(16)),
        ], name="encoder")
        self.classifier = keras.Sequential([layers.Dense(1), layers.Activation("sigmoid")])

    def call(self, tokens, training=False):
        state = self.encoder(tokens, training=training)
        return self.classifier(state, training=training)


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(path="imdb.npz", num_words=num_words)
    X_train, X_test = (pad_sequences(part, maxlen=max_len, padding="pre", truncating="pre")
                       for part in (X_train, X_test))
    return X_train, X_test, y_train, y_test


def build_rnn_model(num_words, embedding_len):
    model = Net(num_words, embedding_len)
    model.build((None, 130))
    return model


def main(model=None, epochs=5):
    keras.utils.set_random_seed(7)
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    model = model or build_rnn_model(6000, 100)

    optimizer = keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999)
    model.compile(optimizer, keras.losses.binary_crossentropy, metrics=[keras.metrics.binary_accuracy])
    settings = dict(epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    hist = model.fit(X_train, y_train, **settings)

    print(dict(zip(model.metrics_names, model.evaluate(X_test, y_test, verbose=0))))
    return optimizer, hist
