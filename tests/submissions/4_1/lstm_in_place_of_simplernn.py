# expect: 4/8
# fails: test_model1_layers
# says: LSTM(3)
from keras.models import Sequential
from keras.layers import Embedding, LSTM, SimpleRNN, Dense

def build_model1():
    model = Sequential()
    model.add(Embedding(10, 5))
    model.add(LSTM(3))          # better than SimpleRNN
    return model

def build_model2():
    model = Sequential()
    model.add(Embedding(256, 100))
    model.add(SimpleRNN(20))
    model.add(Dense(10, activation="softmax"))
    return model

def main():
    build_model1().summary()
    build_model2().summary()
