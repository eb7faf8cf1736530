# tries: Returns objects that write a file when they are unpickled or copied.
# ko: 피클을 풀거나 복사하면 파일을 쓰는 객체를 돌려줍니다.
# expect: 4/8
# stopped: A+ A B C D
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


class Bomb:
    def __reduce__(self):
        return (open, ("@OUTSIDE@/unpickled", "w"))

    __reduce_ex__ = lambda self, protocol: self.__reduce__()

    def __deepcopy__(self, memo):
        return open("@OUTSIDE@/copied", "w")


def build_model2():
    return [Bomb(), {"model": Bomb()}]
