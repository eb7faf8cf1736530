# expect: 18/18
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = "2"

import tensorflow as tf
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import Adam

tf.random.set_seed(22)
np.random.seed(22)
assert tf.__version__.startswith('2.')

batch_size = 128
total_words = 10000
max_review_len = 80
embedding_len = 100

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.imdb.load_data(num_words=total_words)

x_train = tf.keras.preprocessing.sequence.pad_sequences(x_train, maxlen=max_review_len)
x_test = tf.keras.preprocessing.sequence.pad_sequences(x_test, maxlen=max_review_len)

train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
train_data = train_data.shuffle(10000).batch(batch_size, drop_remainder=True)
test_data = tf.data.Dataset.from_tensor_slices((x_test, y_test))
test_data = test_data.batch(batch_size, drop_remainder=True)
print('x_train_shape:', x_train.shape, tf.reduce_max(y_train), tf.reduce_min(y_train))
print('x_test_shape:', x_test.shape)

sample = next(iter(test_data))
print(sample[0].shape)

class GRU(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(total_words, embedding_len)
        self.gru1 = tf.keras.layers.GRU(units, dropout=.5, return_sequences=True)
        self.gru2 = tf.keras.layers.GRU(units, dropout=.5)
        self.outlayer = Dense(1, 'sigmoid')

    def call(self, inputs, training=None):
        x = self.embedding(inputs)
        x = self.gru1(x, training=training)
        x = self.gru2(x, training=training)
        return self.outlayer(x)


model = GRU(64)
model.compile(optimizer=Adam(0.001), loss='binary_crossentropy', metrics=['accuracy'])
model.fit(train_data, epochs=4, validation_data=test_data, validation_freq=2)
for name, data in (('train', train_data), ('test', test_data)):
    loss, acc = model.evaluate(data, verbose=0)
    print(name, loss, acc)
