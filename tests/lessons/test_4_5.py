"""Lesson 4-5: an encoder and a decoder"""

from grader.called import Called
from grader.checking import check
from grader.expect import (
    expect_holds,
    expect_network,
    expect_state_given,
    expect_state_taken,
    sequences,
)
from grader.session import LiveSubmission
from grader.spec import INPUT, Dense, Network, Node, SimpleRNN
from grader.text import text

PRINTS = ["985 (3.85 KB)", "(1, 30, 5)"]
HIDDEN, CLASSES = 7, 4
ENCODER_STEPS, DECODER_STEPS = 5, 6

ENCODER, DECODER, HEAD = text("the encoder"), text("the decoder"), text("the Dense layer")
NETWORK = Network(
    (
        Node(SimpleRNN(HIDDEN), INPUT[0], role=ENCODER),
        Node(SimpleRNN(HIDDEN, return_sequences=True), INPUT[1], state_of=0, role=DECODER),
        Node(Dense(CLASSES, activation="softmax"), 1, role=HEAD),
    )
)
INPUTS = (sequences(ENCODER_STEPS), sequences(DECODER_STEPS))

HINTS = {
    1: (
        "What does the decoder need of the encoder: its output at every step, its last output, or its state?",
        "A recurrent layer keeps its state to itself. Made with the right option, it returns two things in place of "
        "one.",
        "A layers.SimpleRNN in place of None. Its size is a parameter of __init__, and of the two options on the "
        "page it takes the one that speaks of the state.",
    ),
    2: (
        "The model labels every step of the decoder's sequence. What must the layer in front of the Dense layer "
        "hand on, then?",
        "The Dense layer works on each step by itself, but only on what it gets: a vector for each step, not the "
        "last one alone.",
        "Another layers.SimpleRNN in place of None. It must be as large as the encoder, whose state it takes over, "
        "and it takes the other option of the page.",
    ),
    3: (
        "self.encoder is a layer, and a layer is called like a function. How many things does yours return since "
        "task 1?",
        "Python can unpack what a call returns into two names at once. An underscore is the usual name for what "
        "nobody needs.",
        "One line: two names on the left, the encoder called with its inputs on the right. Choose a name for the "
        "state that you will know again in task 4.",
    ),
    4: (
        "Where does a recurrent layer start if nobody tells it anything? And where is the decoder to start?",
        "A layer learns its first state when it is called, not when it is made: another sentence, another state. So "
        "the place is here, in call.",
        "Call the decoder with its own inputs and the argument initial_state, a list with the state of task 3 as "
        "its only member. The name of the result stands in the last line of call.",
    ),
}


def built(submission: LiveSubmission) -> Called:
    """A model of unusual sizes, so that numbers written into the code show."""
    return submission.call(
        "EncoderDecoder",
        hidden_dim=HIDDEN,
        encoder_input_shape=(ENCODER_STEPS, 1),
        decoder_input_shape=(DECODER_STEPS, 1),
        num_classes=CLASSES,
    )


@check(
    points=2,
    task=1,
    why="Without return_state=True the layer keeps its final state to itself.",
    hint="The encoder is a SimpleRNN with hidden_dim units; return_state makes it give its final state as well.",
)
def test_encoder(submission: LiveSubmission) -> None:
    """The encoder is a SimpleRNN of size hidden_dim that returns its state."""
    expect_holds(built(submission), SimpleRNN(HIDDEN, return_state=True), role=ENCODER)


@check(
    points=2,
    task=2,
    why="The decoder gives an answer at every step, so it must return its whole sequence.",
    hint="The decoder is a SimpleRNN with hidden_dim units; return_sequences makes it answer at every step.",
)
def test_decoder(submission: LiveSubmission) -> None:
    """The decoder is a SimpleRNN of size hidden_dim that returns its output at every step."""
    expect_holds(built(submission), SimpleRNN(HIDDEN, return_sequences=True), role=DECODER)


@check(
    points=2,
    task=3,
    why="What the encoder has read is all in its final state. For a SimpleRNN the last output holds the same numbers; "
    "an LSTM has a second state that its output does not hold. So take the state.",
    hint="The encoder returns two things, its output and its final state; take them apart and keep the second.",
)
def test_state_from_encoder(submission: LiveSubmission) -> None:
    """call runs the encoder and takes its final state, and nothing else of it."""
    expect_state_taken(built(submission), source=INPUT[0], inputs=INPUTS, role=ENCODER)


@check(
    points=2,
    task=4,
    why="Without an initial state the decoder starts from zeros and knows nothing of what the encoder read.",
    hint="The decoder takes the state where it is called, in a list, as the argument initial_state.",
)
def test_decoder_starts_from_state(submission: LiveSubmission) -> None:
    """call runs the decoder from the encoder's final state."""
    expect_state_given(built(submission), source=INPUT[1], inputs=INPUTS, role=DECODER, giver=ENCODER)


@check(
    points=2,
    task=4,
    needs=["test_encoder", "test_decoder", "test_state_from_encoder", "test_decoder_starts_from_state"],
    why="985 parameters at the sizes of main: 440 in the encoder, 440 in the decoder, 105 in the Dense layer.",
    hint="Look for a layer used twice, another activation, or one layer too many.",
)
def test_model_computes(submission: LiveSubmission) -> None:
    """The model computes class probabilities for every step of the decoder."""
    expect_network(built(submission), NETWORK, inputs=INPUTS)
