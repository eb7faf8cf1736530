# tries: Opens a file 5000 times, until nothing is left for anybody.
# ko: 아무도 파일을 열 수 없게 될 때까지 파일을 5000번 엽니다.
# expect: 4/8
# stopped: A+ A B C
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    held = []
    try:
        for number in range(5000):
            held.append(open("held", "w"))
        print("BREACH: 5000 files were opened", flush=True)
    except OSError as problem:
        print("refused after", len(held), problem)
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])
