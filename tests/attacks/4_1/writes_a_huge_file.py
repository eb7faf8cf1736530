# tries: Makes a file of 10 GiB (sparse, so that nobody's disk is filled).
# ko: 10GiB짜리 파일을 만듭니다(디스크를 채우지 않도록 빈 파일로).
# expect: 4/8
# stopped: A+ A B C
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    try:
        with open("huge", "wb") as file:
            file.truncate(10 * 2**30)
        print("BREACH: a file of 10 GiB was made", flush=True)
    except OSError as problem:
        print("refused:", problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
