# tries: Closes every descriptor, and puts its own output in place of the channel.
# ko: 모든 디스크립터를 닫고, 연결 자리에 자기 출력을 넣습니다.
# expect: 0/8
# stopped: A+ A B C D
import os
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


for number in range(3, 256):
    try:
        os.dup2(1, number)
    except OSError:
        continue
os.closerange(3, 256)
