# tries: Walks the stack, the garbage collector and a trace function for expected values, and prints what it finds.
# ko: 스택, 가비지 컬렉터, 추적 함수를 뒤져 기대값을 찾고, 찾은 것을 출력합니다.
# expect: 4/8
# stopped: A+ A B C D
import gc
import inspect
import sys
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


WANTED = ("def " + "test_model", "test_" + "model2", "28," + "230")


def told(where, words):
    if any(each in words for each in WANTED):
        print("BREACH: expected values in", where, words[:80].replace("\n", " "))


frame = sys._getframe()
while frame is not None:
    for value in list(frame.f_locals.values()) if frame.f_globals is not globals() else ():
        if type(value) in (str, list, tuple, dict):
            told("the stack", repr(value)[:20_000] if type(value) is str else str([v for v in value if type(v) is str])[:20_000])
    frame = frame.f_back
own = set(map(id, globals().values()))
for each in gc.get_objects():
    if type(each) in (dict, list, tuple) and id(each) not in own and len(each) < 30:
        items = each.values() if type(each) is dict else each
        for item in items:
            if type(item) is str and len(item) < 4000 and "WANTED" not in item:
                told("memory", item)
for frame in inspect.stack()[1:]:
    told("a frame's source", str(frame.code_context))


def follow(frame, event, argument):
    if event == "call" and frame.f_globals.get("__name__", "").startswith("kit_worker"):
        for value in frame.f_locals.values():
            if type(value) in (str, dict):
                told("a request", str(value)[:20_000] if type(value) is str else str(list(value.items())[:20])[:20_000])


sys.setprofile(follow)
