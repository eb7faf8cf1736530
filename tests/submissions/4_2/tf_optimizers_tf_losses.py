# expect: 15/15
# notes: bce
import tensorflow as tf
from tensorflow import keras as K

(imdb, seq) = (K.datasets.imdb, tf.keras.preprocessing.sequence)

def load_data(num_words, max_len):
	(X_train, y_train), (X_test, y_test) = imdb.load_data(num_words = num_words)
	X_train = seq.pad_sequences(X_train, maxlen = max_len)
	X_test = seq.pad_sequences(X_test, maxlen = max_len)
	return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
	m = K.Sequential()
	m.add(K.layers.Embedding(num_words, embedding_len))
	m.add(K.layers.SimpleRNN(16, activation = tf.nn.tanh))
	m.add(K.layers.Dense(1, activation = tf.nn.sigmoid))
	return m

def main(model = None, epochs = 5):
	num_words = 6000
	X_train, X_test, y_train, y_test = load_data(num_words, 130)
	if not model: model = build_rnn_model(num_words, 100)
	optimizer = tf.optimizers.Adam(1e-3)
	model.compile(metrics = [tf.metrics.BinaryAccuracy()], loss = K.losses.bce, optimizer = optimizer)
	hist = model.fit(X_train, y_train, shuffle = True, epochs = epochs, validation_split = 1/5, batch_size = 10*10, verbose = 2)
	ev = model.evaluate(X_test, y_test, verbose = 0, return_dict = True)
	print(ev)
	return optimizer, hist

if __name__ == '__main__':
	main()
