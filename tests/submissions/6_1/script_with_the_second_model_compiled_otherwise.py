# expect: 17/19
# fails: test_optimizer, test_loss_and_metrics
# says: Adam
from tensorflow.keras.datasets.imdb import load_data # 데이터 로드
from sklearn.model_selection import train_test_split # 데이터 분리
import numpy as np # 데이터 연산
import matplotlib.pyplot as plt # 데이터 시각화
from tensorflow.keras.preprocessing.sequence import pad_sequences # 시퀀스 데이터 전처리
from tensorflow import keras # 딥러닝 모델

(x_data, y_data), (tt_x, tt_y) = load_data(num_words=500)

x_data.shape, y_data.shape

len(x_data[0]), len(x_data[1])

y_data[:5] # 이진분류(긍정과 부정 리뷰) : 타겟 데이터

# 데이터 분류 : 학습데이터와 검증데이터 8:2
t_x, v_x, t_y, v_y = train_test_split(x_data, y_data, random_state=42, test_size=0.2)

s_t_x = pad_sequences(t_x, maxlen=100)
s_v_x = pad_sequences(v_x, maxlen=100)

t_ho = keras.utils.to_categorical(s_t_x)
v_ho = keras.utils.to_categorical(s_v_x)

# 모델 생성
m = keras.Sequential()

# Layer 쌓기
m.add(keras.layers.SimpleRNN(8, input_shape=(100, 500)))
m.add(keras.layers.Dense(1, activation='sigmoid'))

ot = keras.optimizers.RMSprop(learning_rate=1e-4)
m.compile(optimizer=ot, loss='binary_crossentropy', metrics='accuracy')

ck_best = keras.callbacks.ModelCheckpoint("Ex2.h5", save_best_only=True) # 최적의 모델 저장
ea_st = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)

hy = m.fit(t_ho, t_y, epochs=100, batch_size=64, validation_data=(v_ho, v_y), callbacks=[ck_best, ea_st])

plt.plot(hy.history['loss'])
plt.plot(hy.history['val_loss'])
plt.show()

m1 = keras.Sequential()
m1.add(keras.layers.Embedding(500, 16, input_length=100)) # 임베딩작업을 하는 Layer
m1.add(keras.layers.SimpleRNN(8))
m1.add(keras.layers.Dense(1, activation='sigmoid'))

ot = keras.optimizers.RMSprop(learning_rate=1e-4)

m1.compile(optimizer='adam', loss='mse', metrics='accuracy')

ck_best = keras.callbacks.ModelCheckpoint("Ex2_embedding.h5", save_best_only=True)
ea_st = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)

hy1 = m1.fit(s_t_x, t_y, epochs=100, batch_size=64, validation_data=(s_v_x, v_y), callbacks=[ck_best, ea_st])

plt.plot(hy1.history['loss'])
plt.plot(hy1.history['val_loss'])
plt.show()
