# expect: 16/16
# 한글 깨짐 방지 패키지 (pip install koreanize-matplotlib)
import koreanize_matplotlib
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam

def load_data(window_size):
    df = pd.read_csv("./airline-passengers.csv")
    v = df["Passengers"].values
    mean, stdv = v.mean(), v.std()
    v = (v - mean) / stdv
    X = np.array([v[i:i+window_size] for i in range(len(v)-window_size)])[:, :, np.newaxis]
    y = v[window_size:]
    n = int(len(X)*0.8)
    return X[:n], X[n:], y[:n], y[n:], {"month": df["Month"], "mean": mean, "stdv": stdv}

def build_rnn_model(window_size):
    model = Sequential()
    model.add(layers.InputLayer(shape=(window_size, 1)))
    model.add(layers.SimpleRNN(4))
    model.add(layers.Dense(1, activation=None))
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    s, m = data_stat["stdv"], data_stat["mean"]
    plt.figure(figsize=(8, 6))
    plt.plot(y_true*s+m, label="실제값")
    plt.plot(y_pred*s+m, label="예측값")
    plt.title("항공 승객 수")
    plt.legend()
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = Adam(0.001)
    model.compile(optimizer=optimizer, loss="mse")
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    print("MSE", model.evaluate(X_test, y_test, verbose=0))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
