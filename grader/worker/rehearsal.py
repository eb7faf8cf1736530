"""What callbacks do, seen by taking them through a training whose course is given.

However a checkpoint or an early stop was built, this is what counts: after
which epoch training ends, whose epoch's weights the model has then, and which
epoch's model lies in which file. The model is a single weight that says its epoch.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def of(callbacks: list[Any], course: dict[str, list[float]]) -> dict[str, Any]:
    """Return what callbacks do when the logs of the epochs are those of ``course``.

    Returns:
        ``{"epochs": trained, "kept": epoch of the weights at the end, "saves": [{"epoch", "path"}, ...]}``.
    """
    model = _model([name for name in course if name != "loss" and not name.startswith("val_")])
    epoch, saves = 0, []

    def save(path: Any, *_: Any, **__: Any) -> None:
        saves.append({"epoch": epoch, "path": str(path)})

    model.save, model.save_weights = save, save
    length = len(next(iter(course.values())))
    training = keras.callbacks.CallbackList(callbacks, model=model, epochs=length, verbose=0, steps=1)
    model.stop_training = False
    training.on_train_begin()
    for epoch in range(1, length + 1):
        training.on_epoch_begin(epoch - 1)
        training.on_train_batch_begin(0)
        model.set_weights([np.array([[epoch]], "float32")])
        training.on_train_batch_end(0, {"loss": course["loss"][epoch - 1]})
        training.on_epoch_end(epoch - 1, {name: numbers[epoch - 1] for name, numbers in course.items()})
        if model.stop_training:
            break
    training.on_train_end()
    return {"epochs": epoch, "kept": round(float(model.get_weights()[0][0, 0])), "saves": saves}


def _model(metrics: list[str]) -> Any:
    """Return a model with these metrics, which a callback asks whether more of them is better."""
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile("sgd", "mse", metrics=[keras.metrics.BinaryAccuracy(name) for name in metrics])
    nothing = keras.ops.zeros((1, 1))
    model.compute_metrics(nothing, nothing, nothing)
    return model
