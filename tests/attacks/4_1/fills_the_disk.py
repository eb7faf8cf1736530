# tries: Writes files of 15 MB, 40 in all.
# ko: 15MB 파일을 모두 40개 씁니다.
# expect: 4/8
# stopped: A+ A B C D
import time
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    try:
        for number in range(40):
            with open(f"part-{number}", "wb") as file:
                file.write(bytes(15_000_000))
        time.sleep(1)
        print("BREACH: 600 MB were written", flush=True)
    except OSError as problem:
        print("refused:", problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
