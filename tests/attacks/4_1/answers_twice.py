# tries: Sends every answer twice, so that each question is answered by the answer to the one before.
# ko: 모든 답을 두 번 보내서, 질문마다 바로 앞 질문의 답이 가게 합니다.
# expect: 0/8
# stopped: A+ A B C D
import sys
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


Channel = sys.modules["kit_worker.channel"].Channel
send = Channel.send


def twice(self, message, blob=None):
    send(self, message, blob)
    send(self, message, blob)


Channel.send = twice
