"""Expectations of how a model is trained and evaluated: settings, data, which model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed, Died, Unanswerable
from grader.evidence import Big, DataCall, Evaluated, Fitted, History, Optimizer, Pipeline, Plain, Ref, Sequence, Value
from grader.expect.observed import Observed, observed
from grader.expect.pipelines import expect_rows
from grader.expect.words import stack_words
from grader.graph import GraphLayer, graph_of_layers
from grader.report import Feedback
from grader.text import Text, literal, text

STOPPING = ("EarlyStopping", "LearningRateScheduler", "ReduceLROnPlateau")
JOINED = Plain("the training data, cut in two")
"""Stands for data that was found to be the expected, validation part and all."""
MOST_EPOCHS = 10_000
KERAS_DEFAULTS = {
    "epochs": 1,
    "batch_size": 32,
    "shuffle": True,
    "validation_split": 0.0,
    "verbose": "auto",
    "validation_freq": 1,
}


@dataclass(frozen=True, slots=True)
class DataNames:
    """What the data of a method are called."""

    method: str
    inputs: Text
    labels: Text


FIT = DataNames("fit", text("the training data"), text("the training labels"))
VALIDATION = DataNames("fit", text("the validation data"), text("the validation labels"))
EVALUATE = DataNames("evaluate", text("the test data"), text("the test labels"))


def last_fitted(main: Called) -> Fitted:
    """Return the last call of ``fit``.

    Raises:
        CheckFailed: there is none.
    """
    if not main.fitted:
        main.result()
        found = text("{name} never trains a model.", name=main.name)
        raise CheckFailed(Feedback(found, literal("model.fit(…)"), stopped=True))
    return main.fitted[-1]


def expect_fitted(main: Called, *, model: Ref | None = None, stops_early: bool = False, **expected: Any) -> None:
    """Expect a call of ``fit`` with these settings and, if given, this data.

    Args:
        main: the call that trains.
        model: the model that must be the one trained.
        stops_early: whether the lesson wants callbacks that end the training before its last epoch.
        expected: settings by the names of ``fit``; ``x`` and ``y`` are arrays, or lists of arrays any of which
            will do; ``validation_data`` is a pair of them. A pipeline is judged by its rows, in any order.
    """
    fitted = last_fitted(main)
    with main.at(fitted):
        _expect_fit(main, fitted, model, stops_early, expected)


def _expect_fit(main: Called, fitted: Fitted, model: Ref | None, stops_early: bool, expected: dict[str, Any]) -> None:
    if model is not None and fitted.model != model.handle:
        raise CheckFailed(
            Feedback(
                text("{name} trains another model than the one it is given.", name=main.name),
                text("the argument model, if it is not None"),
            )
        )
    whole = _rejoined(fitted, expected)
    _expect_data(whole, expected.pop("x", None), expected.pop("y", None), FIT)
    if (validation := expected.pop("validation_data", None)) is not None:
        expect_validation(fitted, *validation)
    if stops_early:
        whole = msgspec.structs.replace(whole, callbacks=())
    details = [
        difference
        for name, wants in expected.items()
        if (difference := _setting_difference(whole, name, wants)) is not None
    ]
    if details:
        found = text("fit is called with {actual}.", actual=_spelled(whole, tuple(expected)))
        asked = literal(", ".join(f"{name}={wants!r}" for name, wants in expected.items()))
        raise CheckFailed(Feedback(found, asked, tuple(details)))


def expect_validation(fitted: Fitted, x: Any, y: Any) -> None:
    """Expect ``fit`` to be given this validation data."""
    if isinstance(fitted.validation, Pipeline):
        _expect_data(msgspec.structs.replace(fitted, x=fitted.validation, y=Plain(None)), x, y, VALIDATION)
        return
    parts = fitted.validation.items if isinstance(fitted.validation, Sequence) else ()
    if len(parts) != 2:
        found = text("fit is given no validation data.")
        if fitted.settings.get("validation_split"):
            found = text("fit is called with {actual}.", actual=_spelled(fitted, ("validation_split",)))
        raise CheckFailed(Feedback(found, literal("validation_data=(…, …)")))
    given = msgspec.structs.replace(fitted, x=parts[0], y=parts[1])
    _expect_data(given, x, y, VALIDATION)


def _rejoined(fitted: Fitted, expected: Mapping[str, Any]) -> Fitted:
    """Take validation data cut off the end of the training data for ``validation_split``: it is the same."""
    x, y = expected.get("x"), expected.get("y")
    parts = fitted.validation.items if isinstance(fitted.validation, Sequence) else ()
    if x is None or y is None or len(parts) != 2:
        return fitted
    kept = [evidence.array_of(value) for value in (fitted.x, fitted.y)]
    cut = [evidence.array_of(value) for value in parts]
    if any(each is None for each in (*kept, *cut)):
        return fitted
    joined = [np.concatenate([each.ravel() for each in pair]) for pair in zip(kept, cut, strict=True)]  # type: ignore[union-attr]
    if not all(_equal(mine, asked.ravel()) for mine, asked in zip(joined, (_first(x), _first(y)), strict=True)):
        return fitted
    share = len(cut[1]) / len(joined[1])  # type: ignore[arg-type]
    settings = {**fitted.settings, "validation_split": round(share, 3)}
    return msgspec.structs.replace(fitted, x=JOINED, y=JOINED, validation=Plain(None), settings=settings)


def _first(wants: Any) -> np.ndarray:
    array: np.ndarray = _several(wants)[0]
    return array


def _equal(actual: np.ndarray, expected: np.ndarray) -> bool:
    return actual.shape == expected.shape and bool(np.allclose(actual, expected, atol=1e-5))


def _spelled(fitted: DataCall, names: tuple[str, ...]) -> str:
    words = [f"{name}={_setting(fitted, name)!r}" for name in names]
    if "validation_split" in names and fitted.validation != Plain(None):
        words.append("validation_data=…")
    if "epochs" in names and fitted.callbacks:
        words.append(f"callbacks=[{', '.join(each.name for each in fitted.callbacks)}]")
    return ", ".join(words)


def _setting(fitted: DataCall, name: str) -> Any:
    value = fitted.settings.get(name)
    return KERAS_DEFAULTS.get(name) if value is None else value


def _setting_difference(fitted: DataCall, name: str, wants: Any) -> Text | None:
    if name == "validation_split" and fitted.validation != Plain(None):
        return text("validation_data is given: Keras then takes no notice of validation_split.")
    if name == "epochs" and (stopping := [each.name for each in fitted.callbacks if each.name in STOPPING]):
        return text("{callback} may change how long, or how fast, the model learns.", callback=stopping[0])
    has = _setting(fitted, name)
    if name == "validation_freq" and _validates_alike(fitted, has, wants):
        return None
    if has == wants and (isinstance(has, bool) is isinstance(wants, bool) or name == "verbose"):
        return None
    if name == "epochs":
        return text(
            "{name} is {actual}, although epochs={expected} was asked for: use the argument epochs.",
            name=name,
            actual=repr(has),
            expected=repr(wants),
        )
    return text("{name} is {actual}; expected {expected}.", name=name, actual=repr(has), expected=repr(wants))


def _validates_alike(fitted: DataCall, one: Any, other: Any) -> bool:
    epochs = _validated(fitted, one)
    return epochs is not None and epochs == _validated(fitted, other)


def _validated(fitted: DataCall, frequency: Any) -> set[int] | None:
    """Return the epochs after which validation data are looked at; None if that makes no sense."""
    epochs = _setting(fitted, "epochs")
    if type(epochs) is not int or epochs > MOST_EPOCHS:
        return None
    if isinstance(frequency, list):
        return {epoch for epoch in range(1, epochs + 1) if epoch in frequency}
    if type(frequency) is not int or frequency < 1:
        return None
    return set(range(frequency, epochs + 1, frequency))


def expect_fitted_models(main: Called, *built: Called) -> None:
    """Expect the models that ``main`` trains to be those that other functions build, in any order.

    What those functions build is for their own checks to judge.

    Raises:
        Unanswerable: a function builds no model to compare with.
    """
    last_fitted(main)
    trained = [_layers(Observed(main.submission, Ref(each.model))) for each in main.fitted]
    for builder in built:
        try:
            wanted = _layers(observed(builder))
        except Died:
            raise
        except CheckFailed:
            raise Unanswerable(text("First make {name} build a model.", name=builder.name)) from None
        if wanted not in trained:
            main_stopped = (main.failed.found,) if main.failed else ()
            found = text("{name} does not train what {builder} builds.", name=main.name, builder=builder.spelled)
            raise CheckFailed(Feedback(found, literal(stack_words(wanted)), main_stopped))


def _layers(model: Observed) -> list[GraphLayer]:
    """Return the layers that a model holds, in canonical form."""
    return [node.layer for node in graph_of_layers(model.submission.layers(model.ref)).nodes]


def expect_evaluated(main: Called, *, x: Any = None, y: Any = None) -> Evaluated:
    """Expect one of the calls of ``evaluate`` to be on this data, and return it; else the last one is faulted."""
    evaluated: tuple[Evaluated, ...] = main.of_kind(Evaluated)
    if not evaluated:
        main.result()
        raise CheckFailed(
            Feedback(text("{name} never evaluates the model.", name=main.name), literal("model.evaluate(…)"))
        )
    faults = []
    for call in reversed(evaluated):
        try:
            with main.at(call):
                _expect_data(call, x, y, EVALUATE)
            return call
        except CheckFailed as fault:
            faults.append(fault)
    raise faults[0]


def expect_evaluated_on(main: Called, is_meant: Callable[[Evaluated], bool], what: Text) -> None:
    """Expect one of the calls of ``evaluate`` to be on data that ``is_meant`` knows, of the model that was trained."""
    expect_evaluated(main)
    calls = [call for call in main.evaluated if is_meant(call)]
    if not calls:
        main.result()
        with main.at(main.evaluated[-1]):
            raise CheckFailed(Feedback(text("evaluate is never given {what}.", what=what)))
    if main.fitted and all(call.model != main.fitted[-1].model for call in calls):
        with main.at(calls[-1]):
            raise CheckFailed(Feedback(text("Another model is evaluated than the one that was trained.")))


def is_on(call: DataCall, x: np.ndarray, y: np.ndarray) -> bool:
    """Tell whether a call works on this data, in arrays or, but for a last few rows, in a pipeline."""
    if not isinstance(call.x, Pipeline):
        return same_data(call.x, x) and same_data(call.y, y)
    try:
        expect_rows(call.x, x=x, y=y, what=EVALUATE.inputs)
    except CheckFailed:
        return False
    return True


def _expect_data(call: DataCall, x: Any, y: Any, names: DataNames) -> None:
    if isinstance(call.x, Pipeline) and x is not None and y is not None:
        pairs = [(one, other) for one in _several(x) for other in _several(y)]
        if not any(is_on(call, *pair) for pair in pairs):
            expect_rows(call.x, x=pairs[0][0], y=pairs[0][1], what=names.inputs)
        return
    for value, wants, what in ((call.x, x, names.inputs), (call.y, y, names.labels)):
        accepted = _several(wants)
        if wants is None or value is JOINED or any(same_data(value, each) for each in accepted):
            continue
        found = text("{method} is given other data than it should.", method=literal(names.method))
        raise CheckFailed(Feedback(found, what, (_data_note(value, accepted[0]),)))


def _several(wants: Any) -> list[Any]:
    return wants if isinstance(wants, list) else [wants]


def _data_note(value: Value, wants: np.ndarray) -> Text:
    actual = evidence.array_of(value)
    if isinstance(value, Plain) and value.v is None:
        return text("It is given none.")
    if actual is None and not isinstance(value, Big):
        return text("It is given something that is no array.")
    shape = tuple(getattr(value, "shape", None) or actual.shape)  # type: ignore[union-attr]
    if shape != tuple(wants.shape):
        return text(
            "Its shape is {actual}; expected {expected} (of the small data set that the grader uses).",
            actual=str(shape),
            expected=str(tuple(wants.shape)),
        )
    return text("The shape is right, the numbers are not.")


def same_data(value: Value, wants: np.ndarray) -> bool:
    """Tell whether a value holds the same numbers as an array; labels may stand in a column."""
    actual = evidence.array_of(value)
    if isinstance(value, Big):
        return value.shape == wants.shape and value.digest == evidence.digest_of(wants)
    if actual is None:
        return False
    if wants.ndim == 1 and actual.shape == (len(wants), 1):
        actual = actual[:, 0]
    return _equal(actual, wants)


def expect_returns(main: Called) -> None:
    """Expect ``main`` to run to its end and return ``(optimizer, history)``."""
    value = main.result()
    items = value.items if isinstance(value, Sequence) else ()
    optimizer_ok = len(items) == 2 and (
        isinstance(items[0], Optimizer) or (isinstance(items[0], Plain) and isinstance(items[0].v, str))
    )
    if not optimizer_ok or not isinstance(items[1], History):
        kinds = ", ".join(_kind(item) for item in items) or _kind(value)
        found = text("{name} returns {actual}.", name=main.name, actual=kinds)
        raise CheckFailed(Feedback(found, text("the optimizer and the history that fit returns")))


def _kind(value: Value) -> str:
    if isinstance(value, Plain):
        return repr(value.v)
    if isinstance(value, evidence.Mapping):
        return "dict"
    return str(getattr(value, "name", None) or getattr(value, "kind", None) or type(value).__name__)
