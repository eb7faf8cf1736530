# expect: 16/16
# notes: mse
import numpy as np
import pandas as pd
import keras
import tensorflow as tf
import matplotlib.pyplot as plt

def load_data(window_size):
    df = pd.read_csv('./airline-passengers.csv')
    x = df['Passengers'].to_numpy().astype('float64')
    mean, std = x.mean(), x.std()
    x = (x - mean) / std
    ds = keras.utils.timeseries_dataset_from_array(
        data=x[:-1, None], targets=x[window_size:], sequence_length=window_size, batch_size=None)
    xs, ys = zip(*ds.as_numpy_iterator())
    xs, ys = np.stack(xs), np.stack(ys)
    cut = int(len(xs) * .8)
    return xs[:cut], xs[cut:], ys[:cut], ys[cut:], {'month': df['Month'], 'mean': mean, 'stdv': std}

def build_rnn_model(window_size):
    inputs = keras.Input(shape=(window_size, 1))
    x = keras.layers.SimpleRNN(4, return_sequences=True)(inputs)
    x = x[:, -1, :]      # only the last month matters
    outputs = keras.layers.Dense(1)(x)
    return keras.Model(inputs, outputs)

def plot_result(X_true, y_true, y_pred, data_stat):
    mean, std = data_stat['mean'], data_stat['stdv']
    t = np.arange(len(y_true))
    plt.clf()
    plt.plot(t, y_true * std + mean)
    plt.plot(t, y_pred[:, 0] * std + mean)
    plt.legend(['true', 'predicted'])
    plt.xlabel('months in the test set')
    plt.savefig('airline_rnn.png')

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(window_size=4)
    if model is None:
        model = build_rnn_model(window_size=4)
    optimizer = tf.optimizers.Adam(learning_rate=1e-3)
    model.compile(optimizer=optimizer, loss=keras.losses.mse)
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    model.evaluate(X_test, y_test)
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == '__main__':
    main()
