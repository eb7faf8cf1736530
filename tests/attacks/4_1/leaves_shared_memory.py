# tries: Leaves a message for the next submission in shared memory.
# ko: 다음 제출물에 전할 메시지를 공유 메모리에 남깁니다.
# expect: 4/8
# stopped: A+ A
import os
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


def leave():
    with open("/dev/shm/@NAME@", "w") as file:
        file.write("the answers")


def segment():
    from multiprocessing import resource_tracker, shared_memory

    resource_tracker.register = lambda *_: None
    shared_memory.SharedMemory("@NAME@-segment", create=True, size=4096)


attempt(leave)
attempt(segment)
