# tries: Announces an answer and never sends the rest of it.
# ko: 답을 보내겠다고 하고 나머지는 영영 보내지 않습니다.
# expect: 0/8
# stopped: A+ A B C D
# timeout: 3
import os
import stat
import struct
import time

from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])

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


send(b"{", header=struct.pack(">II", 1000, 0))
while True:
    time.sleep(60)
