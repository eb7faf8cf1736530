# tries: Makes Unix sockets, by path and abstract, for a helper on the same machine.
# ko: 같은 컴퓨터의 조력자와 통신하려고 유닉스 소켓을 만듭니다.
# expect: 4/8
# stopped: A+ A B
import socket
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def build_model2():
    return Sequential([layers.Embedding(256, 100), layers.LSTM(20)])


def attempt(what):
    try:
        return what()
    except BaseException as problem:
        print(f"refused: {type(problem).__name__}: {problem}")


def bind(place):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(place)
        server.listen()
        print("BREACH: it listens on a local socket")


attempt(lambda: bind("\0@NAME@"))
attempt(lambda: bind("@OUTSIDE@/socket"))
