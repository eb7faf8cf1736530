# tries: Saves figures, models, weights, checkpoints and arrays under names that lead out of its folder.
# ko: 폴더 밖으로 나가는 이름으로 그림, 모델, 가중치, 체크포인트, 배열을 저장합니다.
# expect: 4/8
# stopped: A+ A
import os
import shutil

import keras
import numpy as np
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


def attempt(what):
    try:
        return what()
    except BaseException as problem:
        print(f"refused: {type(problem).__name__}: {problem}")


def figure(path):
    import matplotlib.pyplot as plt

    plt.plot([1, 2])
    plt.savefig(path)


def checkpoint(path):
    model = Sequential([keras.Input((1,)), layers.Dense(1)])
    model.compile("sgd", "mse")
    saver = keras.callbacks.ModelCheckpoint(path)
    model.fit(np.zeros((2, 1)), np.zeros((2, 1)), callbacks=[saver], verbose=0)


def weights(path):
    model = Sequential([keras.Input((1,)), layers.Dense(1)])
    model.save_weights(path)
    model.save(path.replace(".weights.h5", ".keras"))


for above in ("../", "../../outside/", "@OUTSIDE@/", "sub/../../", "@OTHERS@/"):
    attempt(lambda: figure(above + "escaped.png"))
    attempt(lambda: np.save(above + "escaped.npy", np.zeros(2)))
    attempt(lambda: checkpoint(above + "escaped-{epoch}.keras"))
    attempt(lambda: weights(above + "escaped.weights.h5"))
    attempt(lambda: os.makedirs(above + "folder"))
attempt(lambda: os.symlink("@OUTSIDE@", "way_out"))
attempt(lambda: open("way_out/through_a_link", "w").close())
attempt(lambda: shutil.copy("@OTHERS@/lesson_4_1.py", "../copied.py"))
