# tries: Connects to a server by TCP and UDP, and listens for others.
# ko: TCP와 UDP로 서버에 접속하고, 남의 접속을 기다립니다.
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


def tcp():
    with socket.create_connection(("127.0.0.1", int("@PORT@")), 2) as connection:
        connection.sendall(b"the answers")
        print("BREACH: a connection was made")


def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"the answers", ("127.0.0.1", int("@PORT@")))


def listen():
    with socket.create_server(("127.0.0.1", 0)):
        print("BREACH: it listens for connections")


def download():
    import keras

    keras.utils.get_file("answer", "http://127.0.0.1:@PORT@/answer")


for each in (tcp, udp, listen, download):
    attempt(each)
