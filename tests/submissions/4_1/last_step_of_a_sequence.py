# expect: 8/8
# 마지막 시점만 직접 잘라서 써 봄: return_sequences=True 로 다 받은 뒤 [:, -1]
import tensorflow as tf
from tensorflow.keras import layers


def build_model1():
    words = tf.keras.Input(shape=(None,))
    vectors = layers.Embedding(10, 5)(words)
    states = layers.SimpleRNN(3, return_sequences=True)(vectors)
    return tf.keras.Model(words, states[:, -1])


def build_model2():
    words = tf.keras.Input(shape=(None,))
    vectors = layers.Embedding(256, 100)(words)
    states, last = layers.SimpleRNN(20, return_sequences=True, return_state=True)(vectors)
    return tf.keras.Model(words, layers.Dense(10, activation='softmax')(states[:, -1, :]))


def main():
    build_model1().summary()
    build_model2().summary()
