# tries: Replaces pytest's and unittest's results by passed ones.
# ko: pytest와 unittest의 결과를 통과로 바꿔치기합니다.
# expect: 4/8
# stopped: A+ A B C D
import unittest

import _pytest.python
import _pytest.reports
import _pytest.runner
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


def passed(*_, **__):
    return None


_pytest.python.Function.runtest = passed
_pytest.runner.CallInfo.from_call = classmethod(lambda cls, *_, **__: cls(None, None, 0, 0, 0, "call"))
_pytest.reports.TestReport.from_item_and_call = passed
unittest.TestResult.addFailure = unittest.TestResult.addError = passed
unittest.TestCase.fail = unittest.TestCase.assertEqual = passed
