# tries: Makes shared memory and a message queue that outlive their process.
# ko: 프로세스가 끝나도 남는 공유 메모리와 메시지 큐를 만듭니다.
# expect: 4/8
# stopped: A+ A B
import ctypes
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


libc = ctypes.CDLL(None, use_errno=True)
PRIVATE, CREATE, REMOVE = 0, 0o1600, 0
for make, remove in ((libc.shmget, libc.shmctl),):
    made = make(PRIVATE, 4096, CREATE)
    if made >= 0:
        print("BREACH: shared memory was made that outlives the process")
        remove(made, REMOVE, None)
queue = libc.msgget(PRIVATE, CREATE)
if queue >= 0:
    print("BREACH: a message queue was made that outlives the process")
    libc.msgctl(queue, REMOVE, None)
