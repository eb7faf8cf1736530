# tries: Makes 20 000 small files.
# ko: 작은 파일을 2만 개 만듭니다.
# expect: 4/8
# stopped: A+ A B C D
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    try:
        for number in range(20_000):
            open(f"file-{number}", "w").close()
        time.sleep(1)
        print("BREACH: 20 000 files were made", flush=True)
    except OSError as problem:
        print("refused:", problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
