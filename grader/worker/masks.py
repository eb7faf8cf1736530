"""Dropout masks of cells that the student's code calls step by step.

A cell keeps the mask that it drew at its first step, so that all steps of a
batch share it; a recurrent layer throws the mask away at the end of its call.
A loop of the student's must do that itself (``cell.reset_dropout_mask()``).
One that does not says what it means all the same: it was right until Keras 3,
where the mask of the first, symbolic pass stays in the cell and fit fails. So a
mask never outlives the call of the model that it was drawn in.
"""

from __future__ import annotations

import contextlib
import functools
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import keras
import tensorflow
from keras.src.layers.rnn.dropout_rnn_cell import DropoutRNNCell

from . import recording

_drawn_in: weakref.WeakKeyDictionary[Any, dict[str, tuple[int, int]]] = weakref.WeakKeyDictionary()
"""The call of a model, and the graph, that each cell drew its masks in."""
EAGER = 0
_calls = 0
_depth = 0


def install() -> None:
    """Let cells ask here before they use a mask again."""
    for kind, attribute in (("dropout", "_dropout_mask"), ("recurrent_dropout", "_recurrent_dropout_mask")):
        name = f"get_{kind}_mask"
        setattr(DropoutRNNCell, name, _fresh(getattr(DropoutRNNCell, name), attribute))


def _fresh(original: Callable[[Any, Any], Any], attribute: str) -> Callable[[Any, Any], Any]:
    @functools.wraps(original)
    def get(cell: Any, step_input: Any) -> Any:
        graphs = _graphs()
        drawn_in = _drawn_in.setdefault(cell, {})
        call, graph = drawn_in.get(attribute, (_calls, EAGER))
        out_of_scope = call != _calls or graph not in graphs
        if _depth and out_of_scope and getattr(cell, attribute, None) is not None:
            setattr(cell, attribute, None)
            recording.note("stale_dropout_mask")
        if getattr(cell, attribute, None) is None:
            drawn_in[attribute] = (_calls, graphs[0])
        return original(cell, step_input)

    return get


def _graphs() -> list[int]:
    """Return the graph that is being made and those around it, whose tensors it can use; last, eager mode."""
    graph = None if tensorflow.executing_eagerly() else tensorflow.compat.v1.get_default_graph()
    graphs = []
    while graph is not None:
        graphs.append(id(graph))
        graph = getattr(graph, "outer_graph", None)
    return [*graphs, EAGER]


@contextlib.contextmanager
def call_of(layer: Any) -> Iterator[None]:
    """Count the outermost calls of models."""
    global _calls, _depth
    if not isinstance(layer, keras.Model):
        yield
        return
    _calls += not _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
