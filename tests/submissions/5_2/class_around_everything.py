# expect: 20/20
import tensorflow as tf
from tensorflow.keras.datasets import imdb
import matplotlib.pyplot as plt


class Experiment:
    num_words = 10_000
    max_len = 500

    def data(self):
        (self.x, self.y), (self.tx, self.ty) = imdb.load_data(num_words=self.num_words)
        self.x = tf.keras.preprocessing.sequence.pad_sequences(self.x, maxlen=self.max_len)
        self.tx = tf.keras.preprocessing.sequence.pad_sequences(self.tx, maxlen=self.max_len)

    def model(self):
        return tf.keras.Sequential([
            tf.keras.layers.Embedding(self.num_words, 32),
            tf.keras.layers.SimpleRNN(32),
            tf.keras.layers.Dense(1, activation='sigmoid')])

    def run(self):
        self.data()
        m = self.model()
        m.compile('rmsprop', 'binary_crossentropy', ['accuracy'])
        r = m.fit(self.x, self.y, epochs=10, batch_size=128, validation_split=.2, verbose=2)
        print(m.evaluate(self.tx, self.ty))
        return r.history


h = Experiment().run()
fig, ax = plt.subplots(1, 2)
for a, k in zip(ax, ('accuracy', 'loss')):
    a.plot(range(1, 11), h[k], label='train')
    a.plot(range(1, 11), h['val_' + k], label='validation')
    a.legend()
fig.savefig('rnn_curves.png')
