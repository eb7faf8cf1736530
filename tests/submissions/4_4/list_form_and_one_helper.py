# expect: 18/18
import keras
import numpy as np

SimpleRNN, Dense = keras.layers.SimpleRNN, keras.layers.Dense


def load_data(num_data, window_size):
    rng = np.random.default_rng(7)
    t = np.linspace(0.0, 1.0, window_size + 1)[None, :]
    f1, f2, o1, o2 = (rng.uniform(size=(num_data, 1)) for _ in range(4))
    wave = 0.5 * np.sin((t - o1) * (f1 * 10 + 10)) + 0.1 * np.sin((t - o2) * (f2 * 10 + 10))
    wave = wave + rng.uniform(-0.05, 0.05, size=wave.shape)
    X, y = wave[:, :-1, None], wave[:, -1:]       # y keeps its axis: (n, 1)
    n = num_data * 4 // 5
    return X[:n], X[n:], y[:n], y[n:]


def stack(window_size, depth):
    layers = [keras.Input((window_size, 1))]
    for level in range(depth):
        layers.append(SimpleRNN(20, return_sequences=level < depth - 1))
    layers.append(Dense(1))
    return keras.Sequential(layers)


def build_rnn_model(window_size):
    return stack(window_size, depth=1)


def build_deep_rnn_model(window_size):
    return stack(window_size, depth=2)


def run_model(model, X_train, X_test, y_train, y_test, epochs=20, name=None):
    optimizer = keras.optimizers.Adam()
    model.compile(optimizer, "mse", metrics=["mae"])
    hist = model.fit(X_train, y_train, 256, epochs, 2)
    mse, mae = model.evaluate(X_test, y_test, verbose=0)
    print(f"{name or 'model'}: test MSE {mse:.5f}, MAE {mae:.5f}")
    return optimizer, hist


def main():
    keras.utils.set_random_seed(2022)
    data = load_data(10_000, 50)
    results = {}
    for name, build in {"RNN": build_rnn_model, "Deep RNN": build_deep_rnn_model}.items():
        results[name] = run_model(build(50), *data, name=name)[1].history["loss"][-1]
    print(results)


if __name__ == "__main__":
    main()
