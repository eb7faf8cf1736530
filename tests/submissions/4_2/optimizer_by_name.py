# expect: 15/15
# adam 의 기본 learning rate 가 0.001 이라 문자열로 씀
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, SimpleRNN, Dense
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

def build_rnn_model(num_words, embedding_len):
    return Sequential([Embedding(num_words, embedding_len), SimpleRNN(16, 'tanh'), Dense(1, 'sigmoid')])

def main(model=None, epochs=5):
    num_words = 6000
    max_len = 130
    embedding_len = 100
    X_train, X_test, y_train, y_test = load_data(num_words, max_len)
    if model is None:
        model = build_rnn_model(num_words, embedding_len)

    optimizer = 'adam'
    model.compile(optimizer, 'bce', metrics=['acc'])
    hist = model.fit(X_train, y_train, 100, epochs, 2, validation_split=0.2)

    test_loss, test_acc = model.evaluate(X_test, y_test, verbose=0)
    print('테스트 정확도', test_acc)
    return [optimizer, hist]

main()
