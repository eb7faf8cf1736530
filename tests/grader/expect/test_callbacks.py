"""Callbacks, however built, are judged by what they do in a training whose course is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Rehearsal, Save
from grader.expect import expect_checkpoint, expect_early_stopping
from grader.expect.callbacks import BEST, COURSE
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

LENGTH = len(COURSE["val_loss"])
SUBMISSION = """
import keras
import numpy as np
from tensorflow.keras.callbacks import Callback, EarlyStopping, LambdaCallback, ModelCheckpoint


class Patience(Callback):
    def on_train_begin(self, logs=None):
        self.best, self.waited = np.inf, 0

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.waited = logs["val_loss"], 0
            self.weights = self.model.get_weights()
            self.model.save("own.keras")
        else:
            self.waited += 1
        if self.waited == 3:
            self.model.stop_training = True
            self.model.set_weights(self.weights)


def train(callbacks):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse", metrics=["accuracy"])
    given = eval(callbacks)
    return model.fit(np.zeros((4, 1)), np.zeros((4, 1)), epochs=20, validation_split=0.5, callbacks=given)
"""


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def trained(submission: LiveSubmission, callbacks: str) -> Called:
    called = submission.call("train", callbacks=callbacks)
    called.result()
    return called


def rehearsed(submission: LiveSubmission, callbacks: str) -> Rehearsal:
    fitted = trained(submission, callbacks).fitted[-1]
    return submission.rehearse(tuple(each.handle for each in fitted.callbacks), COURSE)


def refused(expect: Any, called: Called, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect(called, **how)
    return said(problem.value.feedback)


def test_the_course_tells_the_usual_mistakes_apart() -> None:
    """Its best epoch comes after a plateau that a patience of 2 stops at, and long before the end."""
    val_loss = COURSE["val_loss"]

    assert val_loss.index(min(val_loss)) == BEST - 1
    assert BEST + 4 < LENGTH
    assert all(number > val_loss[1] for number in val_loss[2:4])
    assert all(list(numbers) == sorted(numbers) for name, numbers in COURSE.items() if "acc" in name)
    assert list(COURSE["loss"]) == sorted(COURSE["loss"], reverse=True)
    assert {len(numbers) for numbers in COURSE.values()} == {LENGTH}


# When training ends, and with which weights.

STOPPING = {
    "patience_2": ("[EarlyStopping(patience=2)]", 4, 4),
    "patience_3": ("[EarlyStopping(patience=3)]", BEST + 3, BEST + 3),
    "patience_4": ("[EarlyStopping(patience=4)]", BEST + 4, BEST + 4),
    "restored": ("[EarlyStopping(patience=3, restore_best_weights=True)]", BEST + 3, BEST),
    "restored_too_early": ("[EarlyStopping(patience=2, restore_best_weights=True)]", 4, 2),
    "names_and_positions": ("EarlyStopping('val_loss', 0, 3, 0, 'min', restore_best_weights=True)", BEST + 3, BEST),
    "val_accuracy": ("[EarlyStopping(monitor='val_accuracy', patience=3, restore_best_weights=True)]", LENGTH, LENGTH),
    "val_acc": ("[EarlyStopping(monitor='val_acc', patience=3)]", LENGTH, LENGTH),
    "training_loss": ("[EarlyStopping(monitor='loss', patience=3)]", LENGTH, LENGTH),
    "wrong_direction": ("[EarlyStopping(patience=3, mode='max', restore_best_weights=True)]", 4, 1),
    "start_from_epoch": ("[EarlyStopping(patience=3, start_from_epoch=5, restore_best_weights=True)]", 11, 8),
    "least_change": ("[EarlyStopping(patience=3, min_delta=0.25)]", 4, 4),
    "own_callback": ("[Patience()]", BEST + 3, BEST),
    "none": ("None", LENGTH, LENGTH),
    "empty": ("[]", LENGTH, LENGTH),
    "others_only": ("[keras.callbacks.TerminateOnNaN(), keras.callbacks.CSVLogger('log.csv')]", LENGTH, LENGTH),
    "among_others": ("[ModelCheckpoint('b.keras'), EarlyStopping(patience=3), LambdaCallback()]", BEST + 3, BEST + 3),
}


@pytest.mark.parametrize(("callbacks", "epochs", "kept"), STOPPING.values(), ids=STOPPING)
def test_callbacks_end_a_training_where_keras_would(
    submission: LiveSubmission, callbacks: str, epochs: int, kept: int
) -> None:
    rehearsal = rehearsed(submission, callbacks)

    assert (rehearsal.epochs, rehearsal.kept) == (epochs, kept)


@pytest.mark.parametrize("name", ["patience_3", "restored", "names_and_positions", "own_callback", "among_others"])
def test_an_end_after_the_patience_is_accepted(submission: LiveSubmission, name: str) -> None:
    expect_early_stopping(trained(submission, STOPPING[name][0]))


@pytest.mark.parametrize("name", ["restored", "restored_too_early", "names_and_positions", "own_callback"])
def test_best_weights_that_come_back_are_accepted(submission: LiveSubmission, name: str) -> None:
    """The best of those epochs that were trained: a wrong patience is for another check."""
    expect_early_stopping(trained(submission, STOPPING[name][0]), restored=True)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("patience_2", "Training ends after epoch 4.", id="too-early"),
        pytest.param("patience_4", "Training ends after epoch 9.", id="too-late"),
        pytest.param("val_accuracy", "Training is not stopped early.", id="another-log"),
        pytest.param("none", "Training is not stopped early.", id="no-callbacks"),
    ],
)
def test_another_end_is_refused(submission: LiveSubmission, name: str, sentence: str) -> None:
    called = trained(submission, STOPPING[name][0])

    found, expected, given, course = refused(expect_early_stopping, called)

    assert found == sentence
    assert expected == "an end after epoch 8: 3 epochs without a better val_loss"
    assert given == f"fit is called with callbacks=[{'' if name == 'none' else 'EarlyStopping'}]."
    assert course.startswith("Tried with the val_loss of these epochs: 0.90, 0.80, ")


def test_another_patience_may_be_asked_for(submission: LiveSubmission) -> None:
    expect_early_stopping(trained(submission, STOPPING["patience_4"][0]), patience=4)

    said_of_3 = refused(expect_early_stopping, trained(submission, STOPPING["patience_3"][0]), patience=4)

    assert said_of_3[:2] == [
        "Training ends after epoch 8.",
        "an end after epoch 9: 4 epochs without a better val_loss",
    ]


@pytest.mark.parametrize(("name", "kept"), [("patience_3", 8), ("start_from_epoch", 8), ("none", 12)])
def test_other_weights_than_the_best_are_refused(submission: LiveSubmission, name: str, kept: int) -> None:
    found, expected, *_ = refused(expect_early_stopping, trained(submission, STOPPING[name][0]), restored=True)

    assert found == f"At the end, the model has the weights of epoch {kept}."
    assert expected == "the weights of epoch 5, the best by val_loss"


def test_a_callback_that_fails_says_why(submission: LiveSubmission) -> None:
    found, *details = refused(expect_early_stopping, trained(submission, "[EarlyStopping('val_los', patience=3)]"))

    assert found == "Your callbacks cannot be run."
    assert "monitor=val_los" in details[0]


@pytest.mark.parametrize(("written", "kind"), [("'best.keras'", "str"), ("EarlyStopping", "type")])
def test_what_is_no_callback_is_told_from_callbacks(submission: LiveSubmission, written: str, kind: str) -> None:
    found, expected, given = refused(expect_early_stopping, trained(submission, f"[{written}]"))

    assert found == "Not everything in callbacks is a callback."
    assert expected == "objects, such as EarlyStopping(…)"
    assert given == f"fit is called with callbacks=[{kind}]."


# What lies in the file at the end.

SAVING = {
    "best": ("[ModelCheckpoint('best.keras', save_best_only=True)]", (1, 2, 5), "best.keras"),
    "best_weights": ("[ModelCheckpoint('b.weights.h5', save_best_only=True, save_weights_only=True)]", (1, 2, 5), None),
    "every_epoch": ("[ModelCheckpoint('every.keras')]", tuple(range(1, LENGTH + 1)), "every.keras"),
    "best_by_accuracy": (
        "[ModelCheckpoint('a.keras', monitor='val_accuracy', save_best_only=True)]",
        tuple(range(1, LENGTH + 1)),
        "a.keras",
    ),
    "epoch_in_the_name": ("[ModelCheckpoint('m_{epoch:02d}.keras', save_best_only=True)]", (1, 2, 5), "m_05.keras"),
    "in_a_folder": ("[ModelCheckpoint('saved/best.keras', save_best_only=True)]", (1, 2, 5), "best.keras"),
    "stopped": (
        "[ModelCheckpoint('s.keras', save_best_only=True), EarlyStopping(patience=2)]",
        (1, 2),
        "s.keras",
    ),
    "own_callback": ("[Patience()]", (1, 2, 5), "own.keras"),
    "none": ("None", (), None),
}


@pytest.mark.parametrize(("callbacks", "epochs", "name"), SAVING.values(), ids=SAVING)
def test_callbacks_save_what_keras_would(
    submission: LiveSubmission, callbacks: str, epochs: tuple[int, ...], name: str | None
) -> None:
    saves = rehearsed(submission, callbacks).saves

    assert tuple(save.epoch for save in saves) == epochs
    assert name is None or saves[-1].path.endswith(name)
    assert all(isinstance(save, Save) for save in saves)


@pytest.mark.parametrize(
    "name", ["best", "best_weights", "epoch_in_the_name", "in_a_folder", "own_callback", "stopped"]
)
def test_the_best_model_in_the_file_is_accepted(submission: LiveSubmission, name: str) -> None:
    expect_checkpoint(trained(submission, SAVING[name][0]))


@pytest.mark.parametrize(("name", "epoch"), [("every_epoch", 12), ("best_by_accuracy", 12)])
def test_another_model_in_the_file_is_refused(submission: LiveSubmission, name: str, epoch: int) -> None:
    found, expected, *_ = refused(expect_checkpoint, trained(submission, SAVING[name][0]))

    assert found == f"At the end, the file holds the model of epoch {epoch}."
    assert expected == "the model of epoch 5, the best by val_loss"


def test_no_checkpoint_is_said(submission: LiveSubmission) -> None:
    found, expected, given, _ = refused(expect_checkpoint, trained(submission, STOPPING["patience_3"][0]))

    assert (found, expected) == ("No callback saves the model.", "ModelCheckpoint")
    assert given == "fit is called with callbacks=[EarlyStopping]."


def test_the_name_of_the_file_may_matter(submission: LiveSubmission) -> None:
    called = trained(submission, SAVING["in_a_folder"][0])
    expect_checkpoint(called, path="best.keras")

    assert refused(expect_checkpoint, called, path="model.keras") == [
        "The model is saved as best.keras.",
        "model.keras",
    ]


def test_the_callbacks_are_taken_through_the_course_only_once(submission: LiveSubmission) -> None:
    """A checkpoint remembers its best: a second time it would save nothing."""
    callbacks = "[ModelCheckpoint('once.keras', save_best_only=True)]"

    assert rehearsed(submission, callbacks) == rehearsed(submission, callbacks)
