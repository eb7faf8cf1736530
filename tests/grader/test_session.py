"""What checks ask of a submission: its names, its program, and things made for it to be given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.errors import CheckFailed, Died, Unanswerable
from grader.evidence import History, Mapping, Plain, Sequence, plain
from grader.expect import Observed, expect_equal, expect_settings, tokens, trained_model
from grader.session import LiveSubmission
from grader.spec import Dense, Embedding, SimpleRNN
from grader.text import literal
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission, said
else:
    from tests.grader.factories import a_live_submission, said

MODEL = """
from functools import partial

import keras
import numpy as np
from tensorflow.keras import Model, Sequential, layers
from tensorflow.keras.preprocessing.sequence import pad_sequences

batch_size, rate, flag, huge, negative = 64, 0.5, True, 2 ** 40, -3
epochs = np.int64(4)
_hidden = 5


def build(units):
    return Sequential([layers.Embedding(10, 2), layers.SimpleRNN(units), layers.Dense(1)])


def train(model):
    model.compile("sgd", "mse")
    return model.fit(np.zeros((4, 3), "int32"), np.zeros(4), epochs=2)


class Build(Model):
    pass


pad = partial(pad_sequences, maxlen=3)
"""
WITH_MAIN = (
    MODEL
    + """
first = build(3)
train(first)


def main(epochs=1):
    model = build(4)
    train(model)
    return model, epochs


def read(history):
    return [history.history, history.epoch, history.params["epochs"], type(history).__name__]
"""
)
SCRIPT = (
    MODEL
    + """
m = build(5)
m1 = build(6)
alias = m
train(m)
train(m1)
prediction = m.predict(np.zeros((1, 3), "int32"))
"""
)
WORDS = tokens(10, length=3)


@pytest.fixture(scope="module")
def with_main(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, WITH_MAIN)) as live:
        yield live


@pytest.fixture(scope="module")
def script(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SCRIPT)) as live:
        yield live


def stack(units: int) -> tuple[Embedding, SimpleRNN, Dense]:
    return Embedding(10, 2), SimpleRNN(units), Dense(1)


# Names.


def test_a_wrong_result_names_the_functions_that_it_is_made_by(workers: Workers) -> None:
    source = "def one(x):\n    return two(x) + abs(x)\n\n\ndef two(x):\n    return x\n"
    with closing(a_live_submission(workers, source)) as live:
        called = live.call("one", x=3)

        with pytest.raises(CheckFailed) as wrong, called.made_by():
            expect_equal(called.result(), 7, literal("one"))
        with pytest.raises(CheckFailed) as judged, called.made_by("two"):
            expect_equal(called.result(), 7, literal("one"))

        assert live.called_by("one") == ("two",)
    assert [str(each) for each in wrong.value.feedback.details] == ["one calls two: look there too."]
    assert judged.value.feedback.details == ()


def test_functions_and_classes_of_the_submissions_own_are_defined(with_main: LiveSubmission) -> None:
    names = ("build", "Build", "main", "pad", "first", "batch_size", "keras", "_hidden", "nothing")
    imported = ("Sequential", "pad_sequences")

    assert [name for name in (*names, *imported) if with_main.defines(name)] == ["build", "Build", "main", "pad"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("batch_size", 64),
        ("negative", -3),
        ("rate", 7),
        ("flag", 7),
        ("huge", 7),
        ("_hidden", 7),
        ("build", 7),
        ("nothing", 7),
    ],
)
def test_a_constant_is_a_whole_number_of_the_top_level(with_main: LiveSubmission, name: str, value: int) -> None:
    assert with_main.constant(name, 7) == value


def test_models_of_the_top_level_have_names(script: LiveSubmission, with_main: LiveSubmission) -> None:
    models = script.models()

    assert list(models) == ["m", "m1", "alias"]
    assert models["m"] == models["alias"] != models["m1"]
    expect_settings(Observed(script, models["m1"]), *stack(6), inputs=WORDS)
    assert list(with_main.models()) == ["first"]


# The whole program.


def test_the_program_is_main_where_there_is_one(with_main: LiveSubmission) -> None:
    called = with_main.program(epochs=3)

    assert called.spelled == "main(epochs=3)"
    assert len(called.fitted) == 1, "what the top level trained is not main's"
    assert plain(called.result()) == [None, 3]
    expect_settings(trained_model(called), *stack(4), inputs=WORDS)
    assert with_main.program(epochs=3) is called


def test_the_program_is_the_top_level_where_there_is_no_main(script: LiveSubmission) -> None:
    called = script.program(epochs=3)

    assert called.result() == Plain(None)
    assert len(called.compiled) == len(called.fitted) == 2
    expect_settings(trained_model(called, 0), *stack(5), inputs=WORDS)
    expect_settings(trained_model(called), *stack(6), inputs=WORDS)
    assert trained_model(called, -2) == trained_model(called, 0)


@pytest.mark.parametrize("index", [2, -3])
def test_a_model_that_was_not_trained_is_said(script: LiveSubmission, index: int) -> None:
    with pytest.raises(CheckFailed) as problem:
        trained_model(script.program(), index)

    assert said(problem.value.feedback) == ["Your program never trains a model.", "model.fit(…)"]


def test_a_program_that_stops_keeps_what_it_did(workers: Workers) -> None:
    with closing(a_live_submission(workers, SCRIPT.replace("train(m1)", "train(missing)"))) as broken:
        called = broken.program()

        assert len(called.fitted) == 1
        with pytest.raises(CheckFailed) as problem:
            called.result()
        with pytest.raises(CheckFailed):
            trained_model(called, 1)

    assert said(problem.value.feedback) == [
        "Your code stopped with an exception: NameError: name 'missing' is not defined"
    ]
    assert problem.value.feedback.places[0].code == "train(missing)"


def test_a_notebook_goes_on_behind_a_cell_that_stops(workers: Workers) -> None:
    with closing(a_live_submission(workers, MODEL, "train(missing)", "m = build(5)\ntrain(m)")) as notebook:
        called = notebook.program()

        assert len(called.fitted) == 1
        assert called.failed is not None
        assert list(notebook.models()) == ["m"]


def test_what_cannot_be_run_has_no_program(workers: Workers) -> None:
    with closing(a_live_submission(workers, "def main(:")) as broken:
        for ask in (broken.program, broken.models, lambda: broken.defines("main"), lambda: broken.constant("x", 1)):
            with pytest.raises(Unanswerable):
                ask()


# Things to be given.


def test_a_history_is_handed_over_as_keras_makes_it(with_main: LiveSubmission) -> None:
    given = with_main.history(loss=(0.5, 0.25), val_loss=(0.75,))

    read = with_main.call("read", history=given).result()

    assert isinstance(read, Sequence)
    values, epoch, epochs, kind = read.items
    assert isinstance(values, Mapping)
    assert [(name, plain(each)) for name, each in values.items] == [("loss", [0.5, 0.25]), ("val_loss", [0.75])]
    assert (plain(epoch), plain(epochs), plain(kind)) == ([0, 1], 2, "History")


def test_a_history_is_made_only_once(with_main: LiveSubmission) -> None:
    assert with_main.history(loss=(0.5,)) == with_main.history(loss=(0.5,))
    assert with_main.history(loss=(0.5,)) != with_main.history(loss=(0.25,))


def test_a_model_is_handed_over_only_once(with_main: LiveSubmission) -> None:
    model = with_main.build(Embedding(10, 2), SimpleRNN(3), Dense(1))

    history = with_main.call("train", model=model)

    assert isinstance(history.result(), History)
    assert history.fitted[0].model == model.handle
    assert with_main.build(Embedding(10, 2), SimpleRNN(3), Dense(1)) == model


def test_things_to_be_given_are_made_anew_in_a_new_child(workers: Workers) -> None:
    deadly = WITH_MAIN + "\n\ndef end():\n    import os; os._exit(3)\n"
    with closing(a_live_submission(workers, deadly)) as live:
        before = live.history(loss=(0.5,))
        assert live.call("end").failed is not None
        after = live.history(loss=(0.5,))

        read = live.call("read", history=after).result()

    assert before.handle
    assert plain(read) == [None, [0], 1, "History"]


FORGETFUL = """
import keras


class Endless(keras.Model):
    def call(self, x):
        while True:
            pass


def build():
    return Endless()


def end():
    import os
    os._exit(3)


def take(history):
    return 1
"""


def test_what_a_dead_child_held_cannot_be_asked_for(workers: Workers) -> None:
    """The new child knows nothing of it: that it does not must not be blamed on the student."""
    with closing(a_live_submission(workers, FORGETFUL, timeout_s=3)) as live:
        model = live.call("build").ref()
        for ask in (live.trace, live.partial_trace):
            with pytest.raises(Died) as died:
                ask(model, (np.zeros((2, 3)),))
            assert "did not finish within 3 s" in " ".join(said(died.value.feedback))

        with pytest.raises(Died, match="layers cannot be read"):
            live.layers(model)


def test_things_that_cannot_be_made_fail_the_check(workers: Workers) -> None:
    with closing(a_live_submission(workers, FORGETFUL)) as live:
        live.call("build")
        live._host._child._process.kill()  # type: ignore[union-attr]

        with pytest.raises(Died, match="did not let its inputs be made"):
            live.history(loss=(0.5,))
