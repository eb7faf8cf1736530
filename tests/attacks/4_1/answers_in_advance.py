# tries: Sends, while it is loaded, the right answers to all questions that will follow, taken from a recording.
# ko: 불러오는 동안, 앞으로 나올 모든 질문의 정답을 녹화본에서 가져와 미리 보냅니다.
# expect: 0/8
# stopped: A+ A B C D
import json
import os
import stat
import struct

def channels():
    """The descriptors that may be the channel to the grader."""
    found = []
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode) or stat.S_ISFIFO(os.fstat(number).st_mode):
                found.append(number)
        except OSError:
            continue
    return found


def send(body, blob=b"", header=None):
    for number in channels():
        try:
            os.write(number, (header or struct.pack(">II", len(body), len(blob))) + body + blob)
        except OSError as problem:
            print("refused:", problem)


def embedding(words, length):
    return {"kind": "Embedding", "settings": {"input_dim": words, "output_dim": length, "mask_zero": False}, "inner": []}


def rnn(units):
    settings = {"units": units, "activation": "tanh", "use_bias": True, "dropout": 0.0, "recurrent_dropout": 0.0}
    flags = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll")
    return {"kind": "SimpleRNN", "settings": {**settings, **dict.fromkeys(flags, False)}, "inner": []}


def traced(described, weights, shapes):
    calls = []
    for number, shape in enumerate(shapes):
        source = {"from": "call", "call": number - 1, "output": 0} if number else {"from": "input", "index": 0}
        calls.append({"layer": number, "inputs": [source], "states": [], "outputs": [shape], "training": None})
    held = [{**layer, "weights": each} for layer, each in zip(described, weights)]
    last = {"from": "call", "call": len(calls) - 1, "output": 0}
    return {"trace": {"layers": held, "calls": calls, "outputs": [last], "unused_weights": []}}


DENSE = {"kind": "Dense", "settings": {"units": 10, "activation": "softmax", "use_bias": True}, "inner": []}
FIRST = traced([embedding(10, 5), rnn(3)], [[[10, 5]], [[5, 3], [3, 3], [3]]], [[3, 7, 5], [3, 3]])
SECOND = traced(
    [embedding(256, 100), rnn(20), DENSE],
    [[[256, 100]], [[100, 20], [20, 20], [20]], [[20, 10], [10]]],
    [[3, 6, 100], [3, 20], [3, 10]],
)
MODEL = {"result": {"t": "model", "name": "Sequential", "handle": "h0"}}
NAMES = {"names": {"build_model1": {"kind": "function"}, "build_model2": {"kind": "function"}}}
for answer in (NAMES, MODEL, {"layers": []}, FIRST, MODEL, {"layers": []}, SECOND):
    send(json.dumps({"events": [], "notes": [], **answer}).encode())
os._exit(0)
