# expect: 4/8
# fails: test_model2_layers
# says: Dropout(0.5)
import keras
from keras import layers

def build_model1():
    model = keras.Sequential()
    model.add(layers.Embedding(10, 5))
    model.add(layers.SimpleRNN(3))
    return model

def build_model2():
    model = keras.Sequential()
    model.add(layers.Embedding(256, 100))
    model.add(layers.SimpleRNN(20))
    model.add(layers.Dropout(0.5))                  # 과적합 방지
    model.add(layers.Dense(32, activation='relu'))
    model.add(layers.Dense(10, activation='softmax'))
    return model

def main():
    build_model1().summary()
    build_model2().summary()
