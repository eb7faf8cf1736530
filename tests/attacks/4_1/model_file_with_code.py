# tries: Returns the path of a saved model that holds code, and a model with that code in a Lambda.
# ko: 코드가 든 저장 모델의 경로와, 그 코드를 Lambda에 넣은 모델을 돌려줍니다.
# expect: 4/8
# stopped: A+ A B C D
import keras
from tensorflow.keras import Sequential, layers


def build_model1():
    return Sequential([layers.Embedding(10, 5), layers.SimpleRNN(3)])


def payload(tensor):
    import sys

    if "grader.pipeline" in sys.modules:
        print("BREACH: the code of a model ran in the grader")
    return tensor


def build_model2():
    keras.config.enable_unsafe_deserialization()
    model = Sequential([keras.Input((None,)), layers.Lambda(payload), layers.Dense(10)])
    try:
        model.save("model.keras")
    except Exception as problem:
        print(problem)
    return "model.keras", model
