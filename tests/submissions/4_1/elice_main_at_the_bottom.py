# expect: 8/8
# notes: elice_utils
from elice_utils import EliceUtils
elice_utils = EliceUtils()

import tensorflow as tf
from tensorflow.keras import layers, Sequential

def build_model1():
    model = Sequential()
    model.add(layers.Embedding(10, 5))   # 단어 10개 -> 길이 5 벡터
    model.add(layers.SimpleRNN(3))
    # model.add(layers.Dense(1))  <- 필요없음
    return model

def build_model2():
    # TODO
    model = Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dense(10, activation = tf.nn.softmax))
    return model

def main():
    model1 = build_model1()
    model1.build(input_shape=(None, 10))
    model1.summary()
    model2 = build_model2()
    model2.build(input_shape=(None, 10))
    model2.summary()
    model2.save('model2.h5')
    tf.keras.utils.plot_model(model2, to_file='model2.png', show_shapes=True)
    elice_utils.send_image('model2.png')

main()
