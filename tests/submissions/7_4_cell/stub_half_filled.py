# expect: 8/18
# fails: test_word_by_word, test_optimizer
"""Lesson 7-4-cell: two SimpleRNNCells read a review word by word."""

import time

import keras
import tensorflow as tf
from tensorflow.keras import Model, layers
from tensorflow.keras.callbacks import History
from tensorflow.keras.losses import BinaryCrossentropy
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.sequence import pad_sequences

from grader.datasets import imdb

batch_size = 128
total_words = 10000
max_review_len = 80
embedding_len = 100
units = 64
epochs = 4


def load_data() -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Return ``train_data, test_data``: batches of reviews and labels.

    Reviews: ``(batch_size, max_review_len)``, word indices below ``total_words``.
    Labels: ``(batch_size,)``, 0 or 1.
    """
    (x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=total_words)
    x_train = pad_sequences(x_train, maxlen=max_review_len)
    x_test = pad_sequences(x_test, maxlen=max_review_len)

    train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    train_data = train_data.shuffle(10000).batch(batch_size, drop_remainder=True)

    test_data = tf.data.Dataset.from_tensor_slices((x_test, y_test))
    test_data = test_data.batch(batch_size, drop_remainder=True)
    return train_data, test_data


class RNN_Build(Model):
    """Says how likely a review is to be positive.

    Input: ``(batch_size, words)``. Output: ``(batch_size, 1)``.
    """

    def __init__(self, units: int) -> None:
        super().__init__()
        self.state0 = [tf.zeros([batch_size, units])]
        self.state1 = [tf.zeros([batch_size, units])]

        self.embedding = layers.Embedding(total_words, embedding_len)
        self.cell0 = layers.SimpleRNNCell(units, dropout=0.2)
        self.cell1 = layers.SimpleRNNCell(units, dropout=0.2)
        self.outlayer = layers.Dense(1, activation="sigmoid")

    def call(self, inputs: tf.Tensor, training: bool | None = None) -> tf.Tensor:
        """Read the words one after another; judge by what the second cell says at the last."""
        # TODO task 3: reset both dropout masks, read the words in a loop, return the probability.
        # 할 일 3: 두 셀의 드롭아웃 마스크를 초기화하고, 반복문으로 단어를 읽은 뒤 확률을 돌려주세요.
        raise NotImplementedError("task 3")


def main() -> tuple[Model, History]:
    """Train the model and print how well it does, on the reviews it has seen and on others."""
    keras.utils.set_random_seed(22)
    train_data, test_data = load_data()

    start = time.time()
    model = RNN_Build(units)
    # TODO task 4: compile the model, train it, and keep what fit returns as history.
    # 할 일 4: 모델을 컴파일해서 학습시키고, fit이 돌려주는 값을 history에 담으세요.
    raise NotImplementedError("task 4")

    # TODO task 5: evaluate the model on both sets; the lines below print the four numbers.
    # 할 일 5: 모델을 두 데이터로 평가하세요. 나온 숫자 네 개는 아래 줄에서 출력합니다.
    raise NotImplementedError("task 5")
    seconds = time.time() - start

    print(f"Training: loss {train_loss:.4f}, accuracy {train_accuracy:.2%} ({len(train_data)} batches of {batch_size})")
    print(f"Test:     loss {test_loss:.4f}, accuracy {test_accuracy:.2%} ({len(test_data)} batches of {batch_size})")
    print(f"{model.count_params():,} parameters, {seconds:.0f} seconds")
    return model, history


if __name__ == "__main__":
    main()
