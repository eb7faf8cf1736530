# expect: 13/20
# fails: test_gru_layers, test_table, test_main
# says: no model with GRU
from tensorflow.keras.datasets.imdb import load_data
from sklearn.model_selection import train_test_split
import numpy as np
import matplotlib.pyplot as plt
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow import keras

(x_data, y_data), (tt_x, tt_y) = load_data(num_words=500)
t_x, v_x, t_y, v_y = train_test_split(x_data, y_data, random_state=42, test_size=0.2)
s_t_x = pad_sequences(t_x, maxlen=100)
s_v_x = pad_sequences(v_x, maxlen=100)

m2 = keras.Sequential()
m2.add(keras.layers.Embedding(500, 16, input_length=100)) # 임베딩작업을 하는 Layer

m2.add(keras.layers.LSTM(8, dropout=0.3))
m2.add(keras.layers.Dense(1, activation='sigmoid'))

ot = keras.optimizers.RMSprop(learning_rate=1e-4)
m2.compile(optimizer=ot, loss='binary_crossentropy', metrics='accuracy')

ck_best = keras.callbacks.ModelCheckpoint("Ex2_lstm.h5", save_best_only=True)
ea_st = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)

hy2 = m2.fit(s_t_x, t_y, epochs=100, batch_size=64, validation_data=(s_v_x, v_y), callbacks=[ck_best, ea_st])

plt.plot(hy2.history['loss'])
plt.plot(hy2.history['val_loss'])
plt.show()

# 두개의 lstm 층을 쌓기
m3 = keras.Sequential()
m3.add(keras.layers.Embedding(500, 16, input_length=100))
m3.add(keras.layers.LSTM(8, dropout=0.3, return_sequences=True))
m3.add(keras.layers.LSTM(8, dropout=0.3))
m3.add(keras.layers.Dense(1, activation='sigmoid'))

ot = keras.optimizers.RMSprop(learning_rate=1e-4)
m3.compile(optimizer=ot, loss='binary_crossentropy', metrics='accuracy')
ck_best = keras.callbacks.ModelCheckpoint("Ex2_m3.h5", save_best_only=True)
ea_st = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
hy_m3 = m3.fit(s_t_x, t_y, epochs=100, batch_size=64, validation_data=(s_v_x, v_y), callbacks=[ck_best, ea_st])
