# expect: 16/16
import pandas as pd, numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import SimpleRNN, Dense

CSV = "airline-passengers.csv"


def load_data(window_size):
    frame = pd.read_csv(CSV, index_col="Month", parse_dates=True)
    values = frame.Passengers.values.astype("float32")
    mean, stdv = values.mean(), values.std()
    z = (values - mean) / stdv

    n = len(z) - window_size
    X = np.stack([z[k:k + window_size] for k in range(n)])[..., None]
    y = np.asarray([z[k + window_size] for k in range(n)])
    cut = int(n * 0.8)
    stat = dict(month=frame.index, mean=mean, stdv=stdv)
    return X[:cut], X[cut:], y[:cut], y[cut:], stat


def build_rnn_model(window_size):
    inp = Input(shape=(window_size, 1))
    h = SimpleRNN(units=4)(inp)
    out = Dense(units=1, activation="linear")(h)
    return Model(inp, out, name="airline")


def plot_result(X_true, y_true, y_pred, data_stat):
    back = lambda a: np.ravel(a) * data_stat["stdv"] + data_stat["mean"]
    months = data_stat["month"][-len(y_true):]
    fig, ax = plt.subplots(figsize=(10, 4))
    ax.plot(months, back(y_true), "o-", label="actual")
    ax.plot(months, back(y_pred), "x--", label="forecast")
    ax.set(title="Airline passengers", xlabel="month", ylabel="passengers (thousands)")
    ax.grid(alpha=.3)
    ax.legend()
    fig.autofmt_xdate()
    fig.savefig("airline_rnn.png", dpi=120, bbox_inches="tight")
    plt.close(fig)


def main(model=None, epochs=10):
    tf.keras.utils.set_random_seed(2022)
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    model = model or build_rnn_model(4)

    opt = tf.keras.optimizers.Adam()
    model.compile(optimizer=opt, loss=tf.keras.losses.MeanSquaredError())
    history = model.fit(x=X_train, y=y_train, epochs=epochs, batch_size=8, verbose=2)

    print("test MSE", model.evaluate(X_test, y_test, batch_size=8, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test, verbose=0), data_stat)
    return opt, history


if __name__ == "__main__":
    main()
