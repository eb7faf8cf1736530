# expect: 8/8
# -*- coding: cp949 -*-
# 작성자: 홍길동, 윈도우 메모장에서 저장
from tensorflow.keras import layers, Sequential

# 첫번째 모델 (단어 10개, 벡터 길이 5, 은닉 3)
def build_model1():
    모델 = Sequential()
    모델.add(layers.Embedding(10, 5))
    모델.add(layers.SimpleRNN(3))
    return 모델

# 두번째 모델: 출력층에 소프트맥스
def build_model2():
    모델 = Sequential()
    모델.add(layers.Embedding(256, 100))
    모델.add(layers.SimpleRNN(20))
    모델.add(layers.Dense(10, activation='softmax'))
    return 모델

def main():
    print("첫번째 모델입니다")
    build_model1().summary()
    print("두번째 모델입니다")
    build_model2().summary()

if __name__ == '__main__':
    main()
