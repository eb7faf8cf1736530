"""Expectations of callbacks, by what they do in a training whose course is known.

The course has its best ``val_loss`` after an epoch in the middle, behind a
plateau of two epochs that a patience below three would stop at; the other logs
get better all the time, so that watching one of them shows.
"""

from __future__ import annotations

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Fitted, Rehearsal
from grader.expect.training import last_fitted
from grader.report import Feedback
from grader.text import Text, literal, text

PATIENCE = 3
_VAL_LOSS = (0.90, 0.80, 0.84, 0.83, 0.60, 0.71, 0.66, 0.63, 0.70, 0.72, 0.75, 0.74)
BEST = 1 + _VAL_LOSS.index(min(_VAL_LOSS))
_ACCURACY = tuple(round(0.5 + 0.03 * epoch, 3) for epoch in range(len(_VAL_LOSS)))
COURSE = {
    "loss": tuple(round(0.9 - 0.05 * epoch, 3) for epoch in range(len(_VAL_LOSS))),
    "val_loss": _VAL_LOSS,
    **dict.fromkeys(("accuracy", "acc", "binary_accuracy"), _ACCURACY),
    **dict.fromkeys(("val_accuracy", "val_acc", "val_binary_accuracy"), _ACCURACY),
}
NO_CALLBACKS = ("str", "type", "function", "bool", "int", "float")
"""Types of what is written in a callback's place by mistake: a file's name, a class without its parentheses."""


def expect_early_stopping(called: Called, *, patience: int = PATIENCE, restored: bool | None = None) -> None:
    """Expect training to end ``patience`` epochs after the best ``val_loss``.

    Args:
        called: the call that trains.
        patience: so many epochs without a better ``val_loss`` are waited for.
        restored: if given, only whether the weights of the best epoch come back is looked at.
    """
    fitted = last_fitted(called)
    rehearsal = _rehearsed(called, fitted)
    if restored:
        wrong = rehearsal.kept != _best(rehearsal)
        found = text("At the end, the model has the weights of epoch {epoch}.", epoch=rehearsal.kept)
        expected = text("the weights of epoch {epoch}, the best by val_loss", epoch=_best(rehearsal))
    else:
        wrong = rehearsal.epochs != BEST + patience
        found = _end(rehearsal)
        expected = text(
            "an end after epoch {epoch}: {patience} epochs without a better val_loss",
            epoch=BEST + patience,
            patience=patience,
        )
    if wrong:
        with called.at(fitted):
            raise CheckFailed(Feedback(found, expected, (_given(fitted), _course())))


def expect_checkpoint(called: Called, *, path: str | None = None) -> None:
    """Expect the model with the best ``val_loss`` to lie in the file at the end.

    Args:
        called: the call that trains.
        path: the file's name, if it matters.
    """
    fitted = last_fitted(called)
    rehearsal = _rehearsed(called, fitted)
    with called.at(fitted):
        if not rehearsal.saves:
            found = text("No callback saves the model.")
            raise CheckFailed(Feedback(found, literal("ModelCheckpoint"), (_given(fitted), _course())))
        last = rehearsal.saves[-1]
        if last.epoch != _best(rehearsal):
            found = text("At the end, the file holds the model of epoch {epoch}.", epoch=last.epoch)
            expected = text("the model of epoch {epoch}, the best by val_loss", epoch=_best(rehearsal))
            raise CheckFailed(Feedback(found, expected, (_given(fitted), _course())))
        name = last.path.replace("\\", "/").rsplit("/", 1)[-1]
        if path is not None and name != path:
            raise CheckFailed(Feedback(text("The model is saved as {name}.", name=name), literal(path)))


def _rehearsed(called: Called, fitted: Fitted) -> Rehearsal:
    with called.at(fitted):
        if any(each.name in NO_CALLBACKS for each in fitted.callbacks):
            found = text("Not everything in callbacks is a callback.")
            raise CheckFailed(
                Feedback(found, text("objects, such as EarlyStopping(…)"), (_given(fitted),), stopped=True)
            )
        return called.submission.rehearse(tuple(each.handle for each in fitted.callbacks), COURSE)


def _best(rehearsal: Rehearsal) -> int:
    """Return the best epoch of those that were trained."""
    trained = _VAL_LOSS[: rehearsal.epochs]
    return 1 + trained.index(min(trained)) if trained else 0


def _end(rehearsal: Rehearsal) -> Text:
    if rehearsal.epochs == len(_VAL_LOSS):
        return text("Training is not stopped early.")
    return text("Training ends after epoch {epoch}.", epoch=rehearsal.epochs)


def _given(fitted: Fitted) -> Text:
    names = ", ".join(each.name for each in fitted.callbacks)
    return text("fit is called with {actual}.", actual=f"callbacks=[{names}]")


def _course() -> Text:
    return text(
        "Tried with the val_loss of these epochs: {numbers}.",
        numbers=", ".join(f"{number:.2f}" for number in _VAL_LOSS),
    )
