"""Expectations of the zero states that a loop over cells starts from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed, Died, Unanswerable
from grader.evidence import Sequence, Value
from grader.expect.comparison import Comparison
from grader.expect.inputs import Inputs
from grader.expect.observed import Observed, observed
from grader.graph import RECURRENT
from grader.report import Feedback
from grader.spec import Layer, Recurrent, chain
from grader.text import literal, text


def expect_zero_states(model: Called | Observed, *layers: Layer, inputs: Inputs, names: tuple[str, ...]) -> None:
    """Expect the recurrent layers of a stack to start from zeros.

    That is seen when the model runs. Of a model that does not, or that starts from something
    else, the states are judged that it keeps: which of them it starts from is for
    :func:`~grader.expect.wiring.expect_wiring` to judge.

    Args:
        model: the model.
        layers: the stack.
        inputs: what it is run on.
        names: what the lesson calls the states; other names are as good.

    Raises:
        Unanswerable: the model neither runs nor keeps any state.
    """
    starts = _starts_from_zeros(model, layers, inputs)
    if starts:
        return
    seen = observed(model)
    kept = seen.submission.kept(seen.ref)
    cell = next(layer for layer in layers if isinstance(layer, Recurrent))
    for name, value in kept.items():
        _expect_zeros(name, value, count=cell.STATES, shape=(inputs.batch, cell.units))
    if len(kept) >= len(names):
        return
    if kept:
        found = text("The only zero states that your model keeps: {names}", names=_attributes(kept))
        raise CheckFailed(Feedback(found, literal(_attributes(names))))
    if starts is None:
        raise Unanswerable(text("First make the zero states."))
    raise CheckFailed(Feedback(text("The first state of a cell is not zero."), literal("tf.zeros")))


def _attributes(names: Iterable[str]) -> str:
    return ", ".join(f"self.{name}" for name in names)


def _starts_from_zeros(model: Called | Observed, layers: tuple[Layer, ...], inputs: Inputs) -> bool | None:
    """Tell whether all recurrent layers start from zeros; None where the model does not run as far as that."""
    try:
        comparison = Comparison.of(model, chain(*layers), inputs)
    except Died:
        raise
    except (CheckFailed, Unanswerable):
        return None
    started = [node.states for node in comparison.graph.nodes if node.layer.kind in RECURRENT]
    asked = [layer for layer in layers if isinstance(layer, Recurrent)]
    return None if comparison.failure or len(started) != len(asked) else not any(started)


def _expect_zeros(name: str, value: Value, *, count: int, shape: tuple[int, ...]) -> None:
    """Expect what a model keeps under a name to be so many tensors of zeros; one may stand without a list."""
    arrays = [evidence.array_of(each) for each in (value.items if isinstance(value, Sequence) else (value,))]
    expected = literal(f"[{', '.join(['tf.zeros([batch_size, units])'] * count)}]")
    if len(arrays) != count:
        found = text("The number of tensors in self.{name}: {count}", name=name, count=len(arrays))
        raise CheckFailed(Feedback(found, expected))
    for array in arrays:
        if array is None or array.shape != shape:
            actual = "—" if array is None else str(array.shape)
            found = text("self.{name} holds a tensor of the shape {actual}.", name=name, actual=actual)
            raise CheckFailed(Feedback(found, literal(str(shape))))
        if np.any(array):
            raise CheckFailed(Feedback(text("self.{name} holds other numbers than zeros.", name=name), expected))
