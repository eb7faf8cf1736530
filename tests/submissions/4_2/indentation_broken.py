# expect: 0/15
# says: not valid Python
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam

def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
   model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation='sigmoid'))
    return model

def main(model=None, epochs=5):
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = Adam(learning_rate=0.001)
    return optimizer, None
