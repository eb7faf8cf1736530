# expect: 8/8
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import *

def build_model1():
	model = Sequential()
	model.add(InputLayer(shape=(10,)))	# 문장 길이는 그냥 10으로
	model.add(Embedding(10, 5))
	model.add(SimpleRNN(3, activation=tf.nn.tanh))
	return model

def build_model2():
	model = Sequential()
	model.add(Embedding(256, 100))
	model.add(SimpleRNN(20))
	model.add(Dense(10))
	model.add(Softmax())
	return model

def main():
	build_model1().summary()
	build_model2().summary()
