"""Expectations of how a model differs between training and use."""

from __future__ import annotations

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import LayerState
from grader.expect.observed import InputSpec, Observed, as_tuple, draw_few, fitting, observed, traced_whole, whole_of
from grader.report import Feedback
from grader.text import literal, text


def expect_dropout(model: Called | Observed, *, inputs: InputSpec) -> None:
    """Expect dropout to be at work in training, and only there.

    Raises:
        Unanswerable: the model has none, or does not use it.
    """
    seen = observed(model)
    if not any(_drops(layer) for layer in seen.submission.layers(seen.ref)):
        raise Unanswerable(text("First give the model dropout."))
    trace, several = traced_whole(seen, fitting(seen, as_tuple(inputs)))
    if not any(_drops(trace.layers[call.layer]) for call in trace.calls):
        raise Unanswerable(text("First let call use what drops out."))
    drawn = draw_few(seen, several)

    def run(training: bool) -> np.ndarray | None:
        answers = seen.submission.run(seen.ref, [], drawn, training=training, whole=whole_of(several))
        return evidence.array_of(answers[0]) if answers else None

    # The second batch shows what the first left behind: a mask that a cell keeps.
    used, again, _, trained = run(False), run(False), run(True), run(True)
    if used is None or again is None or trained is None:
        raise CheckFailed(Feedback(text("Your model's output is no array of numbers.")))
    if used.shape != again.shape or not np.allclose(used, again, atol=1e-6):
        found = text("Run again on the same inputs, your model computes other numbers.")
        details = text(
            "Dropout belongs to training only: training=training hands the flag on, training=True forces it."
        )
        raise CheckFailed(Feedback(found, None, (details,)))
    if np.allclose(used, trained, atol=1e-6):
        found = text("In training, your model computes the same as in use: nothing is dropped out.")
        details = text("call needs the parameter training, and hands it on to what drops out.")
        raise CheckFailed(Feedback(found, literal("training=training"), (details,)))


def _drops(layer: LayerState) -> bool:
    rates = (layer.settings.get(name) for name in ("rate", "dropout", "recurrent_dropout"))
    return any(rates) or any(_drops(part) for part in layer.inner)
