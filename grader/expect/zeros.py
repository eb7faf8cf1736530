"""Expectations of the zero states that a loop over cells starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from grader import evidence
from grader.called import Called
from grader.errors import CheckFailed, Died, Unanswerable
from grader.evidence import Sequence, Value
from grader.expect.comparison import Comparison
from grader.expect.inputs import Inputs
from grader.expect.observed import Observed, observed
from grader.expect.wiring import held_layers
from grader.graph import RECURRENT
from grader.report import Feedback
from grader.spec import Layer, Recurrent, chain
from grader.text import literal, text


def expect_zero_states(model: Called | Observed, *layers: Layer, inputs: Inputs, names: tuple[str, ...]) -> None:
    """Expect the recurrent layers of a stack to start from zeros.

    States that a model keeps under the lesson's names are judged as they are; those of other
    names, or made in ``call``, as the model uses them. Which state a layer starts from is for
    :func:`~grader.expect.wiring.expect_wiring` to judge.

    Args:
        model: the model.
        layers: the stack.
        inputs: what it is run on.
        names: what the lesson calls the states.

    Raises:
        Unanswerable: the model neither runs nor keeps any state.
    """
    seen = observed(model)
    kept = seen.submission.kept(seen.ref)
    known = {name: value for name, value in kept.items() if name in names}
    cell = next(layer for layer in layers if isinstance(layer, Recurrent))
    sizes = (each.settings.get("units") for each in held_layers(model) if each.kind in RECURRENT)
    units = {size for size in sizes if isinstance(size, int)}
    _expect_zeros(known, cell, inputs.batch, units)
    starts = len(known) == len(names) or _starts_from_zeros(model, layers, inputs)
    if starts:
        return
    _expect_zeros(kept, cell, inputs.batch, units)
    if kept and len(kept) < len(names):
        found = text("The only zero states that your model keeps: {names}", names=_attributes(kept))
        raise CheckFailed(Feedback(found, literal(_attributes(names))))
    if not kept and starts is None:
        raise Unanswerable(text("First make the zero states."))
    if not kept:
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


def _expect_zeros(kept: Mapping[str, Value], cell: Recurrent, rows: int, units: set[int]) -> None:
    """Expect what a model keeps to be the zero states of a cell; one tensor may stand without a list.

    Args:
        kept: the tensors, by the names of the attributes.
        cell: what the cell should be.
        rows: the size of a batch.
        units: the sizes of the model's own cells, which are as good.
    """
    expected = literal(f"[{', '.join(['tf.zeros([batch_size, units])'] * cell.STATES)}]")
    for name, value in kept.items():
        arrays = [evidence.array_of(each) for each in (value.items if isinstance(value, Sequence) else (value,))]
        if len(arrays) < cell.STATES:
            found = text("The number of tensors in self.{name}: {count}", name=name, count=len(arrays))
            raise CheckFailed(Feedback(found, expected))
        shapes = [None if each is None else each.shape for each in arrays]
        for shape in shapes:
            if shape not in {(rows, size) for size in (*units, cell.units)}:
                found = text("self.{name} holds a tensor of the shape {actual}.", name=name, actual=str(shape or "—"))
                raise CheckFailed(Feedback(found, literal(str((rows, cell.units)))))
        if any(np.any(each) for each in arrays if each is not None):
            raise CheckFailed(Feedback(text("self.{name} holds other numbers than zeros.", name=name), expected))
