"""Runs models in real Keras, in a process of its own.

``python keras_runner.py cases.json inputs.npz answers.json outputs.npz``

``cases.json`` maps a case's name to its nodes ``{"layer": {"kind", "settings", "layer"}, "source", "state_of"}``
and the number of its inputs, whose values stand in ``inputs.npz`` as ``name/input/0``. Keras draws the weights.
``answers.json`` maps the name to output shape, weight shapes and parameter count, or to an ``error``;
``outputs.npz`` holds ``name/output/0`` (then the final states) and ``name/weight/node/number``.
A case with ``function`` or ``loss`` in place of nodes applies that to its inputs.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import keras
import numpy as np

Arrays = dict[str, np.ndarray]


def main(cases_file: str, inputs_file: str, answers_file: str, outputs_file: str) -> None:
    with open(cases_file, encoding="utf-8") as stream:
        cases = json.load(stream)
    answers, outputs = {}, {}
    with np.load(inputs_file) as given:
        for name, case in cases.items():
            inputs = [given[f"{name}/input/{number}"] for number in range(case["inputs"])]
            try:
                answers[name], found = answer(case, inputs)
                outputs.update({f"{name}/{key}": value for key, value in found.items()})
            except Exception as problem:  # one case that Keras refuses must not hide the others
                answers[name] = {"error": f"{type(problem).__name__}: {problem}"}
    np.savez(outputs_file, **outputs)  # type: ignore[arg-type]
    with open(answers_file, "w", encoding="utf-8") as stream:
        json.dump(answers, stream)


def answer(case: dict[str, Any], inputs: list[np.ndarray]) -> tuple[dict[str, Any], Arrays]:
    if "function" in case:
        return {}, {
            "output/0": np.asarray(keras.activations.get(case["function"])(keras.ops.convert_to_tensor(*inputs)))
        }
    if "loss" in case:
        name, _, options = case["loss"].partition("(")
        values = keras.losses.get(name)(*inputs, **({"from_logits": True} if options else {}))
        return {}, {"output/0": np.asarray(keras.ops.mean(values))}
    return run_model(case["nodes"], inputs)


def run_model(nodes: list[dict[str, Any]], inputs: list[np.ndarray]) -> tuple[dict[str, Any], Arrays]:
    layers = [build(node["layer"]) for node in nodes]
    symbols = [keras.Input(each.shape[1:], dtype=each.dtype.name) for each in inputs]
    results: list[list[Any]] = []
    for layer, node in zip(layers, nodes, strict=True):
        source = symbols[-1 - node["source"]] if node["source"] < 0 else results[node["source"]][0]
        states = {} if node["state_of"] is None else {"initial_state": results[node["state_of"]][1:]}
        result = layer(source, **states)
        results.append(list(result) if isinstance(result, list | tuple) else [result])
    model = keras.Model(symbols, results[-1])
    random = np.random.default_rng(0)
    for layer in layers:
        layer.set_weights([random.normal(scale=0.5, size=each.shape).astype("float32") for each in layer.get_weights()])
    found = model(inputs, training=False)
    several = found if isinstance(found, list | tuple) else [found]
    arrays = {f"output/{number}": np.asarray(each) for number, each in enumerate(several)}
    for place, layer in enumerate(layers):
        arrays.update({f"weight/{place}/{number}": each for number, each in enumerate(layer.get_weights())})
    shapes = [list(each.shape[1:]) for each in model.outputs]
    return {
        "output_shape": shapes[0],
        "weight_shapes": [[list(each.shape) for each in layer.get_weights()] for layer in layers],
        "parameter_count": model.count_params(),
        "outputs": len(shapes),
    }, arrays


def build(recipe: dict[str, Any]) -> Any:
    inner = [build(recipe["layer"])] if recipe["layer"] else []
    return getattr(keras.layers, recipe["kind"])(*inner, **recipe["settings"])


if __name__ == "__main__":
    main(*sys.argv[1:])
