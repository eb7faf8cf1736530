# tries: Puts terminal escapes, HTML, Markdown, CI commands and text in reverse into names, exceptions and output.
# ko: 이름, 예외, 출력에 터미널 제어 문자, HTML, Markdown, CI 명령, 뒤집힌 글자를 넣습니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])

EVIL = (
    "\x1b[2J\x1b[1;32m8/8\x1b]0;Score: 8 of 8\x07\x9b31m\u202e8/8\u2066\r"
    "\n::set-output name=score::8\n  ::error::graded\n##[set-env name=SCORE]8\n##vso[task.complete result=Succeeded;]"
    "\n<script>alert(8)</script><img src=x onerror=alert(8)> **8/8** [8/8](javascript:alert(8))\n"
)
print(EVIL)


def build_model2():
    raise type(EVIL, (Exception,), {})(EVIL)  # ::set-output name=score::8 [2J 31m ##[set-env name=SCORE]8


try:
    layers.Dense(1, name=EVIL)
except ValueError:
    pass
raise RuntimeError("x" * 61 + EVIL)
