# tries: Skips and expects the failure of every test, with pytest's own exceptions.
# ko: pytest의 예외로 모든 테스트를 건너뛰거나 실패가 예상된 것으로 만듭니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers
import pytest


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    pytest.xfail("expected")


pytest.skip("all of it", allow_module_level=True)
