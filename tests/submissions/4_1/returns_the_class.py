# expect: 4/8
# fails: test_model2_layers
# says: parentheses
import tensorflow as tf
from tensorflow.keras import layers

class Model1(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Embedding(10, 5)
        self.b = layers.SimpleRNN(3)
    def call(self, x):
        return self.b(self.a(x))

class Model2(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Embedding(256, 100)
        self.b = layers.SimpleRNN(20)
        self.c = layers.Dense(10, activation='softmax')
    def call(self, x):
        return self.c(self.b(self.a(x)))

def build_model1():
    return Model1()

def build_model2():
    return Model2

def main():
    print(build_model1())
    print(build_model2())
