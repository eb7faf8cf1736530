"""Expectations of how a model is compiled, fitted and evaluated.

Losses and metrics are judged by their values on numbers drawn here, optimizers
by class and settings; how they are spelled does not matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Compiled, DataCall, Evaluated, Fitted, History, Optimizer, Plain, Ref, Sequence, Value
from grader.expect.inputs import Inputs
from grader.expect.model import expect_settings
from grader.expect.observed import Observed
from grader.report import Feedback
from grader.spec import Layer, OptimizerSpec
from grader.spec.functions import LOSSES
from grader.text import Text, literal, text

NUMBERS = 64
KERAS_DEFAULTS = {"epochs": 1, "batch_size": 32, "shuffle": True, "validation_split": 0.0, "verbose": "auto"}


def last_compiled(main: Called) -> Compiled:
    """Return the last call of ``compile``.

    Raises:
        CheckFailed: there is none.
    """
    if not main.compiled:
        main.result()
        raise CheckFailed(Feedback(text("{name} never compiles a model.", name=main.name), literal("model.compile(…)")))
    return main.compiled[-1]


def last_fitted(main: Called) -> Fitted:
    """Return the last call of ``fit``.

    Raises:
        CheckFailed: there is none.
    """
    if not main.fitted:
        main.result()
        raise CheckFailed(Feedback(text("{name} never trains a model.", name=main.name), literal("model.fit(…)")))
    return main.fitted[-1]


def expect_compiled(
    main: Called,
    *,
    optimizer: OptimizerSpec | None = None,
    loss: str | None = None,
    metrics: tuple[str, ...] | None = None,
    model: Ref | None = None,
) -> None:
    """Expect a model compiled with this optimizer, loss and metrics.

    Args:
        main: the call that compiles.
        optimizer: class and settings.
        loss: a name of ``grader.spec.functions.LOSSES``.
        metrics: names of metrics that must be among those compiled.
        model: the model that must be the one compiled.
    """
    compiled = last_compiled(main)
    if model is not None and compiled.model != model.handle:
        raise CheckFailed(
            Feedback(
                text("{name} compiles another model than the one it is given.", name=main.name),
                text("the argument model, if it is not None"),
            )
        )
    if optimizer is not None:
        _expect_optimizer(main, compiled, optimizer)
    if loss is not None:
        _expect_loss(main, compiled, loss)
    for metric in metrics or ():
        _expect_metric(main, compiled, metric)


def _expect_optimizer(main: Called, compiled: Compiled, expected: OptimizerSpec) -> None:
    actual = compiled.optimizer
    asked = literal(f"{expected.kind}(learning_rate={expected.learning_rate:g})")
    if not compiled.optimizer_given:
        found = text("compile is given no optimizer, so Keras takes rmsprop.")
        raise CheckFailed(Feedback(found, asked, _forgotten(main, compiled)))
    if actual.kind != expected.kind:
        found = text("The optimizer is {actual}.", actual=actual.kind)
        raise CheckFailed(Feedback(found, asked, _forgotten(main, compiled)))
    for name, wants in expected.settings.items():
        has = actual.settings.get(name)
        if not isinstance(has, int | float) or abs(has - wants) > 1e-6 * max(1.0, abs(wants)):
            shown = f"{has:g}" if isinstance(has, int | float) else str(has)
            found = text("The optimizer's {name} is {actual}.", name=name, actual=shown)
            raise CheckFailed(Feedback(found, literal(f"{name}={wants:g}")))


def _forgotten(main: Called, compiled: Compiled) -> tuple[Text, ...]:
    """An optimizer that was made, returned, and never used."""
    returned = main.value.items if isinstance(main.value, Sequence) else (main.value,)
    made = [each for each in returned if isinstance(each, Optimizer) and each.handle != compiled.optimizer.handle]
    if not made:
        return ()
    return (text("You make {kind}, but compile does not get it: pass optimizer=optimizer.", kind=made[0].name),)


def _expect_loss(main: Called, compiled: Compiled, expected: str) -> None:
    random = main.submission.random
    targets = random.integers(0, 2, (NUMBERS, 1)).astype("float32")
    predictions = random.uniform(0.05, 0.95, (NUMBERS, 1)).astype("float32")
    if expected not in ("binary_crossentropy",):
        targets = random.normal(size=(NUMBERS, 1)).astype("float32")
    numbers = main.submission.measure(Ref(compiled.model), targets, predictions)
    if _agree(numbers["loss"], LOSSES[expected](targets, predictions)):
        return
    known = [name for name, loss in LOSSES.items() if _agree(numbers["loss"], loss(targets, predictions))]
    if compiled.loss is None:
        found = text("compile is given no loss.")
    else:
        found = text("The loss is {actual}.", actual=known[0] if known else compiled.loss)
    details: tuple[Text, ...] = ()
    if known == ["binary_crossentropy(from_logits=True)"]:
        details = (text("from_logits=True is for a last layer without sigmoid; yours has already applied it."),)
    raise CheckFailed(Feedback(found, literal(expected), details))


def _agree(actual: float, expected: float) -> bool:
    return bool(np.isfinite(actual)) and abs(actual - expected) <= 1e-4 * (1 + abs(expected))


def _expect_metric(main: Called, compiled: Compiled, expected: str) -> None:
    """Expect accuracy (the only metric of the lessons so far), however it is called."""
    random = main.submission.random
    targets = random.integers(0, 2, (NUMBERS, 1)).astype("float32")
    predictions = random.uniform(0, 1, (NUMBERS, 1)).astype("float32")
    wanted = float(np.mean((predictions > 0.5) == targets))
    numbers = main.submission.measure(Ref(compiled.model), targets, predictions)
    values = [value for name, value in numbers.items() if name.startswith("metric:")]
    if any(_agree(value, wanted) for value in values):
        return
    names = ", ".join(str(name) for name in compiled.metrics)
    found = text("The metrics are {names}.", names=names) if names else text("compile is given no metrics.")
    raise CheckFailed(Feedback(found, literal(f'metrics=["{expected}"]')))


def expect_fitted(main: Called, *, model: Ref | None = None, **expected: Any) -> None:
    """Expect a call of ``fit`` with these settings and, if given, this data.

    Args:
        main: the call that trains.
        model: the model that must be the one trained.
        expected: settings by the names of ``fit``; ``x`` and ``y`` are arrays.
    """
    fitted = last_fitted(main)
    if model is not None and fitted.model != model.handle:
        raise CheckFailed(
            Feedback(
                text("{name} trains another model than the one it is given.", name=main.name),
                text("the argument model, if it is not None"),
            )
        )
    _expect_data(fitted, expected.pop("x", None), expected.pop("y", None), text("fit"))
    details = [
        difference
        for name, wants in expected.items()
        if (difference := _setting_difference(fitted, name, wants)) is not None
    ]
    if details:
        found = text("fit is called with {actual}.", actual=_spelled(fitted, tuple(expected)))
        raise CheckFailed(
            Feedback(found, literal(", ".join(f"{name}={wants!r}" for name, wants in expected.items())), tuple(details))
        )


def _spelled(fitted: DataCall, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name}={_setting(fitted, name)!r}" for name in names)


def _setting(fitted: DataCall, name: str) -> Any:
    value = fitted.settings.get(name)
    return KERAS_DEFAULTS.get(name) if value is None else value


def _setting_difference(fitted: DataCall, name: str, wants: Any) -> Text | None:
    has = _setting(fitted, name)
    same = has == wants and isinstance(has, bool) is isinstance(wants, bool)
    if same or (name == "verbose" and has == wants):
        return None
    if name == "epochs":
        return text(
            "{name} is {actual}, although epochs={expected} was asked for: use the argument epochs.",
            name=name,
            actual=repr(has),
            expected=repr(wants),
        )
    return text("{name} is {actual}; expected {expected}.", name=name, actual=repr(has), expected=repr(wants))


def expect_fitted_model(main: Called, *layers: Layer, inputs: Inputs, number: int = -1) -> None:
    """Expect the model of a call of ``fit`` (the last one by default) to be this stack of layers.

    What it computes is for the function that built it to show (``expect_model``).
    """
    last_fitted(main)
    if not -len(main.fitted) <= number < len(main.fitted):
        found = text("{name} trains {count} model(s) only.", name=main.name, count=len(main.fitted))
        raise CheckFailed(Feedback(found))
    expect_settings(Observed(main.submission, Ref(main.fitted[number].model)), *layers, inputs=inputs)


def expect_evaluated(main: Called, *, x: Any = None, y: Any = None) -> None:
    """Expect a call of ``evaluate`` on this data."""
    evaluated: tuple[Evaluated, ...] = main.of_kind(Evaluated)
    if not evaluated:
        main.result()
        raise CheckFailed(
            Feedback(text("{name} never evaluates the model.", name=main.name), literal("model.evaluate(…)"))
        )
    _expect_data(evaluated[-1], x, y, text("evaluate"))


def _expect_data(call: DataCall, x: Any, y: Any, method: Text) -> None:
    for name, value, wants in (("x", call.x, x), ("y", call.y, y)):
        if wants is None:
            continue
        if not same_data(value, wants):
            what = text("the training data") if name == "x" else text("the training labels")
            if str(method) == "evaluate":
                what = text("the test data") if name == "x" else text("the test labels")
            found = text("{method} is given other data than it should.", method=method)
            raise CheckFailed(Feedback(found, what, (_shape_note(value, wants),)))


def _shape_note(value: Value, wants: Any) -> Text:
    shape = getattr(value, "shape", None)
    asked = getattr(wants, "shape", None)
    if shape is not None and asked is not None and tuple(shape) != tuple(asked):
        return text("Its shape is {actual}; expected {expected}.", actual=str(tuple(shape)), expected=str(tuple(asked)))
    return text("The shape is right, the numbers are not.")


def same_data(value: Value, wants: Any) -> bool:
    """Tell whether a value holds the same numbers as an array or another value."""
    mine = getattr(value, "digest", None)
    theirs = getattr(wants, "digest", None)
    if mine and theirs:
        return bool(mine == theirs and tuple(value.shape) == tuple(wants.shape))  # type: ignore[union-attr]
    actual, expected = evidence.array_of(value), wants if isinstance(wants, np.ndarray) else evidence.array_of(wants)
    if actual is None or expected is None:
        return False
    return actual.size == expected.size and bool(np.allclose(actual.ravel(), expected.ravel(), atol=1e-5))


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
    return str(getattr(value, "name", None) or getattr(value, "kind", None) or type(value).__name__)
