"""Layers put together: chains, and an encoder with its decoder."""

from __future__ import annotations

import numpy as np
import pytest

from grader.spec import INPUT, LSTM, Dense, Dropout, Embedding, Network, Node, SimpleRNN, chain

ADDING_UP = SimpleRNN(1, activation="linear", use_bias=False)
"""With weights of one, its output is the sum of what it has read."""
ONES = (np.ones((1, 1)), np.ones((1, 1)))
TWICE = (np.array([[2.0]]), np.zeros(1))


@pytest.fixture
def reviews() -> Network:
    """Reads words, says one number."""
    return chain(Embedding(10, 5), SimpleRNN(3), Dropout(0.5), Dense(1))


@pytest.fixture
def translation() -> Network:
    """The decoder reads the second input, and starts from the state of the encoder, which read the first."""
    encoder, decoder = Node(ADDING_UP, INPUT[0]), Node(ADDING_UP, INPUT[1], state_of=0)
    return Network((encoder, decoder, Node(Dense(1), 1)))


def test_in_a_chain_every_layer_runs_on_the_one_before(reviews: Network) -> None:
    assert [node.source for node in reviews.nodes] == [INPUT[0], 0, 1, 2]


def test_shapes_go_from_layer_to_layer(reviews: Network) -> None:
    assert reviews.input_shapes(((7,),)) == ((7,), (7, 5), (3,), (3,))


def test_weights_are_those_of_each_layer(reviews: Network) -> None:
    assert reviews.weight_shapes(((7,),)) == (((10, 5),), ((5, 3), (3, 3), (3,)), (), ((3, 1), (1,)))


def test_parameters_add_up(reviews: Network) -> None:
    assert reviews.parameter_count(((7,),)) == 50 + 27 + 0 + 4


def test_layers_with_parameters_have_formulas(reviews: Network) -> None:
    assert [str(each) for each in reviews.formulas(((7,),))] == [
        "Embedding: 10 words × 5 numbers = 50 parameters",
        "SimpleRNN: (5 × 3 for the input + 3 × 3 for the state + 3 biases) = 27 parameters",
        "Dense: 3 × 1 weights + 1 biases = 4 parameters",
    ]


def test_a_chain_computes_layer_by_layer() -> None:
    network = chain(ADDING_UP, Dense(1))

    output = network.forward((np.array([[[1.0], [2.0], [3.0]]]),), (ONES, TWICE))

    assert output.tolist() == [[12]]


def test_the_second_input_has_a_shape_of_its_own() -> None:
    network = Network((Node(Dense(2), INPUT[0]), Node(Dense(3), INPUT[1]), Node(Dense(1), 0)))

    assert network.input_shapes(((4,), (5,))) == ((4,), (5,), (2,))
    assert network.parameter_count(((4,), (5,))) == 10 + 18 + 3


def test_a_decoder_starts_from_the_final_state_of_the_encoder(translation: Network) -> None:
    question, answer = np.array([[[1.0], [2.0]]]), np.array([[[10.0], [20.0], [30.0]]])

    output = translation.forward((question, answer), (ONES, ONES, TWICE))

    assert output.tolist() == [[126]]  # 2 · (1 + 2 + 10 + 20 + 30)


def test_a_decoder_takes_both_states_of_an_lstm() -> None:
    open_gates = (np.zeros((1, 4)), np.zeros((1, 4)), np.array([100.0, 100.0, 1.0, 100.0]))
    counting = LSTM(1, activation="linear")
    network = Network((Node(counting, INPUT[0]), Node(counting, INPUT[1], state_of=0)))

    output = network.forward((np.zeros((1, 3, 1)), np.zeros((1, 2, 1))), (open_gates, open_gates))

    np.testing.assert_allclose(output, [[5]])  # the cell counts the steps of both


def test_a_mask_goes_as_far_as_there_are_steps() -> None:
    words = np.array([[1, 0, 1, 0]])
    steps = SimpleRNN(1, activation="linear", use_bias=False, return_sequences=True)
    network = chain(Embedding(2, 1, mask_zero=True), steps, Dropout(0.5), ADDING_UP)

    output = network.forward((words,), ((np.array([[100.0], [1.0]]),), ONES, (), ONES))

    assert output.tolist() == [[3]]  # 1 and 2 at the steps that are words


def test_as_many_layers_have_weights_as_there_are() -> None:
    with pytest.raises(ValueError, match="shorter"):
        chain(Dense(1), Dense(1)).forward((np.ones((1, 1)),), (TWICE,))
