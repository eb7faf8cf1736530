"""The oracle agrees with the library that it judges: shapes, weights, counts and outputs.

Keras runs all cases in one other process (``keras_runner.py``), for this one never imports TensorFlow.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.spec import (
    GRU,
    INPUT,
    LSTM,
    Activation,
    Bidirectional,
    Dense,
    Dropout,
    Embedding,
    Layer,
    Masking,
    Network,
    Node,
    SimpleRNN,
    TimeDistributed,
    chain,
)
from grader.spec.functions import ACTIVATIONS, LOSSES
from grader.workers import worker_environment

TOLERANCE = 2e-5
"""Keras computes in float32 (2⁻²⁴ ≈ 6e-8 a step), the oracle in float64; a wrong equation is off by 0.01 and more."""

Inputs = tuple[np.ndarray, ...]
Cases = dict[str, tuple[Network, Inputs]]

RANDOM = np.random.default_rng(7)
VECTORS = RANDOM.normal(size=(3, 4)).astype("float32")
SEQUENCES = RANDOM.normal(size=(3, 5, 2)).astype("float32")
OTHER_SEQUENCES = RANDOM.normal(size=(3, 4, 2)).astype("float32")
GAPS = SEQUENCES * np.array([[1, 1, 1, 1, 1], [0, 1, 0, 1, 1], [1, 1, 1, 0, 0]], "float32")[..., None]
"""Sequences in which some steps are zero throughout."""
WORDS = np.array([[3, 1, 4, 1, 5], [0, 0, 2, 6, 5], [2, 7, 0, 0, 0], [3, 0, 5, 0, 1], [0, 0, 0, 0, 0]], "int32")
"""Without padding, padded in front, at the end, in between, and nothing but padding."""

RECURRENT = {
    "SimpleRNN": (SimpleRNN, {}),
    "LSTM": (LSTM, {}),
    "GRU": (GRU, {}),
    "GRU-reset-before": (GRU, {"reset_after": False}),
}
SETTINGS: dict[str, dict[str, Any]] = {
    "default": {},
    "sequences": {"return_sequences": True},
    "no-bias": {"use_bias": False},
    "backwards": {"go_backwards": True},
    "backwards-sequences": {"go_backwards": True, "return_sequences": True},
    "relu": {"activation": "relu"},
    "sigmoid": {"activation": "sigmoid", "return_sequences": True},
    "dropouts-at-inference": {"dropout": 0.5, "recurrent_dropout": 0.5},
    "states": {"return_state": True},
}
MASKED = ("default", "sequences", "no-bias", "backwards", "backwards-sequences", "states")
GATES = ("hard_sigmoid", "tanh")
MASK = Embedding(8, 3, mask_zero=True)


def recurrent_cases() -> Cases:
    cases: Cases = {}
    for name, (kind, own) in RECURRENT.items():
        for words, settings in SETTINGS.items():
            layer = kind(3, **own, **settings)
            cases[f"{name}-{words}"] = chain(layer), (SEQUENCES,)
            if words in MASKED:
                cases[f"{name}-{words}-masked"] = chain(MASK, layer), (WORDS,)
        encoder = kind(3, **own, return_state=True)
        nodes = (Node(encoder, INPUT[0]), Node(kind(3, **own), INPUT[1], state_of=0))
        cases[f"{name}-encoder-decoder"] = Network(nodes), (SEQUENCES, OTHER_SEQUENCES)
        if kind is not SimpleRNN:
            for gate in GATES:
                layer = kind(3, **own, recurrent_activation=gate)
                cases[f"{name}-{gate}-gates"] = chain(layer), (SEQUENCES,)
    return cases


def bidirectional_cases() -> Cases:
    cases: Cases = {}
    for kind in (LSTM, GRU):
        for mode in ("concat", "sum", "mul", "ave"):
            for returned, sequences in (("last", False), ("sequences", True)):
                layer = Bidirectional(kind(3, return_sequences=sequences), merge_mode=mode)
                name = f"Bidirectional-{kind.__name__}-{mode}-{returned}"
                cases[name] = chain(layer), (SEQUENCES,)
                if mode in ("concat", "ave"):
                    cases[f"{name}-masked"] = chain(MASK, layer), (WORDS,)
    cases["Bidirectional-SimpleRNN"] = chain(Bidirectional(SimpleRNN(3))), (SEQUENCES,)
    encoder = Bidirectional(LSTM(3, return_state=True))
    nodes = (Node(encoder, INPUT[0]), Node(Bidirectional(LSTM(3)), INPUT[1], state_of=0))
    cases["Bidirectional-encoder-decoder"] = Network(nodes), (SEQUENCES, OTHER_SEQUENCES)
    return cases


def all_steps(kind: type[SimpleRNN] | type[LSTM] | type[GRU], units: int) -> Layer:
    return kind(units, return_sequences=True)


CASES: Cases = {
    **recurrent_cases(),
    **bidirectional_cases(),
    "Embedding": (chain(Embedding(8, 3)), (WORDS,)),
    "Embedding-masked": (chain(MASK), (WORDS,)),
    **{f"Dense-{name}": (chain(Dense(3, activation=name)), (VECTORS,)) for name in ACTIVATIONS},
    "Dense-on-sequences": (chain(Dense(3, activation="softmax")), (SEQUENCES,)),
    "Dense-no-bias": (chain(Dense(3, use_bias=False)), (VECTORS,)),
    "Dense-on-sequences-no-bias": (chain(Dense(3, use_bias=False)), (SEQUENCES,)),
    "Activation": (chain(Activation("softmax")), (SEQUENCES,)),
    "Dropout": (chain(Dropout(0.5)), (VECTORS,)),
    "TimeDistributed": (chain(TimeDistributed(Dense(3, activation="relu"))), (SEQUENCES,)),
    "TimeDistributed-no-bias": (chain(TimeDistributed(Dense(3, use_bias=False))), (SEQUENCES,)),
    "Masking": (chain(Masking()), (GAPS,)),
    "Masking-of-ones": (chain(Masking(1.0), LSTM(3)), (GAPS + 1 - (GAPS != 0),)),
    **{
        f"Masking-{kind.__name__}": (chain(Masking(), all_steps(kind, 3), kind(2)), (GAPS,))
        for kind in (SimpleRNN, LSTM, GRU)
    },
    "mask-through-recurrent": (chain(MASK, all_steps(LSTM, 3), all_steps(GRU, 3), SimpleRNN(2), Dense(1)), (WORDS,)),
    "mask-through-dropout": (chain(MASK, Dropout(0.5), LSTM(3)), (WORDS,)),
    "mask-through-dense": (chain(MASK, Dense(3, activation="tanh"), GRU(3)), (WORDS,)),
    "mask-through-activation": (chain(MASK, Activation("tanh"), GRU(3)), (WORDS,)),
    "mask-through-time-distributed": (chain(MASK, TimeDistributed(Dense(3)), GRU(3)), (WORDS,)),
    "mask-through-bidirectional": (chain(MASK, Bidirectional(all_steps(LSTM, 3)), Bidirectional(GRU(2))), (WORDS,)),
    "mask-through-backwards": (chain(MASK, LSTM(3, return_sequences=True, go_backwards=True), GRU(2)), (WORDS,)),
    "mask-ends-with-the-steps": (chain(MASK, LSTM(3), Dense(4, activation="relu"), Dense(1)), (WORDS,)),
    "no-mask": (chain(Embedding(8, 3), LSTM(3)), (WORDS,)),
    "encoder-decoder-with-masks": (
        Network((
            Node(MASK, INPUT[0]),
            Node(LSTM(3, return_state=True), 0),
            Node(Embedding(8, 4, mask_zero=True), INPUT[1]),
            Node(all_steps(LSTM, 3), 2, state_of=1),
            Node(Dense(5, activation="softmax"), 3),
        )),
        (WORDS, WORDS[::-1].copy()),
    ),
    "mask-behind-a-decoder": (
        Network((
            Node(LSTM(3, return_state=True), INPUT[0]),
            Node(MASK, INPUT[1]),
            Node(all_steps(LSTM, 3), 1, state_of=0),
            Node(GRU(2), 2),
        )),
        (SEQUENCES[[0, 1, 2, 0, 1]], WORDS),
    ),
}  # fmt: skip
LOSS_NUMBERS = (
    RANDOM.integers(0, 2, (16, 1)).astype("float32"),
    RANDOM.uniform(0.05, 0.95, (16, 1)).astype("float32"),
)
GRID = np.linspace(-20, 20, 81, dtype="float32").reshape(9, 9)


@dataclass(frozen=True)
class Keras:
    """What Keras said to all cases."""

    answers: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]

    def answer(self, name: str) -> Any:
        """Return shapes and counts of one case."""
        assert "error" not in self.answers[name], self.answers[name]["error"]
        return self.answers[name]

    def outputs(self, name: str) -> list[np.ndarray]:
        """Return the outputs of one case: the output, then the final states."""
        self.answer(name)
        return [value for key, value in self.arrays.items() if key.startswith(f"{name}/output/")]

    def weights(self, name: str) -> tuple[tuple[np.ndarray, ...], ...]:
        """Return the weights that Keras drew, for each node."""
        shapes = self.answer(name)["weight_shapes"]
        return tuple(
            tuple(self.arrays[f"{name}/weight/{place}/{number}"] for number in range(len(layer)))
            for place, layer in enumerate(shapes)
        )


def recipe(layer: Layer) -> dict[str, Any]:
    """Write a layer down for Keras: each field is the argument of that name."""
    given = {field.name: getattr(layer, field.name) for field in fields(layer)}
    inner = given.pop("layer", None)
    return {"kind": layer.kind, "settings": given, "layer": inner and recipe(inner)}


@pytest.fixture(scope="module")
def keras(tmp_path_factory: pytest.TempPathFactory) -> Keras:
    """Every case, run in real Keras in one other process."""
    cases: dict[str, dict[str, Any]] = {f"function-{name}": {"function": name, "inputs": 1} for name in ACTIVATIONS}
    cases |= {f"loss-{name}": {"loss": name, "inputs": 2} for name in LOSSES}
    inputs = {f"function-{name}/input/0": GRID for name in ACTIVATIONS}
    inputs |= {f"loss-{name}/input/{n}": each for name in LOSSES for n, each in enumerate(LOSS_NUMBERS)}
    for name, (network, given) in CASES.items():
        nodes = [{"layer": recipe(n.layer), "source": n.source, "state_of": n.state_of} for n in network.nodes]
        cases[name] = {"nodes": nodes, "inputs": len(given)}
        inputs |= {f"{name}/input/{number}": each for number, each in enumerate(given)}
    return run_keras(cases, inputs, tmp_path_factory.mktemp("keras"))


def run_keras(cases: dict[str, Any], inputs: dict[str, np.ndarray], folder: Path) -> Keras:
    files = [folder / name for name in ("cases.json", "inputs.npz", "answers.json", "outputs.npz")]
    files[0].write_text(json.dumps(cases))
    np.savez(files[1], **inputs)  # type: ignore[arg-type]
    command = [sys.executable, str(Path(__file__).with_name("keras_runner.py")), *map(str, files)]

    done = subprocess.run(command, env=worker_environment(), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    with np.load(files[3]) as outputs:
        return Keras(json.loads(files[2].read_text()), dict(outputs))


@pytest.mark.parametrize("name", CASES)
def test_shapes_and_parameters_agree(keras: Keras, name: str) -> None:
    network, inputs = CASES[name]
    shapes = tuple(each.shape[1:] for each in inputs)

    output = network.nodes[-1].layer.output_shape(network.input_shapes(shapes)[-1])
    weights = [[list(weight) for weight in layer] for layer in network.weight_shapes(shapes)]
    count = network.parameter_count(shapes)

    answer = keras.answer(name)
    assert list(output) == answer["output_shape"]
    assert weights == answer["weight_shapes"]
    assert count == answer["parameter_count"]


@pytest.mark.parametrize("name", CASES)
def test_outputs_agree(keras: Keras, name: str) -> None:
    network, inputs = CASES[name]

    output = network.forward(inputs, keras.weights(name))

    np.testing.assert_allclose(output, keras.outputs(name)[0], rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("masked", [False, True], ids=["unmasked", "masked"])
@pytest.mark.parametrize("name", RECURRENT)
def test_final_states_agree(keras: Keras, name: str, masked: bool) -> None:
    case = f"{name}-states-masked" if masked else f"{name}-states"
    network, (x,) = CASES[case]
    weights, mask = keras.weights(case), None
    if masked:
        x, mask = weights[0][0][x], x != 0

    states = network.nodes[-1].layer.forward(x, weights[-1], mask).states

    for ours, theirs in zip(states, keras.outputs(case)[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_agree(keras: Keras, name: str) -> None:
    values = ACTIVATIONS[name](GRID.astype("float64"))

    np.testing.assert_allclose(values, keras.outputs(f"function-{name}")[0], rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("name", LOSSES)
def test_losses_agree(keras: Keras, name: str) -> None:
    y, p = (each.astype("float64") for each in LOSS_NUMBERS)

    value = LOSSES[name](y, p)

    assert value == pytest.approx(float(keras.outputs(f"loss-{name}")[0]), rel=1e-4)


def test_tensorflow_stays_in_the_other_process(keras: Keras) -> None:
    assert keras.answers.keys() > CASES.keys()
    assert "tensorflow" not in sys.modules
