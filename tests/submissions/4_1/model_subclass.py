# expect: 8/8
import tensorflow as tf


class First(tf.keras.Model):
    def __init__(self):
        super(First, self).__init__()
        self.word_vec = tf.keras.layers.Embedding(10, 5)
        self.rnn = tf.keras.layers.SimpleRNN(3)

    def call(self, x):
        return self.rnn(self.word_vec(x))


class Second(tf.keras.Model):
    def __init__(self, vocab=256, dim=100, hidden=20, classes=10):
        super().__init__()
        self.word_vec = tf.keras.layers.Embedding(vocab, dim)
        self.rnn = tf.keras.layers.SimpleRNN(hidden)
        self.out = tf.keras.layers.Dense(classes)

    def call(self, x, training=None):
        h = self.word_vec(x)
        h = self.rnn(h, training=training)
        logits = self.out(h)
        # softmax는 여기서
        return tf.nn.softmax(logits)


def build_model1():
    return First()


def build_model2():
    return Second()


def main():
    m1, m2 = build_model1(), build_model2()
    m1.build((None, 7))
    m2.build((None, 7))
    m1.summary()
    m2.summary()


if __name__ == '__main__':
    main()
