# expect: 15/15
import tensorflow as tf
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences


class ReviewModel(tf.keras.Model):
    def __init__(self, num_words, embedding_len):
        super(ReviewModel, self).__init__()
        self.embed = tf.keras.layers.Embedding(num_words, embedding_len)
        self.rnn = tf.keras.layers.SimpleRNN(16)
        self.fc = tf.keras.layers.Dense(1)

    def call(self, x):
        x = self.embed(x)
        x = self.rnn(x)
        return tf.sigmoid(self.fc(x))


def load_data(num_words, max_len):
    train, test = imdb.load_data(num_words=num_words)
    pad = lambda seqs: pad_sequences(seqs, maxlen=max_len)
    return pad(train[0]), pad(test[0]), train[1], test[1]


def build_rnn_model(num_words, embedding_len):
    return ReviewModel(num_words, embedding_len)


def main(model=None, epochs=5):
    num_words, max_len, embedding_len = 6000, 130, 100
    X_train, X_test, y_train, y_test = load_data(num_words, max_len)

    if model == None:
        model = build_rnn_model(num_words, embedding_len)

    optimizer = tf.keras.optimizers.Adam(learning_rate=1e-3)
    model.compile(optimizer=optimizer,
                  loss=tf.keras.losses.BinaryCrossentropy(),
                  metrics=[tf.keras.metrics.BinaryAccuracy(name='acc')])
    hist = model.fit(x=X_train, y=y_train, epochs=epochs, batch_size=100,
                     validation_split=0.2, shuffle=True, verbose=2)

    loss, acc = model.evaluate(X_test, y_test, verbose=0)
    print(f"test loss {loss:.4f} / test acc {acc*100:.2f}%")
    print(max(hist.history['val_acc']))
    return optimizer, hist


if __name__ == "__main__":
    main()
