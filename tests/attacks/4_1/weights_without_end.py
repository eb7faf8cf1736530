# tries: Describes a model of a billion billion weights, for the grader to draw.
# ko: 채점기가 값을 만들도록, 가중치가 10억의 10억 배인 모델이라고 설명합니다.
# expect: 4/8
# stopped: A+ A B C D
import sys
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


trace = sys.modules["kit_worker.trace"]
describe = trace.describe


def vast(model, seen, outputs):
    described = describe(model, seen, outputs)
    for layer in described["layers"]:
        layer["weights"] = [[2**30, 2**30] for _ in layer["weights"]]
    return described


def build_model2():
    trace.describe = vast
    return Sequential([layers.Embedding(256, 100), layers.SimpleRNN(20), layers.Dense(9, activation="softmax")])
