# expect: 19/20
# fails: test_main
# says: name 'test_accuracy' is not defined
import keras
import matplotlib.pyplot as plt
from tensorflow.keras.datasets import imdb
from tensorflow.keras.layers import Dense, Embedding, SimpleRNN
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.sequence import pad_sequences


def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return (X_train, y_train), (X_test, y_test)


def build_rnn_model(num_words):
    model = Sequential()
    model.add(Embedding(num_words, 32))
    model.add(SimpleRNN(32))
    model.add(Dense(1, activation='sigmoid'))
    return model


def train(model, X_train, y_train, epochs=10):
    model.compile(optimizer='rmsprop', loss='binary_crossentropy', metrics=['accuracy'])
    history = model.fit(X_train, y_train, epochs=epochs, batch_size=128, validation_split=0.2)
    return history


def plot_curves(history):
    h = history.history
    epochs = range(1, len(h['loss']) + 1)
    fig, axes = plt.subplots(1, 2, figsize=(12, 4))
    axes[0].plot(epochs, h['accuracy'], 'bo', label='Training acc')
    axes[0].plot(epochs, h['val_accuracy'], 'b', label='Validation acc')
    axes[0].set_title('accuracy')
    axes[0].legend()
    axes[1].plot(epochs, h['loss'], 'bo', label='Training loss')
    axes[1].plot(epochs, h['val_loss'], 'b', label='Validation loss')
    axes[1].set_title('loss')
    axes[1].legend()
    plt.savefig('rnn_curves.png')


def main(epochs=10):
    keras.utils.set_random_seed(2022)
    num_words = 10000
    max_len = 500
    (X_train, y_train), (X_test, y_test) = load_data(num_words, max_len)
    model = build_rnn_model(num_words)
    history = train(model, X_train, y_train, epochs)
    loss, acc = model.evaluate(X_test, y_test)
    print(f'Test accuracy: {test_accuracy:.4f}')
    plot_curves(history)
    return history


if __name__ == '__main__':
    main()
