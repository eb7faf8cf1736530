"""Layers as values: shapes, parameters, formulas and forward passes to be worked out by hand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from grader.spec import (
    GRU,
    LSTM,
    Activation,
    Bidirectional,
    Dense,
    Dropout,
    Embedding,
    Layer,
    Masking,
    SimpleRNN,
    TimeDistributed,
)
from grader.spec.layers import Shape

SEQUENCE = np.array([[[1.0], [2.0], [3.0]]])
"""One sample of three steps with one number each."""
ADDING_UP = SimpleRNN(1, activation="linear", use_bias=False)
"""With weights of one, its output is the sum of what it has read."""
ONES = (np.ones((1, 1)), np.ones((1, 1)))


# Settings.


@pytest.mark.parametrize(
    ("layer", "kind", "settings"),
    [
        pytest.param(
            Embedding(10, 5),
            "Embedding",
            {"input_dim": 10, "output_dim": 5, "mask_zero": False},
            id="Embedding",
        ),
        pytest.param(Dense(3), "Dense", {"units": 3, "activation": "linear", "use_bias": True}, id="Dense"),
        pytest.param(Dropout(0.5), "Dropout", {"rate": 0.5}, id="Dropout"),
        pytest.param(Activation("tanh"), "Activation", {"activation": "tanh"}, id="Activation"),
        pytest.param(Masking(), "Masking", {"mask_value": 0.0}, id="Masking"),
        pytest.param(TimeDistributed(Dense(3)), "TimeDistributed", {}, id="TimeDistributed"),
        pytest.param(
            Bidirectional(LSTM(3), merge_mode="sum"), "Bidirectional", {"merge_mode": "sum"}, id="Bidirectional"
        ),
    ],
)
def test_a_layer_has_the_settings_that_are_judged(layer: Layer, kind: str, settings: dict[str, object]) -> None:
    assert layer.kind == kind
    assert layer.settings == settings


def test_a_layer_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Dense(3).units = 4  # type: ignore[misc]


def test_equal_layers_are_equal_and_hash_alike() -> None:
    assert len({Dense(3), Dense(3), Dense(3, use_bias=False), Dropout(0.5)}) == 3


# Shapes and parameters.


@pytest.mark.parametrize(
    ("layer", "shape", "output", "weights", "count"),
    [
        pytest.param(Embedding(10, 5), (7,), (7, 5), ((10, 5),), 50, id="Embedding"),
        pytest.param(Dense(3), (4,), (3,), ((4, 3), (3,)), 15, id="Dense"),
        pytest.param(Dense(3), (7, 4), (7, 3), ((4, 3), (3,)), 15, id="Dense-on-sequences"),
        pytest.param(Dense(3, use_bias=False), (4,), (3,), ((4, 3),), 12, id="Dense-without-bias"),
        pytest.param(Dropout(0.5), (7, 4), (7, 4), (), 0, id="Dropout"),
        pytest.param(Activation("relu"), (7, 4), (7, 4), (), 0, id="Activation"),
        pytest.param(Masking(), (7, 4), (7, 4), (), 0, id="Masking"),
        pytest.param(TimeDistributed(Dense(3)), (7, 4), (7, 3), ((4, 3), (3,)), 15, id="TimeDistributed"),
        pytest.param(
            Bidirectional(SimpleRNN(3)), (7, 2), (6,), ((2, 3), (3, 3), (3,)) * 2, 36, id="Bidirectional-concat"
        ),
        pytest.param(
            Bidirectional(SimpleRNN(3, return_sequences=True)),
            (7, 2),
            (7, 6),
            ((2, 3), (3, 3), (3,)) * 2,
            36,
            id="Bidirectional-sequences",
        ),
        *(
            pytest.param(
                Bidirectional(SimpleRNN(3), merge_mode=mode),
                (7, 2),
                (3,),
                ((2, 3), (3, 3), (3,)) * 2,
                36,
                id=f"Bidirectional-{mode}",
            )
            for mode in ("sum", "mul", "ave")
        ),
    ],
)
def test_shapes_and_parameters_by_hand(
    layer: Layer, shape: Shape, output: Shape, weights: tuple[Shape, ...], count: int
) -> None:
    assert layer.output_shape(shape) == output
    assert layer.weight_shapes(shape) == weights
    assert layer.parameter_count(shape) == count


@pytest.mark.parametrize(
    ("layer", "shape", "expected"),
    [
        pytest.param(Embedding(10, 5), (7,), "Embedding: 10 words × 5 numbers = 50 parameters", id="Embedding"),
        pytest.param(Dense(3), (4,), "Dense: 4 × 3 weights + 3 biases = 15 parameters", id="Dense"),
        pytest.param(Dense(3, use_bias=False), (4,), "Dense: 4 × 3 weights + 0 biases = 12 parameters", id="no-bias"),
        pytest.param(
            TimeDistributed(Dense(3)), (7, 4), "Dense: 4 × 3 weights + 3 biases = 15 parameters", id="every-step"
        ),
        pytest.param(
            Bidirectional(GRU(3)), (7, 2), "Bidirectional: 2 directions × 63 = 126 parameters", id="Bidirectional"
        ),
    ],
)
def test_the_formula_says_where_the_count_comes_from(layer: Layer, shape: Shape, expected: str) -> None:
    assert str(layer.formula(shape)) == expected


@pytest.mark.parametrize("layer", [Dropout(0.5), Activation("tanh"), Masking()], ids=lambda each: each.kind)
def test_a_layer_without_parameters_has_no_formula(layer: Layer) -> None:
    assert layer.formula((7, 4)) is None


# Forward passes.


def test_embedding_looks_words_up() -> None:
    table = np.array([[0.0, 1.0], [10.0, 11.0], [20.0, 21.0]])

    output = Embedding(3, 2).forward(np.array([[2, 0], [1, 1]]), (table,))

    assert output.value.tolist() == [[[20, 21], [0, 1]], [[10, 11], [10, 11]]]
    assert output.mask is None


def test_embedding_takes_words_that_came_as_floats() -> None:
    output = Embedding(3, 1).forward(np.array([[2.0, 1.0]]), (np.array([[0.0], [10.0], [20.0]]),))

    assert output.value.tolist() == [[[20], [10]]]


def test_embedding_masks_word_zero_if_told_to() -> None:
    output = Embedding(3, 1, mask_zero=True).forward(np.array([[2, 0, 1]]), (np.ones((3, 1)),))

    assert output.mask is not None
    assert output.mask.tolist() == [[True, False, True]]


def test_dense_multiplies_adds_and_activates() -> None:
    kernel, bias = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([10.0, -10.0])

    output = Dense(2, activation="relu").forward(np.array([[3.0, 4.0]]), (kernel, bias))

    assert output.value.tolist() == [[21, 0]]  # 3 · 1 + 4 · 2 + 10 and 3 · (−1) + 4 · 0 − 10


def test_dense_works_on_the_last_axis() -> None:
    output = Dense(1).forward(np.array([[[1.0, 2.0], [3.0, 4.0]]]), (np.ones((2, 1)), np.zeros(1)))

    assert output.value.tolist() == [[[3], [7]]]


def test_dense_without_bias_only_multiplies() -> None:
    output = Dense(1, use_bias=False).forward(np.array([[3.0]]), (np.array([[2.0]]),))

    assert output.value.tolist() == [[6]]


def test_dropout_changes_nothing_at_inference() -> None:
    output = Dropout(0.9).forward(SEQUENCE, ())

    assert output.value.tolist() == SEQUENCE.tolist()


def test_an_activation_layer_applies_its_function() -> None:
    assert Activation("relu").forward(np.array([[-1.0, 2.0]]), ()).value.tolist() == [[0, 2]]


def test_masking_drops_the_steps_in_which_all_equals_its_value() -> None:
    x = np.array([[[9.0, 9.0], [9.0, 0.0], [0.0, 0.0]]])

    output = Masking(mask_value=9.0).forward(x, ())

    assert output.mask is not None
    assert output.mask.tolist() == [[False, True, True]]
    assert output.value.tolist() == [[[0, 0], [9, 0], [0, 0]]]


@pytest.mark.parametrize(
    "layer",
    [Dense(1, use_bias=False), Dropout(0.5), Activation("tanh"), TimeDistributed(Dense(1, use_bias=False))],
    ids=lambda each: each.kind,
)
def test_a_mask_is_handed_on(layer: Layer) -> None:
    mask = np.array([[True, False, True]])

    output = layer.forward(SEQUENCE, (np.ones((1, 1)),), mask)

    assert output.mask is not None
    assert output.mask.tolist() == mask.tolist()


def test_every_step_goes_through_the_same_layer() -> None:
    x, weights = np.arange(12.0).reshape(2, 3, 2), (np.array([[1.0], [10.0]]), np.array([5.0]))

    every_step = TimeDistributed(Dense(1)).forward(x, weights).value
    at_once = Dense(1).forward(x, weights).value

    assert every_step.tolist() == at_once.tolist()
    assert every_step[0, 0].tolist() == [15]  # 0 · 1 + 1 · 10 + 5


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("concat", [[6, 6]]), ("sum", [[12]]), ("mul", [[36]]), ("ave", [[6]])],
)
def test_both_directions_read_all_steps(mode: str, expected: list[list[float]]) -> None:
    output = Bidirectional(ADDING_UP, merge_mode=mode).forward(SEQUENCE, ONES * 2)

    assert output.value.tolist() == expected
    assert [state.tolist() for state in output.states] == [[[6]], [[6]]]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("concat", [[1, 6], [3, 5], [6, 3]]),  # 1, 1 + 2, 1 + 2 + 3 beside 3 + 2 + 1, 3 + 2, 3
        ("sum", [[7], [8], [9]]),
        ("mul", [[6], [15], [18]]),
        ("ave", [[3.5], [4], [4.5]]),
    ],
)
def test_sequences_of_both_directions_are_merged_step_by_step(mode: str, expected: list[list[float]]) -> None:
    layer = Bidirectional(SimpleRNN(1, activation="linear", use_bias=False, return_sequences=True), merge_mode=mode)

    output = layer.forward(SEQUENCE, ONES * 2)

    assert output.value.tolist() == [expected]


def test_the_second_half_of_the_weights_reads_backwards() -> None:
    forgetting = (np.ones((1, 1)), np.zeros((1, 1)))

    output = Bidirectional(ADDING_UP).forward(SEQUENCE, ONES + forgetting)

    assert output.value.tolist() == [[6, 1]]  # the sum, and what was read last: the first step


def test_both_directions_start_from_their_half_of_the_states() -> None:
    states = (np.array([[10.0]]), np.array([[100.0]]))

    output = Bidirectional(ADDING_UP).forward(SEQUENCE, ONES * 2, None, states)

    assert output.value.tolist() == [[16, 106]]


def test_both_directions_skip_masked_steps() -> None:
    mask = np.array([[True, False, False]])

    output = Bidirectional(ADDING_UP).forward(SEQUENCE, ONES * 2, mask)

    assert output.value.tolist() == [[1, 1]]
