# expect: 8/8
"""Both models are made once, at the top; the functions hand them out."""
import numpy as np
from tensorflow.keras import layers, Sequential

model1 = Sequential()
model1.add(layers.Embedding(10, 5))
model1.add(layers.SimpleRNN(3))

model2 = Sequential()
for layer in (layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(10, "softmax")):
    model2.add(layer)

print(model1.predict(np.zeros((1, 4))))
print(model2.predict(np.zeros((1, 4))).sum())


def build_model1():
    return model1


def build_model2():
    return model2


def main():
    model1.summary()
    model2.summary()


if __name__ == "__main__":
    main()
