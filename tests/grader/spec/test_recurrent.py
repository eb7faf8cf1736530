"""SimpleRNN, LSTM and GRU, with weights of ones and numbers to be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from grader.spec import GRU, LSTM, Recurrent, SimpleRNN
from grader.spec.layers import Shape, Weights

SEQUENCE = np.array([[[1.0], [2.0], [3.0]]])
"""One sample of three steps with one number each."""
ONES: Weights = (np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))
OPEN, SHUT = 100.0, -100.0
"""Before the sigmoid of a gate: one and zero, but for 4e-44."""


def gates(*values: float) -> Weights:
    """Weights of a layer of one unit that reads nothing: its gates stand still."""
    return np.zeros((1, len(values))), np.zeros((1, len(values))), np.array(values)


def adding_up(**settings: bool) -> SimpleRNN:
    """With weights of one, its output is the sum of what it has read."""
    return SimpleRNN(1, activation="linear", **settings)


# Shapes and parameters.


@pytest.mark.parametrize(
    ("layer", "weights", "count"),
    [
        pytest.param(SimpleRNN(3), ((2, 3), (3, 3), (3,)), 18, id="SimpleRNN"),
        pytest.param(SimpleRNN(3, use_bias=False), ((2, 3), (3, 3)), 15, id="SimpleRNN-without-bias"),
        pytest.param(LSTM(3), ((2, 12), (3, 12), (12,)), 72, id="LSTM"),
        pytest.param(LSTM(3, use_bias=False), ((2, 12), (3, 12)), 60, id="LSTM-without-bias"),
        pytest.param(GRU(3), ((2, 9), (3, 9), (2, 9)), 63, id="GRU"),
        pytest.param(GRU(3, reset_after=False), ((2, 9), (3, 9), (9,)), 54, id="GRU-reset-before"),
        pytest.param(GRU(3, use_bias=False), ((2, 9), (3, 9)), 45, id="GRU-without-bias"),
    ],
)
def test_parameters_by_hand(layer: Recurrent, weights: tuple[Shape, ...], count: int) -> None:
    assert layer.weight_shapes((7, 2)) == weights
    assert layer.parameter_count((7, 2)) == count


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        pytest.param(
            SimpleRNN(3),
            "SimpleRNN: (2 × 3 for the input + 3 × 3 for the state + 3 biases) = 18 parameters",
            id="SimpleRNN",
        ),
        pytest.param(
            LSTM(3), "LSTM: 4 × (2 × 3 for the input + 3 × 3 for the state + 3 biases) = 72 parameters", id="LSTM"
        ),
        pytest.param(
            GRU(3), "GRU: 3 × (2 × 3 for the input + 3 × 3 for the state + 6 biases) = 63 parameters", id="GRU"
        ),
        pytest.param(
            GRU(3, reset_after=False),
            "GRU: 3 × (2 × 3 for the input + 3 × 3 for the state + 3 biases) = 54 parameters",
            id="GRU-reset-before",
        ),
        pytest.param(
            LSTM(3, use_bias=False),
            "LSTM: 4 × (2 × 3 for the input + 3 × 3 for the state + 0 biases) = 60 parameters",
            id="LSTM-without-bias",
        ),
    ],
)
def test_the_formula_says_where_the_count_comes_from(layer: Recurrent, expected: str) -> None:
    assert str(layer.formula((7, 2))) == expected


@pytest.mark.parametrize("kind", [SimpleRNN, LSTM, GRU], ids=lambda each: each.__name__)
def test_the_output_is_one_vector_or_one_for_each_step(kind: type[Recurrent]) -> None:
    assert kind(3).output_shape((7, 2)) == (3,)
    assert kind(3, return_sequences=True).output_shape((7, 2)) == (7, 3)


def test_settings_that_are_the_students_to_choose_are_not_judged() -> None:
    assert "return_state" not in SimpleRNN(3).settings
    assert LSTM(3, return_state=True).settings == LSTM(3).settings


def test_settings_that_only_gates_have_are_judged_there() -> None:
    own = GRU(3).settings.keys() - SimpleRNN(3).settings.keys()

    assert own == {"recurrent_activation", "reset_after"}


# SimpleRNN.


def test_the_last_output_is_the_last_steps() -> None:
    output = adding_up().forward(SEQUENCE, ONES)

    assert output.value.tolist() == [[6]]
    assert [state.tolist() for state in output.states] == [[[6]]]


def test_sequences_are_the_outputs_of_all_steps() -> None:
    output = adding_up(return_sequences=True).forward(SEQUENCE, ONES)

    assert output.value.tolist() == [[[1], [3], [6]]]


def test_backwards_the_last_step_comes_first() -> None:
    output = adding_up(return_sequences=True, go_backwards=True).forward(SEQUENCE, ONES)

    assert output.value.tolist() == [[[3], [5], [6]]]


def test_the_bias_is_added_at_every_step() -> None:
    output = adding_up().forward(SEQUENCE, (*ONES[:2], np.array([10.0])))

    assert output.value.tolist() == [[36]]


def test_input_and_state_have_weights_of_their_own() -> None:
    output = adding_up(use_bias=False).forward(SEQUENCE, (np.array([[2.0]]), np.array([[10.0]])))

    assert output.value.tolist() == [[246]]  # ((2 · 10) + 4) · 10 + 6


def test_the_activation_is_applied_at_every_step() -> None:
    output = SimpleRNN(1, activation="relu", return_sequences=True).forward(-SEQUENCE, ONES)

    assert output.value.tolist() == [[[0], [0], [0]]]


def test_the_activation_is_tanh_by_default() -> None:
    output = SimpleRNN(1).forward(SEQUENCE[:, :1], ONES)

    np.testing.assert_allclose(output.value, [[np.tanh(1)]])


def test_it_starts_from_the_state_it_is_given() -> None:
    output = adding_up().forward(SEQUENCE, ONES, None, (np.array([[10.0]]),))

    assert output.value.tolist() == [[16]]


@pytest.mark.parametrize(
    ("mask", "last", "outputs"),
    [
        pytest.param([True, False, True], 4, [1, 1, 4], id="in-the-middle"),
        pytest.param([True, True, False], 3, [1, 3, 3], id="at-the-end"),
        pytest.param([False, True, True], 5, [0, 2, 5], id="at-the-start"),
        pytest.param([False, False, False], 0, [0, 0, 0], id="everywhere"),
    ],
)
def test_a_masked_step_repeats_the_output_and_keeps_the_state(
    mask: list[bool], last: float, outputs: list[float]
) -> None:
    one = adding_up().forward(SEQUENCE, ONES, np.array([mask]))
    all_of_them = adding_up(return_sequences=True).forward(SEQUENCE, ONES, np.array([mask]))

    assert one.value.tolist() == [[last]]
    assert one.states[0].tolist() == [[last]]
    assert all_of_them.value[0, :, 0].tolist() == outputs


def test_a_mask_goes_backwards_with_its_steps() -> None:
    layer = adding_up(return_sequences=True, go_backwards=True)

    output = layer.forward(SEQUENCE, ONES, np.array([[False, True, True]]))

    assert output.value[0, :, 0].tolist() == [3, 5, 5]


def test_a_mask_is_of_use_only_to_those_who_read_all_steps() -> None:
    mask = np.array([[True, False, True]])

    assert adding_up().forward(SEQUENCE, ONES, mask).mask is None
    assert adding_up(return_sequences=True).forward(SEQUENCE, ONES, mask).mask is mask


def test_each_sample_has_its_own_state_and_mask() -> None:
    both = np.concatenate([SEQUENCE, 10 * SEQUENCE])

    output = adding_up().forward(both, ONES, np.array([[True, True, True], [True, False, False]]))

    assert output.value.tolist() == [[6], [10]]


# LSTM: gates in the order input, forget, candidate, output.


@pytest.mark.parametrize(
    ("i", "f", "o", "hidden", "cell"),
    [
        pytest.param(OPEN, OPEN, OPEN, 11, 11, id="all-open"),  # 5 + 3 · 2
        pytest.param(SHUT, OPEN, OPEN, 5, 5, id="input-shut"),
        pytest.param(OPEN, SHUT, OPEN, 2, 2, id="forget-shut"),
        pytest.param(OPEN, OPEN, SHUT, 0, 11, id="output-shut"),
        pytest.param(SHUT, SHUT, OPEN, 0, 0, id="input-and-forget-shut"),
        pytest.param(0, OPEN, OPEN, 8, 8, id="input-half-open"),  # 5 + 3 · ½ · 2
        pytest.param(OPEN, OPEN, 0, 5.5, 11, id="output-half-open"),
    ],
)
def test_the_gates_of_an_lstm(i: float, f: float, o: float, hidden: float, cell: float) -> None:
    start = (np.zeros((1, 1)), np.array([[5.0]]))

    output = LSTM(1, activation="linear").forward(SEQUENCE, gates(i, f, 2.0, o), None, start)

    np.testing.assert_allclose(output.value, [[hidden]], atol=1e-40)
    np.testing.assert_allclose(output.states, [[[hidden]], [[cell]]], atol=1e-40)


def test_an_lstm_activates_the_candidate_and_the_cell() -> None:
    output = LSTM(1, activation="relu").forward(SEQUENCE, gates(OPEN, OPEN, -2.0, OPEN))

    assert output.value.tolist() == [[0]]


def test_an_lstm_reads_its_hidden_state() -> None:
    kernel, recurrent = np.zeros((1, 4)), np.array([[0.0, 0.0, 1.0, 0.0]])
    bias = np.array([OPEN, SHUT, 1.0, OPEN])

    output = LSTM(1, activation="linear").forward(SEQUENCE, (kernel, recurrent, bias))

    np.testing.assert_allclose(output.value, [[3]])  # 1, 1 + 1, 2 + 1


# GRU: gates in the order update, reset, candidate.


@pytest.mark.parametrize("reset_after", [True, False], ids=["reset-after", "reset-before"])
@pytest.mark.parametrize(
    ("z", "expected"),
    [pytest.param(OPEN, 5, id="keeps"), pytest.param(SHUT, 2, id="replaces"), pytest.param(0, 2.375, id="mixes")],
)
def test_the_update_gate_of_a_gru(z: float, expected: float, reset_after: bool) -> None:
    kernel, recurrent, bias = gates(z, OPEN, 2.0)
    bias = np.stack([bias, np.zeros(3)]) if reset_after else bias
    layer = GRU(1, activation="linear", reset_after=reset_after)

    output = layer.forward(SEQUENCE, (kernel, recurrent, bias), None, (np.array([[5.0]]),))

    np.testing.assert_allclose(output.value, [[expected]])  # mixed: 2 + (5 − 2) / 8


@pytest.mark.parametrize(
    ("reset_after", "r", "expected"),
    [
        pytest.param(True, OPEN, 18, id="reset-after-open"),  # 3 + 5 + 10
        pytest.param(True, SHUT, 3, id="reset-after-shut"),
        pytest.param(True, 0, 10.5, id="reset-after-half-open"),  # 3 + (5 + 10) / 2
        pytest.param(False, OPEN, 8, id="reset-before-open"),  # 3 + 5
        pytest.param(False, SHUT, 3, id="reset-before-shut"),
        pytest.param(False, 0, 5.5, id="reset-before-half-open"),  # 3 + 5 / 2
    ],
)
def test_the_reset_gate_of_a_gru(reset_after: bool, r: float, expected: float) -> None:
    kernel, recurrent = np.zeros((1, 3)), np.array([[0.0, 0.0, 1.0]])
    bias = np.array([SHUT, r, 3.0])
    both = np.stack([bias, [0.0, 0.0, 10.0]]) if reset_after else bias
    layer = GRU(1, activation="linear", reset_after=reset_after)

    output = layer.forward(SEQUENCE[:, :1], (kernel, recurrent, both), None, (np.array([[5.0]]),))

    np.testing.assert_allclose(output.value, [[expected]], atol=1e-40)


def test_a_gru_without_bias_is_one_with_a_bias_of_zero() -> None:
    kernel, recurrent = np.array([[0.5, -1.0, 2.0]]), np.array([[1.0, 0.25, -0.5]])

    without = GRU(1, use_bias=False).forward(SEQUENCE, (kernel, recurrent))
    zero = GRU(1).forward(SEQUENCE, (kernel, recurrent, np.zeros((2, 3))))

    assert without.value.tolist() == zero.value.tolist()
