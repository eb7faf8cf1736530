# expect: 16/16
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
import tensorflow as tf
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import mean_squared_error
from tensorflow.keras import layers, models, optimizers

def load_data(window_size):
    df = pd.read_csv("airline-passengers.csv")
    scaler = StandardScaler()
    scaled = scaler.fit_transform(df[["Passengers"]])      # (144, 1)
    X, y = [], []
    for i in range(window_size, len(scaled)):
        X.append(scaled[i - window_size:i])
        y.append(scaled[i, 0])
    X, y = np.array(X), np.array(y)
    train = int(len(X) * 0.8)
    data_stat = {"month": df["Month"], "mean": scaler.mean_[0], "stdv": scaler.scale_[0]}
    return X[:train], X[train:], y[:train], y[train:], data_stat

def build_rnn_model(window_size):
    model = models.Sequential()
    model.add(layers.Input(shape=(window_size, 1)))
    model.add(layers.SimpleRNN(4))
    model.add(layers.Dense(1))
    return model

def plot_result(X_true, y_true, y_pred, data_stat):
    real = y_true * data_stat["stdv"] + data_stat["mean"]
    pred = y_pred.ravel() * data_stat["stdv"] + data_stat["mean"]
    rmse = mean_squared_error(real, pred) ** 0.5
    plt.figure(figsize=(9, 5))
    plt.plot(real, label="true")
    plt.plot(pred, label=f"prediction (RMSE {rmse:.1f})")
    plt.legend()
    plt.savefig("airline_rnn.png")

def main(model=None, epochs=10):
    X_train, X_test, y_train, y_test, data_stat = load_data(4)
    if model is None:
        model = build_rnn_model(4)
    optimizer = optimizers.Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="mse", metrics=["mae"])
    hist = model.fit(X_train, y_train, batch_size=8, epochs=epochs, shuffle=True, verbose=2)
    test_loss = model.evaluate(X_test, y_test, verbose=0)[0]
    print("Test MSE: {:.5f}".format(test_loss))
    plot_result(X_test, y_test, model.predict(X_test), data_stat)
    return optimizer, hist

if __name__ == "__main__":
    main()
