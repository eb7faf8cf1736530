# expect: 8/8
from tensorflow.keras import layers, Sequential

def build_model1():
	model = Sequential()
	model.add(layers.Embedding(10, 5))
	model.add(layers.SimpleRNN(3)) # 은닉 상태 3
	return model

def build_model2():
	model = Sequential()
	model.add(layers.Embedding(256, 100))
	model.add(layers.SimpleRNN(20))
	if True:
	    model.add(layers.Dense(10, activation="softmax"))
	return model

def main():
	build_model1().summary()
	build_model2().summary()