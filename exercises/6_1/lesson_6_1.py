"""Lesson 6-1: text classification, one-hot vectors against an embedding."""

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Sequential, layers
from keras.callbacks import EarlyStopping, History, ModelCheckpoint
from keras.optimizers import RMSprop
from keras.utils import pad_sequences
from sklearn.model_selection import train_test_split

from grader.datasets import imdb


def split(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ``t_x, v_x, t_y, v_y``: four fifths for training, one fifth for validation."""
    # TODO task 1: split with train_test_split, with the share and the seed that the page (README.md) names.
    # 할 일 1: 안내문(README.ko.md)에 적힌 비율과 시드로 train_test_split을 써서 나누세요.
    raise NotImplementedError("task 1")


def pad(sequences: np.ndarray, max_len: int) -> np.ndarray:
    """Return reviews padded or cut in front to ``max_len``: an array ``(reviews, max_len)``."""
    # TODO task 1: return the reviews, padded or cut to max_len words.
    # 할 일 1: 리뷰를 채우거나 잘라서 길이를 max_len으로 맞춘 배열을 return하세요.
    raise NotImplementedError("task 1")


def one_hot(sequences: np.ndarray, num_words: int) -> np.ndarray:
    """Return a vector of ``num_words`` zeros and a single one for each word.

    ``(reviews, max_len)`` becomes ``(reviews, max_len, num_words)``. ``uint8``
    takes one byte a number.
    """
    # TODO task 2: return the one-hot vectors; the page shows how to save memory.
    # 할 일 2: 원-핫 벡터를 return하세요. 메모리를 아끼는 방법은 안내문에 있습니다.
    raise NotImplementedError("task 2")


def build_onehot_model(max_len: int, num_words: int) -> Sequential:
    """Return the model that reads one-hot vectors.

    Input: ``(batch, max_len, num_words)``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 3: add the input and the two layers that the page names, in order.
    # 할 일 3: 안내문에 적힌 입력과 층 두 개를 순서대로 추가하세요.
    raise NotImplementedError("task 3")
    return model


def build_embedding_model(num_words: int) -> Sequential:
    """Return the model that learns a vector for each word.

    Input: ``(batch, time)``, indices below ``num_words``. Output: ``(batch, 1)``.
    """
    model = Sequential()
    # TODO task 4: add the three layers that the page names, in order.
    # 할 일 4: 안내문에 적힌 층 세 개를 순서대로 추가하세요.
    raise NotImplementedError("task 4")
    return model


def train(
    model: Sequential,
    t_x: np.ndarray,
    t_y: np.ndarray,
    v_x: np.ndarray,
    v_y: np.ndarray,
    path: str,
    epochs: int = 100,
) -> History:
    """Compile and train the model until its validation loss stops falling; keep the best model in ``path``."""
    # TODO task 5: compile the model, train it with the two callbacks that the page names, return what fit returns.
    # 할 일 5: 모델을 컴파일하고 안내문의 콜백 두 개와 함께 학습시킨 뒤, fit이 돌려주는 값을 return하세요.
    raise NotImplementedError("task 5")


def plot_loss(history: History, path: str) -> None:
    """Draw the loss of training and validation and save the picture as ``path``."""
    plt.figure()
    # TODO task 6: draw both losses, and save the figure as path.
    # 할 일 6: 손실 두 가지를 그리고, 그림을 path로 저장하세요.
    raise NotImplementedError("task 6")


def report(name: str, model: Sequential, history: History, seconds: float, x: np.ndarray, y: np.ndarray) -> None:
    """Print what a model has reached: at its best epoch, and on the test set ``x``, ``y``."""
    best = int(np.argmin(history.history["val_loss"]))
    test_loss, test_accuracy = model.evaluate(x, y, verbose=0)
    print(
        f"[{name}] best of {len(history.epoch)} epochs: {best + 1}, "
        f"validation loss: {history.history['val_loss'][best]:.4f}, "
        f"validation accuracy: {history.history['val_accuracy'][best]:.4f}, "
        f"test loss: {test_loss:.4f}, test accuracy: {test_accuracy:.4f} ({len(x)} reviews); "
        f"{model.count_params():,} parameters, {seconds:.0f} s"
    )


def main(epochs: int = 100) -> None:
    """Train both models on the same reviews and draw how their losses fall."""
    keras.utils.set_random_seed(42)

    num_words = 500
    max_len = 100

    (x, y), (test_x, test_y) = imdb.load_data(num_words=num_words)
    t_x, v_x, t_y, v_y = split(x, y)
    t_x, v_x, test_x = pad(t_x, max_len), pad(v_x, max_len), pad(test_x, max_len)

    model = build_onehot_model(max_len, num_words)
    start = time.perf_counter()
    history = train(model, one_hot(t_x, num_words), t_y, one_hot(v_x, num_words), v_y, "onehot.keras", epochs)
    seconds = time.perf_counter() - start
    plot_loss(history, "onehot_loss.png")
    report("One-hot", model, history, seconds, one_hot(test_x, num_words), test_y)

    model = build_embedding_model(num_words)
    start = time.perf_counter()
    history = train(model, t_x, t_y, v_x, v_y, "embedding.keras", epochs)
    seconds = time.perf_counter() - start
    plot_loss(history, "embedding_loss.png")
    report("Embedding", model, history, seconds, test_x, test_y)


if __name__ == "__main__":
    main()
