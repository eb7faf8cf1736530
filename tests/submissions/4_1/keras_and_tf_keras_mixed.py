# expect: 8/8
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import tensorflow as tf
from tensorflow.keras.models import Sequential
from keras.layers import SimpleRNN
from tensorflow.keras.activations import softmax

print(tf.__version__, keras.__version__)
gpus = tf.config.experimental.list_physical_devices('GPU')
print(gpus)
tf.random.set_seed(42)


def build_model1():
    model = Sequential(name='m1')
    model.add(tf.keras.layers.Embedding(10, 5))
    model.add(SimpleRNN(3))
    return model


def build_model2():
    tf.keras.backend.clear_session()
    model = keras.models.Sequential()
    model.add(keras.layers.Embedding(256, 100))
    model.add(keras.layers.SimpleRNN(20, 'tanh'))
    model.add(tf.keras.layers.Dense(10, softmax))
    return model


def main():
    print("model1")
    build_model1().summary()
    print("model2")
    build_model2().summary()


if __name__ == "__main__":
    main()
