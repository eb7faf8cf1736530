# expect: 5/8
# fails: test_model2_sizes
# says: return_sequences=True
import tensorflow as tf

def build_model1():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Embedding(10, 5))
    model.add(tf.keras.layers.SimpleRNN(3))
    return model

def build_model2():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Embedding(256, 100))
    model.add(tf.keras.layers.SimpleRNN(20, return_sequences=True))
    model.add(tf.keras.layers.Dense(10, activation='softmax'))
    return model

def main():
    model1 = build_model1()
    model2 = build_model2()
    print(model1(tf.zeros((1, 7))).shape, model2(tf.zeros((1, 7))).shape)

if __name__ == '__main__':
    main()
