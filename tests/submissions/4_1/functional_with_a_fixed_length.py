# expect: 8/8
# 문장 하나에 단어가 10개라고 가정
from keras import Input, Model
from keras.layers import Embedding, SimpleRNN, Dense

def build_model1():
    x = Input(shape=(10,))
    e = Embedding(10, 5)(x)
    h = SimpleRNN(3)(e)
    return Model(x, h)

def build_model2():
    x = Input(shape=(10,))
    e = Embedding(256, 100)(x)
    h = SimpleRNN(20)(e)
    y = Dense(10, activation='softmax')(h)
    return Model(x, y)

def main():
    build_model1().summary()
    build_model2().summary()

if __name__ == '__main__':
    main()
