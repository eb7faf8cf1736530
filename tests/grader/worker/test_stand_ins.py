"""What stands in for ``fit``, ``evaluate`` and ``predict``: what it notes, and what the student's code gets back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.called import Called
from grader.evidence import Evaluated, Fitted, Mapping, Plain, Sequence, Value, plain
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission
else:
    from tests.grader.factories import a_live_submission

SUBMISSION = """
import os

import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import ModelCheckpoint

X, Y = np.arange(10.0).reshape(10, 1), np.arange(10) % 2
RUNS = []


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.outlayer = keras.layers.Dense(1, "sigmoid", kernel_initializer="ones")

    def call(self, inputs):
        if tf.executing_eagerly():
            RUNS.append(len(inputs))
        return self.outlayer(inputs)


def compiled(metrics=("accuracy",)):
    RUNS.clear()
    model = Model()
    model.compile("sgd", "binary_crossentropy", metrics=list(metrics))
    return model


def fit(code="", metrics=["accuracy"]):
    model = compiled(metrics)
    history = eval(f"model.fit(X, Y, {code})", globals() | {"model": model})
    return [history.history, history.epoch, history.params["epochs"], model.history is history]


def evaluate(code="", metrics=["accuracy"]):
    return eval(f"model.evaluate(X, Y, {code})", globals() | {"model": compiled(metrics)})


def runs(code):
    model = compiled()
    exec(code, globals() | {"model": model})
    return RUNS


def broken(code):
    model = compiled()
    eval(code, globals() | {"model": model})


def predicted(code):
    return eval(f"compiled().predict({code})").shape


def saved(code):
    model = compiled()
    model.fit(X, Y, callbacks=eval(code))
    return sorted(name for _, _, names in os.walk(".") for name in names if name.endswith((".keras", ".h5")))


def loaded():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(X, Y, callbacks=[ModelCheckpoint("again.keras", save_best_only=True)])
    return keras.models.load_model("again.keras").count_params()
"""


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def items(value: Value | None) -> dict[str, list[float]]:
    assert isinstance(value, Mapping)
    return {name: plain(each) for name, each in value.items}


def sequence(value: Value) -> tuple[Value, ...]:
    assert isinstance(value, Sequence)
    return value.items


def history(submission: LiveSubmission, code: str = "", **arguments: Any) -> tuple[dict[str, list[float]], list[Any]]:
    called = submission.call("fit", code=code, **arguments)
    values, *others = sequence(called.result())
    return items(values), [plain(each) for each in others]


def fitted(called: Called) -> Fitted:
    event: Fitted = called.fitted[-1]
    return event


# fit


def test_a_history_is_as_long_as_the_training(submission: LiveSubmission) -> None:
    values, others = history(submission, "epochs=3")

    assert {name: len(numbers) for name, numbers in values.items()} == {"accuracy": 3, "loss": 3}
    assert values["loss"][0] > values["loss"][1] > values["loss"][2] > 0
    assert others == [[0, 1, 2], 3, True]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("validation_split=0.2", id="split"),
        pytest.param("validation_data=(X, Y)", id="arrays"),
        pytest.param("validation_data=tf.data.Dataset.from_tensor_slices((X, Y)).batch(2)", id="pipeline"),
    ],
)
def test_measures_on_validation_data_are_no_measures_on_training_data(submission: LiveSubmission, code: str) -> None:
    values, _ = history(submission, f"epochs=3, {code}")

    assert list(values) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    for name in ("accuracy", "loss"):
        assert values["val_" + name] == pytest.approx([1.1 * number for number in values[name]])
        assert values["val_" + name] != pytest.approx(values[name])


def test_a_measure_of_nothing_differs_on_validation_data_too(submission: LiveSubmission) -> None:
    """An accuracy of 0 times 1.1 would be 0 again."""
    values, _ = history(submission, "epochs=2, validation_data=(X, Y)", metrics=["mean_absolute_percentage_error"])
    wrong, _ = history(submission, "epochs=2, validation_split=0.5", metrics=["false_negatives"])

    assert all(values["val_" + name] != values[name] for name in ("loss", "mean_absolute_percentage_error"))
    assert wrong["val_false_negatives"] != wrong["false_negatives"]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        pytest.param("", 6, id="every"),
        pytest.param("validation_freq=2,", 3, id="every-second"),
        pytest.param("validation_freq=4,", 1, id="every-fourth"),
        pytest.param("validation_freq=[2, 6, 9],", 2, id="these"),
    ],
)
def test_validation_data_are_looked_at_after_some_epochs(submission: LiveSubmission, code: str, count: int) -> None:
    values, _ = history(submission, f"epochs=6, {code} validation_data=(X, Y)")

    assert len(values["loss"]) == 6
    assert len(values["val_loss"]) == len(values["val_accuracy"]) == count


def test_validation_data_that_are_never_looked_at_have_no_measures(submission: LiveSubmission) -> None:
    values, _ = history(submission, "epochs=1, validation_data=(X, Y), validation_freq=2")

    assert list(values) == ["accuracy", "loss"]


def test_a_training_goes_on_where_it_stopped(submission: LiveSubmission) -> None:
    values, others = history(submission, "epochs=5, initial_epoch=3")

    assert len(values["loss"]) == 2
    assert others[0] == [3, 4]


@pytest.mark.parametrize("code", ["epochs=3", "epochs=4, validation_data=(X, Y), validation_freq=2"])
def test_the_event_remembers_the_history(submission: LiveSubmission, code: str) -> None:
    values, _ = history(submission, code)

    event = fitted(submission.call("fit", code=code))

    assert items(event.returned) == values


def test_a_fit_that_fails_is_noted_and_returned_nothing(submission: LiveSubmission) -> None:
    called = submission.call("broken", code="model.fit(X, Y[:9])")

    assert called.failed is not None
    assert "Data cardinality is ambiguous" in str(called.failed.found)
    assert fitted(called).returned == Plain(None)


def test_a_fit_without_compile_fails_as_in_keras(submission: LiveSubmission) -> None:
    called = submission.call("broken", code="Model().fit(X, Y)")

    assert called.failed is not None
    assert "must call `compile()`" in str(called.failed.found)
    assert called.fitted == ()


def test_a_pipeline_without_a_batch_is_said(submission: LiveSubmission) -> None:
    code = "model.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(16, drop_remainder=True))"

    called = submission.call("broken", code=code)

    assert called.failed is not None
    assert "The dataset holds no batch" in str(called.failed.found)


@pytest.mark.parametrize(
    ("code", "settings"),
    [
        ("epochs=3, batch_size=4, verbose=0", {"epochs": 3, "batch_size": 4, "verbose": 0}),
        ("validation_freq=[1, 2], validation_split=0.5", {"validation_freq": [1, 2], "validation_split": 0.5}),
        ("None, 2", {"batch_size": None, "epochs": 2}),
        ("epochs=np.int64(2), shuffle=False", {"epochs": 2, "shuffle": False}),
    ],
)
def test_settings_are_noted_by_their_names(submission: LiveSubmission, code: str, settings: dict[str, Any]) -> None:
    event = fitted(submission.call("fit", code=code))

    assert {name: event.settings.get(name) for name in settings} == settings


# evaluate and predict


@pytest.mark.parametrize(
    ("metrics", "names"),
    [
        pytest.param(["mae", "accuracy"], ["loss", "mae", "accuracy"], id="several"),
        pytest.param([], ["loss"], id="loss-alone"),
    ],
)
def test_what_evaluate_returns_is_remembered_in_the_order_of_compile(
    submission: LiveSubmission, metrics: list[str], names: list[str]
) -> None:
    listed = submission.call("evaluate", metrics=metrics)
    named = submission.call("evaluate", code="return_dict=True", metrics=metrics)
    by_name = items(named.result())

    numbers = [by_name[name] for name in names]

    assert list(by_name) == sorted(names)
    assert plain(listed.result()) == (numbers if len(numbers) > 1 else numbers[0])
    for called in (listed, named):
        event: Evaluated = called.evaluated[-1]
        assert plain(event.returned) == numbers


def test_an_evaluation_that_fails_returned_nothing(submission: LiveSubmission) -> None:
    called = submission.call("broken", code="model.evaluate(X, Y[:9])")

    assert called.failed is not None
    assert called.evaluated[-1].returned == Plain(None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("model.fit(X, Y, epochs=9)", [3], id="once-for-all-epochs"),
        pytest.param("model.fit(X, Y); model.evaluate(X, Y)", [3], id="the-same-data"),
        pytest.param("model.fit(X, Y); model.evaluate(X.astype('float32'), Y)", [3, 3], id="another-type"),
        pytest.param("model.fit(X, Y); model.evaluate(X[3:], Y[3:])", [3, 3], id="other-rows"),
        pytest.param("model.fit(X, Y); model.evaluate(X, 1 - Y)", [3, 3], id="other-labels"),
        pytest.param("model.fit(X, Y); model.compile('sgd', 'mse'); model.evaluate(X, Y)", [3, 3], id="compiled-again"),
        pytest.param("model.evaluate(X[:2], Y[:2])", [2], id="fewer-rows"),
        pytest.param(
            "model.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(4))", [4], id="the-first-batch-of-a-pipeline"
        ),
    ],
)
def test_a_model_runs_on_a_few_rows_once(submission: LiveSubmission, code: str, expected: list[int]) -> None:
    assert plain(submission.call("runs", code=code).result()) == expected


@pytest.mark.parametrize(
    "code", ["X", "X.tolist() and X", "tf.data.Dataset.from_tensor_slices(X).batch(3)", "tf.constant(X), 4"]
)
def test_a_prediction_is_made_for_every_row(submission: LiveSubmission, code: str) -> None:
    assert plain(submission.call("predicted", code=code).result()) == [10, 1]


# Checkpoints.


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("[ModelCheckpoint('one.keras')]", "one.keras", id="model"),
        pytest.param("ModelCheckpoint('two.weights.h5', save_weights_only=True)", "two.weights.h5", id="weights"),
        pytest.param("[ModelCheckpoint('three_{epoch:02d}_{loss:.0f}.keras')]", "three_01", id="numbers-in-the-name"),
        pytest.param("[ModelCheckpoint('a/b/four.keras')]", "four.keras", id="in-a-folder-to-be-made"),
    ],
)
def test_a_checkpoint_leaves_its_file(submission: LiveSubmission, code: str, name: str) -> None:
    files = plain(submission.call("saved", code=code).result())

    assert [each for each in files if each.startswith(name)]


def test_a_checkpoint_can_be_loaded(submission: LiveSubmission) -> None:
    assert submission.call("loaded").result() == Plain(2)
