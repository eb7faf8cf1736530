# expect: 4/8
# fails: test_model2_layers
# says: KerasTensor
from tensorflow import keras
from tensorflow.keras import layers

def build_model1():
    inputs = keras.Input(shape=(None,))
    outputs = layers.SimpleRNN(3)(layers.Embedding(10, 5)(inputs))
    return keras.Model(inputs, outputs)

def build_model2():
    inputs = keras.Input(shape=(None,))
    x = layers.Embedding(256, 100)(inputs)
    x = layers.SimpleRNN(20)(x)
    outputs = layers.Dense(10, activation='softmax')(x)
    return outputs

def main():
    build_model1().summary()
    print(build_model2())
