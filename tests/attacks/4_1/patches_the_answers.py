# tries: Replaces the worker's own requests by functions that describe the right model.
# ko: 작업 프로세스의 요청 처리를, 올바른 모델을 설명하는 함수로 바꿉니다.
# expect: 0/8
# stopped: A+ A B C D
import sys

from tensorflow.keras import Sequential, layers


worker = sys.modules["kit_worker.child"]
recording = sys.modules["kit_worker.recording"]
trace = sys.modules["kit_worker.trace"]
KINDS = {"1": [("Embedding", (10, 5)), ("SimpleRNN", (3,))], "2": [("Embedding", (256, 100)), ("SimpleRNN", (20,)), ("Dense", (10,))]}
described = {}


def build_model1():
    return Sequential([layers.Dense(3)], name="one")


def build_model2():
    return Sequential([layers.Dense(10)], name="two")


def pretend(request, raw, blob):
    real = Sequential([getattr(layers, kind)(*sizes) for kind, sizes in KINDS["1" if recording.OBJECTS[request["model"]].name == "one" else "2"]])
    if len(real.layers) == 3:
        real.layers[2].activation = __import__("keras").activations.softmax
    inputs = [sys.modules["kit_worker.values"].decode(value, raw) for value in request["inputs"]]
    seen, outputs, problem = trace.record(real, inputs)
    answer = trace.describe(real, seen, outputs)
    recording.OBJECTS["trace:" + request["model"]] = trace.Trace()
    return {"trace": answer}


def run(request, raw, blob):
    import numpy as np

    return {"outputs": [sys.modules["kit_worker.values"].encode(np.full((3, 3 if recording.OBJECTS[request["model"]].name == "one" else 10), 0.1, "float32"), blob)]}


worker.REQUESTS["trace"] = pretend
worker.REQUESTS["run"] = run
