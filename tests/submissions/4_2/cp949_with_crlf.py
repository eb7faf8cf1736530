# expect: 15/15
# 과제 제출용 (한글 윈도우)
from tensorflow.keras import layers, Sequential
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.datasets import imdb
from tensorflow.keras.preprocessing.sequence import pad_sequences

# 데이터 불러오기
def load_data(num_words, max_len):
    (X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=num_words)
    X_train = pad_sequences(X_train, maxlen=max_len)
    X_test = pad_sequences(X_test, maxlen=max_len)
    return X_train, X_test, y_train, y_test

# 모델 만들기
def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))  # 단어 -> 벡터
    model.add(layers.SimpleRNN(16))                        # 은닉 상태
    model.add(layers.Dense(1, activation='sigmoid'))       # 긍정이면 1, 부정이면 0
    return model

# 학습
def main(model=None, epochs=5):
    X_train, X_test, y_train, y_test = load_data(6000, 130)
    if model is None:
        model = build_rnn_model(6000, 100)
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    hist = model.fit(X_train, y_train, epochs=epochs, batch_size=100, validation_split=0.2, shuffle=True, verbose=2)
    손실, 정확도 = model.evaluate(X_test, y_test, verbose=0)
    print("테스트 손실: {:.5f}, 정확도: {:.3f}%".format(손실, 정확도 * 100))
    return optimizer, hist
if __name__ == "__main__":
    main()
