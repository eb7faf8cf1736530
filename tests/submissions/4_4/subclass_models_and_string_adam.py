# expect: 18/18
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, SimpleRNN

class Shallow(tf.keras.Model):
    def __init__(self, units=20):
        super(Shallow, self).__init__()
        self.rnn = SimpleRNN(units)
        self.fc = Dense(1)
    def call(self, inputs, training=None, mask=None):
        return self.fc(self.rnn(inputs))

class Deep(tf.keras.Model):
    def __init__(self, units=20):
        super(Deep, self).__init__()
        self.rnns = [SimpleRNN(units, return_sequences=True), SimpleRNN(units)]
        self.fc = Dense(1)
    def call(self, inputs):
        h = inputs
        for rnn in self.rnns:
            h = rnn(h)
        return self.fc(h)

def build_rnn_model(window_size): return Shallow()
def build_deep_rnn_model(window_size): return Deep()

def load_data(num_data, window_size):
    freq1, freq2, offsets1, offsets2 = np.random.rand(4, num_data, 1)
    time = np.linspace(0, 1, window_size + 1)
    series = 0.5 * np.sin((time - offsets1) * (freq1 * 10 + 10))
    series += 0.1 * np.sin((time - offsets2) * (freq2 * 10 + 10))
    series += 0.1 * (np.random.rand(num_data, window_size + 1) - 0.5)
    series = series.astype(np.float32)[..., np.newaxis]
    X, y = series[:, :window_size], series[:, -1, 0]
    cut = int(num_data * 0.8)
    return X[:cut], X[cut:], y[:cut], y[cut:]

def run_model(model, X_train, X_test, y_train, y_test, epochs=20, name=None):
    optimizer = "adam"
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    hist = model.fit(X_train, y_train, batch_size=256, epochs=epochs, verbose=2)
    print(name, model.evaluate(X_test, y_test, verbose=0))
    model.summary()
    return optimizer, hist

def main():
    np.random.seed(2022); tf.random.set_seed(2022)
    d = load_data(10000, 50)
    run_model(build_rnn_model(50), *d, name="RNN")
    run_model(build_deep_rnn_model(50), *d, name="Deep RNN")
main()
