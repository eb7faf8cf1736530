"""A model that is saved and loaded counts as the one that was trained, however it was compiled."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from grader.evidence import Compiled, Evaluated, Fitted
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission
else:
    from tests.grader.factories import a_live_submission

SUBMISSION = """
import pathlib

import numpy as np
from tensorflow import keras

X, Y = np.ones((4, 3)), np.ones((4, 1))


def trained():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("adam", keras.losses.MeanSquaredError(), metrics=["accuracy"])
    model.fit(X, Y, callbacks=[keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)], verbose=0)
    return model


def saved(path):
    trained().save(path)
    assert len(keras.models.load_model(path).evaluate(X, Y, verbose=0)) == 2


def checkpoint():
    trained()
    keras.models.load_model(pathlib.Path("best.keras")).evaluate(X, Y, verbose=0)


def another():
    trained()
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    other.compile("adam", keras.losses.MeanSquaredError())
    other.save("best.keras")
    keras.models.load_model("best.keras").evaluate(X, Y, verbose=0)
"""


@pytest.mark.parametrize(
    ("name", "arguments", "the_same"),
    [
        ("saved", {"path": "model.keras"}, True),
        pytest.param("saved", {"path": "model.h5"}, True, marks=pytest.mark.filterwarnings("ignore")),
        ("checkpoint", {}, True),
        ("another", {}, False),
    ],
)
def test_what_is_loaded_is_what_was_saved(
    name: str, arguments: dict[str, str], the_same: bool, workers: Workers
) -> None:
    with closing(a_live_submission(workers, SUBMISSION)) as submission:
        called = submission.call(name, **arguments)

    assert called.failed is None, called.failed
    fitted, evaluated = called.of_kind(Fitted), called.of_kind(Evaluated)
    assert [each.model == fitted[0].model for each in evaluated] == [the_same]
    assert len(called.of_kind(Compiled)) == (1 if the_same else 2)
