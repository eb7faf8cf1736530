# expect: 7/8
# fails: test_model2_computes
# says: returns nothing
import tensorflow as tf
from tensorflow.keras import layers

class MyModel(tf.keras.Model):
    def __init__(self):
        super(MyModel, self).__init__()
        self.emb = layers.Embedding(256, 100)
        self.rnn = layers.SimpleRNN(20)
        self.dense = layers.Dense(10, activation='softmax')

    def call(self, x):
        x = self.emb(x)
        x = self.rnn(x)
        x = self.dense(x)

def build_model1():
    return tf.keras.Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])

def build_model2():
    return MyModel()
