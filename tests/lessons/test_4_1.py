"""Lesson 4-1: two vanilla RNN models"""

from grader.checking import check
from grader.expect import expect_layers, expect_model, expect_settings, tokens
from grader.session import LiveSubmission
from grader.spec import Dense, Embedding, SimpleRNN

PRINTS = ["77 (308.00 B)", "28,230 (110.27 KB)"]
MODEL_1 = (Embedding(10, 5), SimpleRNN(3))
MODEL_2 = (Embedding(256, 100), SimpleRNN(20), Dense(10, activation="softmax"))
WORDS_1 = tokens(10, length=7)
WORDS_2 = tokens(256, length=6)

HINTS = {
    1: (
        "Each line of the task is one layer. How does a Sequential model get its layers, one after the other?",
        "A word is only a number. First a layer must make a vector of it, then a recurrent layer can read the "
        "vectors in order.",
        "Call model.add twice: once with a layers.Embedding, once with a layers.SimpleRNN. Of the three numbers in "
        "the task, two go into the first and one into the second.",
    ),
    2: (
        "What does this model say at the end that the first one does not? How many numbers, and what do they mean?",
        "A hidden state is no answer yet. One more layer makes a score for each class of it, and an activation "
        "makes probabilities of the scores.",
        "Call model.add a third time, with a layers.Dense. It takes one node for each class, and the function that "
        "the task names as its argument activation.",
    ),
}


@check(
    points=1,
    task=1,
    why="The Embedding turns words into vectors, the SimpleRNN reads them one after another.",
    hint="Each layer is one call of model.add; the recurrent one is called SimpleRNN, and layers has it.",
)
def test_model1_layers(submission: LiveSubmission) -> None:
    """build_model1 stacks an Embedding and a SimpleRNN."""
    expect_layers(submission.call("build_model1"), *MODEL_1, inputs=WORDS_1)


@check(
    points=2,
    task=1,
    needs=["test_model1_layers"],
    why="The vocabulary, the length of a word's vector and the hidden state decide what the model can hold.",
    hint="Embedding takes the number of words first, then the length of a word's vector.",
)
def test_model1_sizes(submission: LiveSubmission) -> None:
    """build_model1 has 10 words, vectors of length 5 and a hidden state of size 3."""
    expect_settings(submission.call("build_model1"), *MODEL_1, inputs=WORDS_1)


@check(
    points=1,
    task=1,
    needs=["test_model1_sizes"],
    why="77 parameters: 50 in the Embedding, 27 in the SimpleRNN, and nothing else.",
    hint="Compare model.summary() with the page of this lesson.",
)
def test_model1_computes(submission: LiveSubmission) -> None:
    """build_model1 computes the last hidden state, with 77 parameters."""
    expect_model(submission.call("build_model1"), *MODEL_1, inputs=WORDS_1)


@check(
    points=1,
    task=2,
    why="The last hidden state sums the sentence up; the Dense layer makes a number for each class of it.",
    hint="Start from build_model1 and add a Dense layer at the end.",
)
def test_model2_layers(submission: LiveSubmission) -> None:
    """build_model2 stacks an Embedding, a SimpleRNN and a Dense layer."""
    expect_layers(submission.call("build_model2"), *MODEL_2, inputs=WORDS_2)


@check(
    points=2,
    task=2,
    needs=["test_model2_layers"],
    why="Ten nodes with softmax give ten probabilities that add up to 1.",
    hint="The Dense layer takes its activation itself, in the argument of that name; which one, the page says.",
)
def test_model2_sizes(submission: LiveSubmission) -> None:
    """build_model2 has 256 words, vectors of length 100, 20 hidden units and 10 softmax nodes."""
    expect_settings(submission.call("build_model2"), *MODEL_2, inputs=WORDS_2)


@check(
    points=1,
    task=2,
    needs=["test_model2_sizes"],
    why="28,230 parameters: 25,600 in the Embedding, 2,420 in the SimpleRNN, 210 in the Dense layer.",
    hint="Compare model.summary() with the page of this lesson.",
)
def test_model2_computes(submission: LiveSubmission) -> None:
    """build_model2 computes ten probabilities, with 28,230 parameters."""
    expect_model(submission.call("build_model2"), *MODEL_2, inputs=WORDS_2)
