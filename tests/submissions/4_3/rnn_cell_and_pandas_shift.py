# expect: 16/16
# notes: mean_squared_error
import pandas as pd
import matplotlib.pyplot as plt
from tensorflow import keras
from tensorflow.keras.layers import RNN, SimpleRNNCell, Dense
from tensorflow.keras.models import Sequential

def load_data(window_size):
    df = pd.read_csv("airline-passengers.csv")
    stat = {"month": df["Month"],
            "mean": df["Passengers"].mean(),
            "stdv": df["Passengers"].std(ddof=0)}
    z = (df["Passengers"] - stat["mean"]) / stat["stdv"]

    # t-4, t-3, t-2, t-1, t 열을 shift 로 만든다
    table = pd.concat({f"t-{k}": z.shift(k) for k in range(window_size, -1, -1)}, axis=1).dropna()
    X = table.iloc[:, :-1].values.reshape(-1, window_size, 1)
    y = table.iloc[:, -1].values
    train_len = int(len(table) * 0.8)
    return X[:train_len], X[train_len:], y[:train_len], y[train_len:], stat

def build_rnn_model(window_size):
    model = Sequential()
    model.add(RNN(SimpleRNNCell(4)))
    model.add(Dense(1))
    model.build((None, window_size, 1))
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    res = pd.DataFrame({"true": y_true.reshape(-1), "pred": y_pred.reshape(-1)})
    res = res * data_stat["stdv"] + data_stat["mean"]
    res.index = data_stat["month"][-len(res):]
    res.plot(figsize=(8, 6), rot=45, title="RNN")
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    window_size = 4
    X_train, X_test, y_train, y_test, data_stat = load_data(window_size)
    model = build_rnn_model(window_size) if model is None else model

    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    model.compile(loss=keras.losses.mean_squared_error, optimizer=optimizer)
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=8, shuffle=True, verbose=2)

    print("테스트 MSE: {:.5f}".format(model.evaluate(X_test, y_test, verbose=0)))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
