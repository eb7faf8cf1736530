# tries: Keeps the model that the grader hands to main, and returns copies of it as its own.
# ko: 채점기가 main에 건네는 모델을 간직했다가, 그 복사본을 자기 모델로 돌려줍니다.
# expect: 0/15
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential

STOLEN = []


def build_rnn_model(num_words, embedding_len):
    return keras.models.clone_model(STOLEN[0]) if STOLEN else Sequential()


def main(model=None, epochs=5):
    if model is not None:
        STOLEN.append(model)
    (model or build_rnn_model(6000, 100)).compile("sgd", "mse")
    (model or build_rnn_model(6000, 100)).compile("sgd", "mse")
