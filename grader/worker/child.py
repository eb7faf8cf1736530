"""One submission: its requests, answered one by one.

======== ==================================================== ==================
request  asks                                                 answer
======== ==================================================== ==================
begin    go into the scratch folder and confine yourself      level
load     run the source, cell by cell                         failures, names
call     call a public function or class                      result or failure
build    make a model of plain Keras layers                   result
dataset  make a tf.data pipeline of arrays                    result
history  make a history of given values                       result
layers   describe the layers that a model holds               layers
trace    run a model once on inputs and describe it           trace
run      set weights, run a model on inputs                   outputs
measure  evaluate the compiled loss and metrics               numbers
step     let the compiled optimizer take steps                 outputs
rehearse take callbacks through a course of training          rehearsal
======== ==================================================== ==================

Every answer holds ``events`` (what Keras, Matplotlib and statsmodels were
asked since the last one) and ``notes``.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
from typing import Any

import keras
import numpy as np
import tensorflow

from . import (
    compat,
    compat_series,
    confinement,
    layers,
    loading,
    masks,
    pictures,
    pipelines,
    platforms,
    recording,
    rehearsal,
    saving,
    timeseries,
    trace,
    training,
    unrolled,
    values,
)
from .channel import Blob, Channel

SEED = 2022
ENCODERS = {
    "drawn": pictures.encode_event,
    "arima": timeseries.encode_event,
    "described": timeseries.encode_event,
}


def install() -> None:
    """Put everything in place that watches; runs no TensorFlow operation."""
    layers.install()
    compat.install()
    masks.install()
    pipelines.install()
    unrolled.install()
    trace.install()
    training.install()
    saving.install()
    pictures.install()
    timeseries.install()
    compat_series.install()


def serve(reader: int, writer: int, output: int) -> None:
    """Answer requests until the parent closes the channel; never return."""
    channel = Channel(os.fdopen(reader, "rb"), os.fdopen(os.dup(writer), "wb"))
    _redirect_output(output)
    while True:
        try:
            body, raw = channel.receive()
        except EOFError:
            sys.stdout.flush()
            os._exit(0)
        request = _parse(body)
        answer, blob = respond(request, raw)
        sys.stdout.flush()
        channel.send({**answer, "id": request["id"]}, blob)


def _parse(body: bytes) -> dict[str, Any]:
    import json  # noqa: PLC0415

    request: dict[str, Any] = json.loads(body)
    return request


def _redirect_output(output: int) -> None:
    """Send what the student prints to ``output``; leave no keyboard."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    if output != 1:
        os.dup2(output, 1)
    if output != 2:
        os.dup2(output, 2)
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115


def respond(request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], Blob]:
    """Carry out one request and say what came of it."""
    blob = Blob()
    seen = len(recording.EVENTS)
    try:
        answer = REQUESTS[request["do"]](request, raw, blob)
    except BaseException as problem:  # the student's code may raise anything
        answer = {"failure": loading.failure_of(problem)}
    events = [_encode_event(event, blob) for event in recording.EVENTS[seen:]]
    return {**answer, "events": events, "notes": recording.NOTES}, blob


def _encode_event(event: dict[str, Any], blob: Blob) -> dict[str, Any]:
    return ENCODERS.get(event["t"], training.encode_event)(event, blob)


def begin(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Confine this process."""
    recording.LIFE = request.get("life", 0)
    level = confinement.confine(request["scratch"], request["memory_bytes"])
    # What a submission prints of its untrained models is the same in every run.
    keras.utils.set_random_seed(SEED)
    # A graph hides from the trace what ran on what.
    tensorflow.config.run_functions_eagerly(True)
    platforms.serve_files_from(request["scratch"])
    return {"level": level}


def load(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Run the student's source."""
    return loading.load(request["cells"])


def call(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Call a public name with arguments; by name where its parameters have them."""
    target = loading.MODULE.__dict__[request["name"]]
    arguments = {name: values.decode(value, raw) for name, value in request["arguments"]}
    names = _parameter_names(target)
    if names is None or set(arguments) <= set(names):
        result = target(**arguments)
    else:
        result = target(*arguments.values())
    return {"result": values.encode(result, blob)}


def _parameter_names(target: Any) -> list[str] | None:
    """The names a callable takes, or None where it takes any."""
    try:
        parameters = inspect.signature(target).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return [parameter.name for parameter in parameters if parameter.kind is not parameter.VAR_POSITIONAL]


def build(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Make a Sequential of plain layers, for the student's code to be given."""
    model = keras.Sequential([getattr(keras.layers, kind)(**given) for kind, given in request["layers"]])
    return {"result": values.encode(model, blob)}


def dataset(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Make a pipeline in full batches, for the student's code to be given."""
    arrays = tuple(values.decode(request[name], raw) for name in ("x", "y"))
    made = tensorflow.data.Dataset.from_tensor_slices(arrays).batch(request["batch_size"], drop_remainder=True)
    return {"result": {"t": "object", "name": "Dataset", "handle": recording.handle_of(made)}}


def history(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Make a history, for the student's code to be given."""
    made = keras.callbacks.History()
    made.history = {name: list(numbers) for name, numbers in request["values"]}
    made.epoch = list(range(max((len(numbers) for numbers in made.history.values()), default=0)))
    made.set_params({"epochs": len(made.epoch), "verbose": 0, "steps": None})
    return {"result": values.encode(made, blob)}


def rehearse(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Take callbacks through a course of training."""
    callbacks = [recording.OBJECTS[handle] for handle in request["callbacks"]]
    return {"rehearsal": rehearsal.of(callbacks, dict(request["course"]))}


def _model(request: dict[str, Any]) -> Any:
    return values.follow(recording.OBJECTS[request["model"]], request.get("path", []))


def held_layers(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Describe the layers that a model holds, used or not."""
    model = _model(request)
    declared = [list(tensor.shape) for tensor in getattr(model, "inputs", None) or ()]
    described = [layers.describe(layer) for layer in layers.held_by(model)]
    kept = [[name, values.encode(value, blob)] for name, value in layers.kept_by(model).items()]
    return {"layers": described, "declared": declared, "kept": kept}


def run_trace(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Describe a model: the commitment that the challenge is held against."""
    model = _model(request)
    inputs = [values.decode(value, raw) for value in request["inputs"]]
    with _lengths(request, inputs):
        seen, outputs, problem = trace.record(model, inputs)
    recording.OBJECTS["trace:" + request["model"]] = seen
    described = {"trace": trace.describe(model, seen, outputs)}
    return described if problem is None else {**described, "failure": loading.failure_of(problem)}


def _lengths(request: dict[str, Any], inputs: list[Any]) -> contextlib.AbstractContextManager[None]:
    """Let the lesson's own number of words be that of shorter inputs."""
    return unrolled.lengths(request["whole"], inputs[0].shape[1]) if request["whole"] else contextlib.nullcontext()


def run(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Answer the challenge: these weights, these inputs."""
    model = _model(request)
    if request["weights"]:
        seen = recording.OBJECTS["trace:" + request["model"]]
        for layer, weights in zip(seen.layers, request["weights"], strict=True):
            layer.set_weights([values.decode(value, raw) for value in weights])
    inputs = [keras.ops.convert_to_tensor(values.decode(value, raw)) for value in request["inputs"]]
    with _lengths(request, inputs):
        result = trace.call_model(model, inputs, training=request["training"])
    return {"outputs": [values.encode(np.asarray(tensor), blob) for tensor in trace.tensors_in(result)]}


def measure(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Evaluate the compiled loss and metrics on the parent's batches."""
    targets, predictions = (values.decode(request[name], raw) for name in ("targets", "predictions"))
    numbers = training.measured(_model(request), targets, predictions)
    return {"numbers": [[name, values.encode(value, blob)] for name, value in numbers.items()]}


def step(request: dict[str, Any], raw: bytes, blob: Blob) -> dict[str, Any]:
    """Let the compiled optimizer take steps, by the parent's gradients."""
    stepped = training.stepped(_model(request).optimizer, values.decode(request["gradients"], raw))
    return {"outputs": [values.encode(stepped, blob)]}


REQUESTS = {
    "begin": begin,
    "load": load,
    "call": call,
    "build": build,
    "dataset": dataset,
    "history": history,
    "layers": held_layers,
    "trace": run_trace,
    "run": run,
    "measure": measure,
    "step": step,
    "rehearse": rehearse,
}
