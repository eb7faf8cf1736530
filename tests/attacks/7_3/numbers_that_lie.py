# tries: Returns whole numbers, texts and tuples of its own classes, which are equal to whatever they are compared with.
# ko: 무엇과 비교해도 같은, 자기 클래스의 정수와 글자와 튜플을 돌려줍니다.
# expect: 0/14
# stopped: A+ A B C D
class Int(int):
    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __hash__ = int.__hash__
    __index__ = __int__ = lambda self: 2


class Str(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Tuple(tuple):
    def __eq__(self, other):
        return True

    def __len__(self):
        return 2

    __hash__ = tuple.__hash__


def output_rank(model):
    return Int(7)


def output_shape(model):
    return Tuple([Str("(None, 1)"), Int(7), Int(7)])
