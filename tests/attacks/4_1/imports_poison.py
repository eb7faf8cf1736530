# tries: Replaces json, struct and the import machinery for all that is imported later.
# ko: 앞으로 불러올 json, struct와 불러오기 장치를 바꿔치기합니다.
# expect: 4/8
# stopped: A+ A B C D
import sys
import types
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Poison:
    def find_spec(self, name, path=None, target=None):
        raise ImportError("poisoned")


def build_model2():
    sys.meta_path.insert(0, Poison())
    sys.modules["json"] = sys.modules["json.encoder"] = types.ModuleType("json")
    sys.modules["struct"] = types.ModuleType("struct")
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
