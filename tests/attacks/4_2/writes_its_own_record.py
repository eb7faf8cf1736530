# tries: Appends training to the grader's record that never took place, of a model that it never compiled.
# ko: 일어나지 않은 학습을, 컴파일한 적 없는 모델의 것으로 채점기 기록에 덧붙입니다.
# expect: 5/15
# stopped: none
import sys

import keras
from tensorflow.keras import Sequential, layers

recording = sys.modules["kit_worker.recording"]


def build_rnn_model(num_words, embedding_len):
    model = Sequential()
    model.add(layers.Embedding(num_words, embedding_len))
    model.add(layers.SimpleRNN(16))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


def main(model=None, epochs=5):
    model = model or build_rnn_model(6000, 100)
    handle = recording.handle_of(model)
    optimizer = {"handle": "h1", "kind": "Adam", "settings": {"learning_rate": 0.001}}
    recording.EVENTS.append(
        {"t": "compiled", "model": handle, "optimizer": optimizer, "optimizer_given": True, "loss": "binary_crossentropy",
         "metrics": ["accuracy"], "place": None}
    )
    recording.EVENTS.append(
        {"t": "fitted", "model": handle, "x": [[1]], "y": [1], "validation": None, "settings": {}, "callbacks": [],
         "place": None, "returned": None}
    )
    return keras.optimizers.Adam(), keras.callbacks.History()
