# expect: 15/18
# fails: test_word_by_word, test_dropout_in_training_only
# a real fit stops: the states of the first trace are out of scope
import time

import tensorflow as tf
from tensorflow.keras import Model, layers
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb

batch_size = 128
total_words = 10000
max_review_len = 80
embedding_len = 100
units = 64
epochs = 4


def load_data():
    (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=total_words)
    x_train = pad_sequences(x_train, maxlen=max_review_len)
    x_test = pad_sequences(x_test, maxlen=max_review_len)
    train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    train_data = train_data.shuffle(10000).batch(batch_size, drop_remainder=True)
    test_data = tf.data.Dataset.from_tensor_slices((x_test, y_test))
    test_data = test_data.batch(batch_size, drop_remainder=True)
    return train_data, test_data


class RNN_Build(Model):
    def __init__(self, units):
        super().__init__()
        self.state0 = [tf.zeros([batch_size, units])]
        self.state1 = [tf.zeros([batch_size, units])]
        self.embedding = layers.Embedding(total_words, embedding_len)
        self.cell0 = layers.SimpleRNNCell(units, dropout=0.2)
        self.cell1 = layers.SimpleRNNCell(units, dropout=0.2)
        self.outlayer = layers.Dense(1, activation='sigmoid')

    def call(self, inputs, training=None):
        self.cell0.reset_dropout_mask()
        self.cell1.reset_dropout_mask()
        x = self.embedding(inputs)
        for word in tf.unstack(x, axis=1):
            out0, self.state0 = self.cell0(word, self.state0, training=training)
            out1, self.state1 = self.cell1(out0, self.state1, training=training)
        return self.outlayer(out1)


def main():
    train_data, test_data = load_data()
    start = time.time()
    model = RNN_Build(units)
    model.compile(optimizer=tf.keras.optimizers.Adam(0.001),
                  loss=tf.keras.losses.BinaryCrossentropy(),
                  metrics=['accuracy'])
    history = model.fit(train_data, epochs=epochs, validation_data=test_data, validation_freq=2)
    train_loss, train_accuracy = model.evaluate(train_data, verbose=0)
    test_loss, test_accuracy = model.evaluate(test_data, verbose=0)
    print('train', train_loss, train_accuracy)
    print('test', test_loss, test_accuracy)
    print('time', time.time() - start)
    return model, history


if __name__ == '__main__':
    main()
