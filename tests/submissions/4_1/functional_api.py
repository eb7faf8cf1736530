# expect: 8/8
# 함수형 API로 풀어봤습니다 (Sequential 대신)
from tensorflow import keras
from tensorflow.keras import layers, Model


def build_model1():
    inputs = keras.Input(shape=(None,))
    x = layers.Embedding(input_dim=10, output_dim=5, name="emb")(inputs)
    outputs = layers.SimpleRNN(units=3, name="rnn")(x)
    return Model(inputs, outputs)


def build_model2():
    inputs = keras.Input(shape=(None,), dtype="int32")
    x = layers.Embedding(input_dim=256, output_dim=100)(inputs)
    x = layers.SimpleRNN(units=20)(x)
    outputs = layers.Dense(units=10, activation="softmax")(x)
    return Model(inputs=inputs, outputs=outputs, name="classifier")


def main():
    for m in [build_model1(), build_model2()]:
        m.summary()


if __name__ == "__main__":
    main()
