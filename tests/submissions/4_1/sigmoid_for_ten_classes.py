# expect: 5/8
# fails: test_model2_sizes
# says: Layer 3, Dense: activation is
from tensorflow import keras
from tensorflow.keras import layers

def build_model1():
    return keras.models.Sequential([
        layers.Embedding(10, 5),
        layers.SimpleRNN(3)])

def build_model2():
    inp = layers.Input(shape=(None,))
    h = layers.Embedding(256, 100)(inp)
    h = layers.SimpleRNN(20)(h)
    out = layers.Dense(10, activation=keras.activations.sigmoid)(h)
    return keras.models.Model(inp, out)
