"""Expectations of how a model is compiled.

Losses and metrics are judged by their values on numbers drawn here, optimizers
by class and settings; how they are spelled does not matter.
"""

from __future__ import annotations

import numpy as np

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Compiled, Optimizer, Ref, Sequence
from grader.report import Feedback
from grader.spec import OptimizerSpec
from grader.spec.functions import LOSSES, Loss
from grader.text import Text, literal, text

STEPS, WEIGHTS = 3, 6
STEP_SIZES = (0.01, 0.02)
"""Of gradients: smaller than any that is clipped, and growing, so that AMSGrad is Adam."""

BATCHES, ROWS = 6, 64
"""Each batch is compared by itself: what differs may agree with what is asked by chance, but not six times."""


def last_compiled(main: Called) -> Compiled:
    """Return the last call of ``compile``.

    Raises:
        CheckFailed: there is none.
    """
    if not main.compiled:
        main.result()
        found = text("{name} never compiles a model.", name=main.name)
        raise CheckFailed(Feedback(found, literal("model.compile(…)"), stopped=True))
    return main.compiled[-1]


def expect_compiled(
    main: Called,
    *,
    optimizer: OptimizerSpec | None = None,
    loss: str | None = None,
    metrics: tuple[str, ...] | None = None,
    model: Ref | None = None,
    logits: bool = False,
) -> None:
    """Expect a model compiled with this optimizer, loss and metrics.

    Args:
        main: the call that compiles.
        optimizer: class and settings.
        loss: a name of ``grader.spec.functions.LOSSES``.
        metrics: names of metrics that must be among those compiled.
        model: the model that must be the one compiled.
        logits: whether the model gives logits, so that the loss is right with ``from_logits=True``.
    """
    compiled = last_compiled(main)
    with main.at(compiled):
        if model is not None and compiled.model != model.handle:
            found = text("{name} compiles another model than the one it is given.", name=main.name)
            raise CheckFailed(Feedback(found, text("the argument model, if it is not None")))
        if optimizer is not None:
            _expect_optimizer(main, compiled, optimizer)
        if loss is not None:
            _expect_loss(main, compiled, loss, logits)
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
            shown = f"{has:g}" if isinstance(has, int | float) else "a schedule" if has is None else str(has)
            found = text("The optimizer's {name} is {actual}.", name=name, actual=shown)
            raise CheckFailed(Feedback(found, literal(f"{name}={wants:g}")))
    _expect_steps(main, compiled, expected)


def _expect_steps(main: Called, compiled: Compiled, expected: OptimizerSpec) -> None:
    """Hold what the optimizer says of itself against the steps that it takes."""
    random = main.submission.random
    sizes = np.linspace(*STEP_SIZES, STEPS)[:, np.newaxis]
    gradients = (sizes * random.choice([-1, 1], (STEPS, WEIGHTS))).astype("float32")
    mine = main.submission.step(Ref(compiled.model), gradients)
    asked = expected.after(gradients)
    if mine is None or mine.shape != asked.shape or not np.allclose(mine, asked, atol=1e-3 * expected.learning_rate):
        found = text("The optimizer's steps are not those of {kind} with these settings.", kind=expected.kind)
        raise CheckFailed(Feedback(found, literal(f"{expected.kind}(learning_rate={expected.learning_rate:g})")))


def _forgotten(main: Called, compiled: Compiled) -> tuple[Text, ...]:
    """An optimizer that was made, returned, and never used."""
    returned = main.value.items if isinstance(main.value, Sequence) else (main.value,)
    made = [each for each in returned if isinstance(each, Optimizer) and each.handle != compiled.optimizer.handle]
    if not made:
        return ()
    return (text("You make {kind}, but compile does not get it: pass optimizer=optimizer.", kind=made[0].name),)


def _expect_loss(main: Called, compiled: Compiled, expected: str, logits: bool) -> None:
    if compiled.loss is None:
        raise CheckFailed(Feedback(text("compile is given no loss."), literal(expected)))
    random = main.submission.random
    targets = random.integers(0, 2, (BATCHES, ROWS, 1)).astype("float32")
    predictions = random.uniform(0.05, 0.95, (BATCHES, ROWS, 1)).astype("float32")
    if expected not in ("binary_crossentropy",):
        targets = random.normal(size=(BATCHES, ROWS, 1)).astype("float32")
    numbers = main.submission.measure(Ref(compiled.model), targets, predictions)
    known = [name for name, loss in LOSSES.items() if _agree(numbers["loss"], _each(loss, targets, predictions))]
    if expected in known:
        return
    if logits and known == [f"{expected}(from_logits=True)"]:
        return
    found = text("The loss is {actual}.", actual=known[0] if known else compiled.loss)
    raise CheckFailed(Feedback(found, literal(expected), _misfit(known, compiled.loss, expected)))


def _misfit(known: list[str], spelled: str, expected: str) -> tuple[Text, ...]:
    """Say why a loss does not fit the model, or its labels."""
    if expected == "binary_crossentropy" and known == ["binary_crossentropy(from_logits=True)"]:
        return (text("from_logits=True is for a model whose last layer has no sigmoid."),)
    name = spelled.lower().replace("_", "")
    if "categoricalcrossentropy" in name:
        labels = text("class numbers") if "sparse" in name else text("one column for each class (one-hot)")
        return (
            text(
                "It is for several classes: a model with a node for each, and labels that are {labels}. Here one node "
                "tells 0 from 1.",
                labels=labels,
            ),
        )
    return ()


def _each(loss: Loss, targets: np.ndarray, predictions: np.ndarray) -> np.ndarray:
    """Return a loss for each batch."""
    return np.array([loss(*batch) for batch in zip(targets, predictions, strict=True)])


def _agree(actual: np.ndarray, expected: np.ndarray) -> bool:
    return bool(np.all(np.isfinite(actual)) and np.all(np.abs(actual - expected) <= 1e-4 * (1 + np.abs(expected))))


def _expect_metric(main: Called, compiled: Compiled, expected: str) -> None:
    """Expect accuracy (the only metric of the lessons so far), however it is called."""
    random = main.submission.random
    targets = random.integers(0, 2, (BATCHES, ROWS, 1)).astype("float32")
    predictions = random.uniform(0, 1, (BATCHES, ROWS, 1)).astype("float32")
    wanted = np.mean((predictions > 0.5) == targets, axis=(1, 2))
    numbers = main.submission.measure(Ref(compiled.model), targets, predictions)
    values = [value for name, value in numbers.items() if name.startswith("metric:")]
    if any(_agree(value, wanted) for value in values):
        return
    names = ", ".join(str(name) for name in compiled.metrics)
    found = text("The metrics are {names}.", names=names) if names else text("compile is given no metrics.")
    details: tuple[Text, ...] = ()
    if "Accuracy()" in compiled.metrics:
        details = (text("Accuracy() asks for equal numbers; for probabilities there is BinaryAccuracy()."),)
    raise CheckFailed(Feedback(found, literal(f'metrics=["{expected}"]'), details))
