# tries: Fills 3 GiB of shared memory, which a limit of the data segment does not count.
# ko: 데이터 세그먼트 제한에 잡히지 않는 공유 메모리 3GiB를 채웁니다.
# expect: 4/8
# stopped: A+ A B C D
import mmap
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    hoard = []
    for number in range(48):
        piece = mmap.mmap(-1, 64 * 2**20)
        for page in range(0, len(piece), 4096):
            piece[page] = 1
        hoard.append(piece)
    time.sleep(1)
    print("BREACH: 3 GiB were given", flush=True)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
