"""Expectations of tf.data pipelines, by the rows and batches that come out."""

from __future__ import annotations

import numpy as np

from grader import evidence
from grader.errors import CheckFailed
from grader.evidence import Array, Big, Pipeline, Plain, Sequence, Value
from grader.report import Feedback
from grader.text import Text, literal, text

BATCHING = ("batch", "padded_batch")


def expect_rows(pipeline: Value | None, *, x: np.ndarray, y: np.ndarray, what: Text) -> None:
    """Expect a pipeline to give these rows with their labels, in any order; the last few may be left out.

    Args:
        pipeline: what ``fit``, ``evaluate`` or a function was given or gave.
        x: the inputs, ``(rows, …)``.
        y: their labels, ``(rows,)``.
        what: what the pipeline is called: the training data.
    """
    seen = _pipeline(pipeline, what)
    inputs, labels = evidence.array_of(seen.x), evidence.array_of(seen.y)
    if inputs is None or labels is None or not inputs.ndim or inputs.shape[:1] != labels.shape[:1]:
        raise CheckFailed(_no_pairs(seen, labels, what))
    if inputs.shape[1:] != x.shape[1:]:
        found = text("A row of {what} has the shape {actual}.", what=what, actual=str(inputs.shape[1:]))
        raise CheckFailed(Feedback(found, literal(str(x.shape[1:]))))
    mine, asked = _counted(inputs, labels.reshape(len(inputs), -1)), _counted(x, y.reshape(len(x), -1))
    if any(row not in asked for row in mine):
        found = text("There are rows in {what} that should not be there.", what=what)
        foreign = sum(count for row, count in mine.items() if row not in asked)
        details = text("{count} of {size} are not as expected.", count=foreign, size=len(inputs))
        raise CheckFailed(Feedback(found, None, (details,)))
    if any(count > asked[row] for row, count in mine.items()):
        raise CheckFailed(Feedback(text("Rows of {what} come more than once.", what=what)))
    largest = max(seen.batches, default=0)
    if len(inputs) + largest <= len(x):
        found = text("There are {count} rows in {what}.", what=what, count=len(inputs))
        raise CheckFailed(Feedback(found, text("{count}, or a little less", count=len(x))))


def _no_pairs(seen: Pipeline, labels: np.ndarray | None, what: Text) -> Feedback:
    if not seen.batches:
        return Feedback(text("Not one batch comes out of {what}.", what=what))
    single = labels is not None and labels.shape == (len(seen.batches),)
    if single and not any(each.name in BATCHING for each in seen.operations):
        return Feedback(text("The rows of {what} are not packed into batches.", what=what), literal("batch"))
    return Feedback(text("Here {what} are no pairs of an input and its label.", what=what))


def shares_rows(one: Value | None, other: Value | None) -> bool:
    """Tell whether two pipelines give the same rows, by more than half of the first one's."""
    inputs = [evidence.array_of(each.x) if isinstance(each, Pipeline) else None for each in (one, other)]
    if inputs[0] is None or inputs[1] is None or inputs[0].shape[1:] != inputs[1].shape[1:]:
        return False
    mine, theirs = ({row.tobytes() for row in each} for each in inputs if each is not None)
    return 2 * len(mine & theirs) > len(mine)


def expect_batches(pipeline: Value | None, *, batch_size: int, what: Text, drop_remainder: bool = True) -> None:
    """Expect batches of this size; with ``drop_remainder``, no smaller one at the end."""
    sizes = _pipeline(pipeline, what).batches
    if not sizes or sizes[0] != batch_size or any(size != batch_size for size in sizes[:-1]):
        found = text("The batches of {what} hold {sizes} rows.", what=what, sizes=_some(sizes))
        raise CheckFailed(Feedback(found, literal(str(batch_size))))
    if drop_remainder and sizes[-1] != batch_size:
        found = text("The last batch of {what} holds {size} rows only.", what=what, size=sizes[-1])
        raise CheckFailed(Feedback(found, text("batches of {size} rows only", size=batch_size)))


def expect_shuffled(pipeline: Value | None, *, x: np.ndarray, what: Text, buffer_size: int) -> None:
    """Expect single rows, not whole batches, to be shuffled, with a buffer of at least this size."""
    seen = _pipeline(pipeline, what)
    names = [each.name for each in seen.operations]
    inputs = evidence.array_of(seen.x)
    if "shuffle" not in names:
        if inputs is not None and not np.array_equal(inputs, x[: len(inputs)]):
            return
        raise CheckFailed(
            Feedback(text("The rows of {what} come in the same order in every epoch.", what=what), literal("shuffle"))
        )
    if any(name in BATCHING for name in names[: names.index("shuffle")]):
        found = text("The batches of {what} are shuffled, not the rows: the same rows stay together.", what=what)
        raise CheckFailed(Feedback(found, text("shuffle before batch")))
    settings = seen.operations[names.index("shuffle")].settings
    size = settings.get("buffer_size")
    if not isinstance(size, int) or 0 <= size < min(buffer_size, len(x)) or (size < buffer_size and size != len(x)):
        found = text("shuffle has a buffer of {size} rows.", size=str(size))
        raise CheckFailed(Feedback(found, literal(f"shuffle({buffer_size})")))
    if settings.get("reshuffle_each_iteration") is False:
        found = text("The rows of {what} come in the same order in every epoch.", what=what)
        raise CheckFailed(Feedback(found, text("another order in every epoch")))


def _pipeline(value: Value | None, what: Text) -> Pipeline:
    if isinstance(value, Pipeline):
        return value
    if value is None or value == Plain(None):
        raise CheckFailed(Feedback(text("Nothing is given as {what}.", what=what)))
    found = text("Here {what} are of type {kind}.", what=what, kind=_kind(value))
    raise CheckFailed(Feedback(found, literal("tf.data.Dataset")))


def _kind(value: Value) -> str:
    if isinstance(value, Array | Big | Sequence):
        return "array"
    return type(value.v).__name__ if isinstance(value, Plain) else str(getattr(value, "name", type(value).__name__))


def _counted(inputs: np.ndarray, labels: np.ndarray) -> dict[bytes, int]:
    """Count every row with its label."""
    rows = np.concatenate([inputs.reshape(len(inputs), -1), labels], axis=1).astype("<f8") + 0.0
    counted: dict[bytes, int] = {}
    for row in rows:
        counted[row.tobytes()] = counted.get(row.tobytes(), 0) + 1
    return counted


def _some(sizes: tuple[int, ...]) -> str:
    return ", ".join(map(str, sizes[:3])) + (", …" if len(sizes) > 3 else "") if sizes else "—"
