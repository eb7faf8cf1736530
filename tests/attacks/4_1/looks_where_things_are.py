# tries: Asks whether hidden files exist, without opening them.
# ko: 숨긴 파일을 열지 않고, 있는지만 물어봅니다.
# expect: 4/8
# stopped: A+
import os
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for path in ("@KIT@/solutions", "@HOME@/secret.txt", "@OTHERS@/lesson_4_1.py"):
    if os.path.exists(path):
        print("BREACH: it can be seen that a hidden file exists")
