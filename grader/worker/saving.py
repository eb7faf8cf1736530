"""Models that are saved and loaded again: what comes out counts as the model that went in.

``fit`` does not train here, so both compute the same. Loading compiles a model
as it had been compiled; that is no ``compile`` of the student's.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

from keras.src.legacy.saving import legacy_h5_format
from keras.src.saving import saving_lib

from . import recording

_saved: dict[str, str] = {}
"""The handle of the model that lies in a file."""


def install() -> None:
    """Look on where Keras writes and reads models, in its own format and in HDF5."""
    for home, write, read in (
        (saving_lib, "save_model", "load_model"),
        (legacy_h5_format, "save_model_to_hdf5", "load_model_from_hdf5"),
    ):
        setattr(home, write, _writing(getattr(home, write)))
        setattr(home, read, _reading(getattr(home, read)))


def _writing(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def write(model: Any, filepath: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(model, filepath, *args, **kwargs)
        if isinstance(filepath, str | os.PathLike):
            _saved[os.path.realpath(filepath)] = recording.handle_of(model)
        return result

    return write


def _reading(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def read(filepath: Any, *args: Any, **kwargs: Any) -> Any:
        events = len(recording.EVENTS)
        model = original(filepath, *args, **kwargs)
        del recording.EVENTS[events:]
        if isinstance(filepath, str | os.PathLike) and (known := _saved.get(os.path.realpath(filepath))):
            recording.pass_for(model, known)
        return model

    return read
