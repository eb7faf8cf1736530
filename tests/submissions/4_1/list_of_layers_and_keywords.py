# expect: 8/8
from keras import Sequential, Input
from keras.layers import Embedding, SimpleRNN, Dense

VOCAB1, VOCAB2 = 10, 256

def build_model1():
    layer_list = [Embedding(output_dim=5, input_dim=VOCAB1), SimpleRNN(units=3, activation='tanh', return_sequences=False)]
    return Sequential(layer_list)

def build_model2():
    return Sequential([
        Input((None,)),
        Embedding(output_dim=100, input_dim=VOCAB2),
        SimpleRNN(units=20, use_bias=True),
        Dense(units=10, activation='softmax'),
    ], name='model2')

def main():
    build_model1().summary()
    build_model2().summary()
