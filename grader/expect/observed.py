"""A model that a submission made or used, and how to trace it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Class, Model, Plain, Ref, Sequence, Trace, Value
from grader.expect.inputs import FEW_WORDS, Inputs
from grader.report import Feedback
from grader.session import LiveSubmission
from grader.text import Text, literal, text

InputSpec: TypeAlias = "Inputs | tuple[Inputs, ...]"


@dataclass(frozen=True, slots=True)
class Observed:
    """A model that the submission used somewhere, such as the one that it fitted."""

    submission: LiveSubmission
    ref: Ref
    spelled: str = ""
    """The call that built it, as code."""


def observed(model: Called | Observed) -> Observed:
    """Return the model that a call returned.

    Raises:
        CheckFailed: it returned something else.
    """
    if isinstance(model, Observed):
        return model
    value = model.result()
    if not isinstance(value, Model):
        raise CheckFailed(_not_a_model(model.name, value))
    return Observed(model.submission, Ref(value.handle), model.spelled)


def trained_model(called: Called, index: int = -1) -> Observed:
    """Return a model that was trained: the last one, or the one of a number.

    Raises:
        CheckFailed: none was.
    """
    if len(called.fitted) <= (index if index >= 0 else -1 - index):
        called.result()
        found = text("{name} never trains a model.", name=called.name)
        raise CheckFailed(Feedback(found, literal("model.fit(…)"), stopped=True))
    return Observed(called.submission, Ref(called.fitted[index].model))


def as_tuple(inputs: InputSpec) -> tuple[Inputs, ...]:
    """Return the inputs of a model, one or several, as a tuple."""
    return inputs if isinstance(inputs, tuple) else (inputs,)


def draw_few(model: Observed, inputs: tuple[Inputs, ...]) -> tuple[np.ndarray, ...]:
    """Draw inputs to trace a model with."""
    return tuple(each.draw(model.submission.random, words=FEW_WORDS) for each in inputs)


def fitting(model: Observed, inputs: tuple[Inputs, ...]) -> tuple[Inputs, ...]:
    """Give inputs of a free length the length that the model was declared with."""
    declared = model.submission.declared(model.ref)
    if len(declared) != len(inputs):
        return inputs
    return tuple(each.of_length(shape) for each, shape in zip(inputs, declared, strict=True))


def traced(model: Observed, inputs: tuple[Inputs, ...]) -> Trace:
    """Run a model on random inputs and return its trace."""
    return model.submission.trace(model.ref, draw_few(model, inputs), whole=whole_of(inputs))


def whole_of(inputs: tuple[Inputs, ...]) -> int | None:
    """Return the lesson's own number of steps, where the inputs have fewer."""
    return next((each.whole for each in inputs if each.whole and each.whole != each.shape[0]), None)


def traced_whole(model: Observed, inputs: tuple[Inputs, ...]) -> tuple[Trace, tuple[Inputs, ...]]:
    """Return the trace, and the inputs that it was made with: of the whole length where the model needs it."""
    try:
        return traced(model, inputs), inputs
    except CheckFailed as problem:
        if all(each.whole is None for each in inputs):
            raise
        first = problem
    whole = tuple(replace(each, shape=(each.whole or each.shape[0], *each.shape[1:])) for each in inputs)
    try:
        return traced(model, whole), whole
    except CheckFailed as second:
        # What fails in the same way at both lengths fails for a reason of its own, which the first attempt tells.
        raise first if first.raised == second.raised else second from None


def _not_a_model(name: str | Text, value: Value) -> Feedback:
    expected = text("a Keras model")
    match value:
        case Plain(v=None):
            hint = text("Does the function end with a return of the model?")
            return Feedback(text("{name} returned None.", name=name), expected, (hint,), stopped=True)
        case Class():
            hint = text("Make an object of the class: put parentheses behind its name.")
            return Feedback(
                text("{name} returned the class {kind}.", name=name, kind=value.name), expected, (hint,), stopped=True
            )
        case Sequence(items=items) if any(isinstance(item, Model) for item in items):
            hint = text("Return the model alone.")
            return Feedback(
                text("{name} returned a {kind}.", name=name, kind=value.kind), expected, (hint,), stopped=True
            )
        case Sequence():
            hint = text("Put the layers into a model: Sequential([...]).")
            return Feedback(
                text("{name} returned a {kind}.", name=name, kind=value.kind), expected, (hint,), stopped=True
            )
        case evidence.Layer():
            hint = text("Put the layers into a model: Sequential([...]).")
            return Feedback(
                text("{name} returned the layer {kind}.", name=name, kind=value.name), expected, (hint,), stopped=True
            )
        case evidence.Other(name="KerasTensor"):
            hint = text("Make a model of it: keras.Model(inputs, outputs).")
            return Feedback(text("{name} returned a tensor (KerasTensor).", name=name), expected, (hint,), stopped=True)
        case evidence.Other(name="function" | "method"):
            hint = text("Call the function: put parentheses behind its name.")
            return Feedback(text("{name} returned a function.", name=name), expected, (hint,), stopped=True)
    kind = type(value.v).__name__ if isinstance(value, Plain) else getattr(value, "name", getattr(value, "kind", "?"))
    return Feedback(text("{name} returned a value of type {kind}.", name=name, kind=str(kind)), expected, stopped=True)
