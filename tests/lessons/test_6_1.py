"""Lesson 6-1: text classification, one-hot against embedding"""

from dataclasses import replace

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import History, Plain, Value
from grader.expect import (
    Curve,
    expect_array,
    expect_axes,
    expect_checkpoint,
    expect_compiled,
    expect_early_stopping,
    expect_fitted,
    expect_fitted_models,
    expect_items,
    expect_layers,
    expect_model,
    expect_true,
    last_fitted,
    same_data,
    sequences,
    tokens,
    trained_model,
)
from grader.expect.callbacks import COURSE
from grader.report import Feedback
from grader.session import LiveSubmission, Setup
from grader.spec import Dense, Embedding, RMSprop, SimpleRNN
from grader.text import literal, text

SETUP = Setup(reviews=(40, 20))
PRINTS = ["[One-hot] best of", "4,081 parameters", "[Embedding] best of", "8,209 parameters"]
DRAWS = ["onehot_loss.png", "embedding_loss.png"]

HINTS = {
    1: (
        "Nothing has to be computed by hand here. Which two functions that the stub imports are made for this?",
        (
            "Reviews and labels are divided in one and the same draw, so that each review keeps its label. Then all "
            "reviews get one length, or they do not fit into one array."
        ),
        (
            "train_test_split takes both arrays at once, with test_size and random_state, and gives four parts back "
            "in the order of the docstring. pad_sequences needs only the length: it works in front by itself."
        ),
    ),
    2: (
        "Look at the vector of word 7 on the page. At which of its places is the 1?",
        (
            "Picture a table with one row for each word, holding the vector of that word. One-hot encoding is then "
            "nothing but looking up rows."
        ),
        (
            "np.eye makes that table: its size is num_words, its dtype the small one. An array of indices in square "
            "brackets picks a row for each of them, all reviews at once."
        ),
    ),
    3: (
        "What does one review look like when it comes to this model: how many axes, and how long is each?",
        (
            "A one-hot vector is a vector already, so there is nothing to embed: the SimpleRNN reads it as it is. Of "
            "its states, the last one is enough for a decision."
        ),
        (
            "Three times model.add: layers.Input with the shape of one review, layers.SimpleRNN, layers.Dense with "
            "its activation. Where a size is an argument of your function, use that argument."
        ),
    ),
    4: (
        (
            "Compare with task 3: what comes in here, vectors or word indices? What is missing before a SimpleRNN "
            "can read?"
        ),
        (
            "An index becomes a vector in the model itself, by a layer that learns the vectors. Behind that layer "
            "everything is as in task 3."
        ),
        (
            "layers.Embedding takes two numbers: first how many words there are, then how long a vector is. "
            "layers.SimpleRNN and layers.Dense follow; no length of a review is needed."
        ),
    ),
    5: (
        "Go through the list on the page and ask of each line: is this for compile, for fit, or for a callback?",
        (
            "compile says how the model learns, fit says from what and for how long at most. The two callbacks look "
            "at the validation loss after each epoch: one stops in time, one keeps the best model."
        ),
        (
            "Beside the data, fit takes epochs, batch_size, validation_data and callbacks, a list of ModelCheckpoint "
            "(with save_best_only) and EarlyStopping (with patience and restore_best_weights). Of RMSprop you need "
            "the object: it takes the learning_rate."
        ),
    ),
    6: (
        "fit has noted the losses of every epoch. Where are they, in what train returns?",
        (
            "A History object has an attribute that is called history, too: a dictionary from a name to a list, one "
            "number an epoch. Two lists drawn in one figure make two curves to compare."
        ),
        (
            "The keys are loss and val_loss, plt.plot draws a list, plt.savefig saves the figure. The name of the "
            "picture is an argument of your function."
        ),
    ),
}

NUM_WORDS, MAX_LEN, EPOCHS = 500, 100, 100
"""What the task names; functions that take these are called with others."""

ONE_HOT, INDICES = 3, 2
"""Axes of what a model reads: one-hot vectors, or word indices."""
READ = {ONE_HOT: text("one-hot vectors"), INDICES: text("word indices")}

HISTORY = {
    "loss": (0.69, 0.61, 0.52, 0.46, 0.41),
    "val_loss": (0.68, 0.63, 0.58, 0.57, 0.60),
    **dict.fromkeys(("accuracy", "acc", "binary_accuracy"), (0.52, 0.66, 0.74, 0.79, 0.82)),
    **dict.fromkeys(("val_accuracy", "val_acc", "val_binary_accuracy"), (0.55, 0.64, 0.71, 0.73, 0.70)),
}
"""A history to be drawn, under every name that the metric may have."""

X, Y = np.stack([np.arange(43), *(np.arange(3 * 43).reshape(3, 43) % 17)], axis=1), np.arange(43) * 7 % 2
"""Rows to be split, each with its number in front, and their labels."""

ONE_HOT_MODEL = (SimpleRNN(8), Dense(1, activation="sigmoid"))
SIZES = {"max_len": 9, "num_words": 31}
"""Unusual ones, so that numbers written into the code show."""


def has(submission: LiveSubmission, name: str) -> bool:
    """Tell whether a function is judged by itself: not where the whole program stands at top level."""
    return submission.defines(name) or not submission.program().fitted


def shape_of(value: Value) -> tuple[int, ...]:
    """Return an array's shape, however large the array is."""
    array = evidence.array_of(value)
    return tuple(getattr(value, "shape", ())) if array is None else array.shape


def trainings(submission: LiveSubmission) -> list[Called]:
    """The program, cut to what it did with each model that it trains."""
    program = submission.program()
    return [
        replace(program, events=tuple(each for each in program.events if getattr(each, "model", model) == model))
        for model in dict.fromkeys(each.model for each in program.fitted)
    ]


def training_on(submission: LiveSubmission, axes: int) -> Called:
    """The program, cut to the model that it trains on one-hot vectors, or to the one that it trains on indices."""
    found = [each for each in trainings(submission) if len(shape_of(last_fitted(each).x)) == axes]
    if not found:
        stopped = submission.program().failed
        details = (stopped.found,) if stopped else ()
        what = text("No model is trained on {what}.", what=READ[axes])
        raise CheckFailed(Feedback(what, literal("model.fit(…)"), details))
    return found[-1]


def trained(submission: LiveSubmission) -> list[Called]:
    """``train`` with a model, data and a number of epochs of ours; or every training of the program."""
    if not has(submission, "train"):
        return trainings(submission)
    (t_x, t_y), (v_x, v_y) = submission.reviews.padded(700, 12)
    model = submission.build(Embedding(700, 2), SimpleRNN(2), Dense(1, activation="sigmoid"))
    called = submission.call("train", model=model, t_x=t_x, t_y=t_y, v_x=v_x, v_y=v_y, path="best_7.keras", epochs=7)
    compiled_where_built = () if called.compiled else trainings(submission)
    return list(compiled_where_built) or [called]


def hands_on_validation(submission: LiveSubmission) -> bool:
    """Tell whether ``train`` validates on what it is given: then ``main`` answers for what that is."""
    called = trained(submission)[0]
    given = called.fitted[-1].validation if called.fitted else None
    held = given.items if isinstance(given, evidence.Sequence) else ()
    return called.name == "train" and len(held) == 2 and same_data(held[1], submission.reviews.padded(700, 12)[1][1])


def kept_and_held(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that ``train_test_split`` with seed 42 takes to train with, and those to validate with."""
    order = np.random.RandomState(42).permutation(count)
    held = -(-count // 5)
    return order[held:], order[:held]


def parted(submission: LiveSubmission) -> tuple[Value, ...]:
    """Return what ``split`` makes of our rows, or what the program trains and validates with: t_x, v_x, t_y, v_y."""
    if has(submission, "split"):
        called = submission.call("split", x=X, y=Y)
        return expect_items(called.result(), "t_x", "v_x", "t_y", "v_y", what=text("What split returns"))
    fitted = last_fitted(trainings(submission)[-1])
    held = fitted.validation.items if isinstance(fitted.validation, evidence.Sequence) else ()
    if len(held) < 2:
        raise CheckFailed(Feedback(text("fit is given no validation data."), literal("validation_data=(v_x, v_y)")))
    return fitted.x, held[0], fitted.y, held[1]


@check(
    points=1,
    task=1,
    why="A fifth is enough to see how the model does on reviews that it is not trained on.",
    hint="train_test_split takes x and y together and returns four parts, both of x first; test_size is the share for "
    "validation.",
)
def test_split(submission: LiveSubmission) -> None:
    """split keeps four fifths of the reviews for training and one fifth for validation."""
    train, held = kept_and_held(len(Y) if has(submission, "split") else len(submission.reviews.y_train))
    for name, value, rows in zip(("t_x", "v_x", "t_y", "v_y"), parted(submission), 2 * (train, held), strict=True):
        shape = shape_of(value) or (len(value.items) if isinstance(value, evidence.Sequence) else 0,)
        found = text("{name} has {count} rows.", name=name, count=shape[0])
        expect_true(
            shape[0] == len(rows), found, text("{count} of {size}", count=len(rows), size=len(train) + len(held))
        )


@check(
    points=1,
    task=1,
    needs=["test_split"],
    why="A fixed seed draws the same reviews in every run: only then can two runs be compared.",
    hint="train_test_split takes the seed of its draw in the argument random_state; the value is on the page.",
)
def test_seed(submission: LiveSubmission) -> None:
    """It draws them with the seed 42, so that every run has the same, each with its label."""
    t_x, v_x, t_y, v_y = parted(submission)
    own = has(submission, "split")
    labels = Y if own else submission.reviews.loaded(NUM_WORDS)[0][1]
    train, held = kept_and_held(len(labels))
    if own:
        expect_array(t_x, X[train], literal("t_x"))
        expect_array(v_x, X[held], literal("v_x"))
    for name, value, rows in (("t_y", t_y, train), ("v_y", v_y, held)):
        expect_true(
            same_data(value, labels[rows]), text("{name} holds other labels than the seed 42 draws.", name=name)
        )


@check(
    points=1,
    task=1,
    why="Zeros in front and a cut in front: so the RNN always ends on the real end of a review.",
    hint="pad_sequences takes the length in its argument maxlen; leave padding and truncating as they are.",
)
def test_pad(submission: LiveSubmission) -> None:
    """pad brings every review to max_len words, padded and cut in front."""
    if has(submission, "pad"):
        called = submission.call("pad", sequences=[[5, 6], [1, 2, 3, 4, 5, 6, 7]], max_len=4)
        expect_array(
            called.result(),
            np.array([[0, 0, 5, 6], [4, 5, 6, 7]]),
            text("What pad returns"),
            suspects=(
                (text("Short reviews have their zeros at the end."), np.array([[5, 6, 0, 0], [4, 5, 6, 7]])),
                (text("Long reviews have lost their end."), np.array([[0, 0, 5, 6], [1, 2, 3, 4]])),
                (text("Zeros and cut are at the end."), np.array([[5, 6, 0, 0], [1, 2, 3, 4]])),
            ),
        )
        return
    given = last_fitted(training_on(submission, INDICES)).x
    known = {row.tobytes() for row in submission.reviews.padded(NUM_WORDS, MAX_LEN)[0][0].astype("float64")}
    array = evidence.array_of(given)
    shape = text("Its shape is {shape}.", shape=str(shape_of(given)))
    found = text("fit is given other reviews than those of length 100, zeros in front, cut in front.")
    expect_true(array is not None and {row.tobytes() for row in array} <= known, found, None, shape)


@check(
    points=2,
    task=2,
    why="Every word has a place of its own; the last axis is num_words long, whichever words occur.",
    hint="Pick rows of np.eye by the word indices, or use to_categorical; tell either of them num_words.",
)
def test_one_hot(submission: LiveSubmission) -> None:
    """one_hot gives each word a vector with a single one, num_words long."""
    if has(submission, "one_hot"):
        indices = submission.random.integers(0, 6, (4, 5))
        called = submission.call("one_hot", sequences=indices, num_words=8)
        asked = np.eye(8)[indices]
        suspects = (
            (
                text("It is as wide as the largest word of these reviews needs."),
                np.eye(int(indices.max()) + 1)[indices],
            ),
            (text("The ones stand one place too far to the left."), np.eye(8)[indices - 1]),
            (text("The padding word 0 has a place of its own, too."), asked * (indices > 0)[..., np.newaxis]),
        )
        expect_array(called.result(), asked, text("What one_hot returns"), suspects=suspects)
        return
    given = last_fitted(training_on(submission, ONE_HOT)).x
    every = [evidence.array_of(last_fitted(each).x) for each in trainings(submission)]
    train, _ = kept_and_held(len(submission.reviews.y_train))
    indices = submission.reviews.padded(NUM_WORDS, MAX_LEN)[0][0][train]
    mine = [each.astype(int) for each in every if each is not None and each.ndim == INDICES]
    right = any(same_data(given, np.eye(NUM_WORDS, dtype="float32")[each]) for each in (*mine, indices))
    shape = text("Its shape is {shape}.", shape=str(shape_of(given)))
    expect_true(right, text("fit is given other numbers than the one-hot vectors of the reviews."), None, shape)


@check(
    points=1,
    task=3,
    why="The SimpleRNN reads a vector for each word, the Dense layer decides.",
    hint="An Input of the shape that the page names, then a SimpleRNN, then a Dense layer.",
)
def test_onehot_layers(submission: LiveSubmission) -> None:
    """build_onehot_model stacks a SimpleRNN and a Dense layer."""
    if has(submission, "build_onehot_model"):
        called = submission.call("build_onehot_model", **SIZES)
        expect_layers(called, *ONE_HOT_MODEL, inputs=sequences(length=9, features=31))
    else:
        model = trained_model(training_on(submission, ONE_HOT))
        expect_layers(model, *ONE_HOT_MODEL, inputs=sequences(MAX_LEN, NUM_WORDS))


@check(
    points=1,
    task=3,
    needs=["test_onehot_layers"],
    why="4,081 parameters at 500 words: 4,072 in the SimpleRNN, which has weights for every place of the vectors.",
    hint="8 hidden units, returning the last state only; one node with sigmoid; sizes from max_len and num_words.",
)
def test_onehot_model(submission: LiveSubmission) -> None:
    """It has 8 hidden units and one sigmoid node, and computes the probability of a positive review."""
    if has(submission, "build_onehot_model"):
        called = submission.call("build_onehot_model", **SIZES)
        expect_model(called, *ONE_HOT_MODEL, inputs=sequences(length=9, features=31))
    else:
        model = trained_model(training_on(submission, ONE_HOT))
        expect_model(model, *ONE_HOT_MODEL, inputs=sequences(MAX_LEN, NUM_WORDS))


def embedding_model(num_words: int) -> tuple[Embedding, SimpleRNN, Dense]:
    return Embedding(num_words, 16), *ONE_HOT_MODEL


@check(
    points=1,
    task=4,
    why="The Embedding learns a vector for each word, the SimpleRNN reads them, the Dense layer decides.",
    hint="Add three layers in this order: Embedding, SimpleRNN, Dense.",
)
def test_embedding_layers(submission: LiveSubmission) -> None:
    """build_embedding_model stacks an Embedding, a SimpleRNN and a Dense layer."""
    if has(submission, "build_embedding_model"):
        called = submission.call("build_embedding_model", num_words=311)
        expect_layers(called, *embedding_model(311), inputs=tokens(311, length=9))
    else:
        model = trained_model(training_on(submission, INDICES))
        expect_layers(model, *embedding_model(NUM_WORDS), inputs=tokens(NUM_WORDS, length=9))


@check(
    points=1,
    task=4,
    needs=["test_embedding_layers"],
    why="8,209 parameters at 500 words, 8,000 of them in the Embedding: the SimpleRNN now reads vectors of 16 numbers.",
    hint="num_words words, not a number; vectors of 16; 8 hidden units; one node with sigmoid.",
)
def test_embedding_model(submission: LiveSubmission) -> None:
    """It has vectors of 16, 8 hidden units and one sigmoid node, and computes the probability of a positive review."""
    if has(submission, "build_embedding_model"):
        called = submission.call("build_embedding_model", num_words=311)
        expect_model(called, *embedding_model(311), inputs=tokens(311, length=9))
    else:
        model = trained_model(training_on(submission, INDICES))
        expect_model(model, *embedding_model(NUM_WORDS), inputs=tokens(NUM_WORDS, length=9))


@check(
    points=1,
    task=5,
    why="Small steps make smooth curves; only then can one see when the validation loss stops falling.",
    hint="Hand compile an RMSprop object with its learning_rate; the word rmsprop alone takes steps ten times as "
    "large.",
)
def test_optimizer(submission: LiveSubmission) -> None:
    """The optimizer is RMSprop with a learning rate of 0.0001."""
    for called in trained(submission):
        expect_compiled(called, optimizer=RMSprop(1e-4))


@check(
    points=1,
    task=5,
    why="Binary cross-entropy compares one probability with a label of 0 or 1; accuracy is what a reader understands.",
    hint="compile takes loss by name and metrics as a list, even of one name; both names are on the page.",
)
def test_loss_and_metrics(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy, the metric accuracy."""
    for called in trained(submission):
        expect_compiled(called, loss="binary_crossentropy", metrics=("accuracy",))


@check(
    points=1,
    task=5,
    why="The callbacks look at the validation loss: without validation data there is none.",
    hint="fit takes t_x and t_y first; the validation set goes into validation_data, as a tuple of inputs and labels.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """It trains on t_x and t_y and validates on v_x and v_y."""
    (t_x, t_y), validation = submission.reviews.padded(700, 12)
    for called in trained(submission):
        if has(submission, "train") and called.name == "train":
            expect_fitted(called, x=t_x, y=t_y, validation_data=validation)
        else:
            expect_parts_of_training_set(submission, called)


def expect_parts_of_training_set(submission: LiveSubmission, called: Called) -> None:
    """Expect training and validation data to be all reviews of the training set, by their labels."""
    fitted = last_fitted(called)
    held = fitted.validation.items if isinstance(fitted.validation, evidence.Sequence) else ()
    given = [evidence.array_of(each) for each in (fitted.y, *held[1:])]
    found = text("fit is given no validation data.")
    expect_true(len(given) == 2, found, literal("validation_data=(v_x, v_y)"))
    labels = np.concatenate([np.zeros(0) if each is None else each.ravel() for each in given])
    every = submission.reviews.loaded(NUM_WORDS)[0][1]
    found = text("Training and validation data together are not the reviews of the training set.")
    expect_true(np.array_equal(np.sort(labels), np.sort(every)), found)


@check(
    points=1,
    task=5,
    why="Whoever calls train says how long at most, and needs the history to draw it.",
    hint="Compile in train, give fit the batch_size of the page and the epochs that train was given, and return what "
    "fit returns.",
)
def test_training_settings(submission: LiveSubmission) -> None:
    """Batches of 64, at most as many epochs as train is told to; it returns the history."""
    if not has(submission, "train"):
        for called in trainings(submission):
            expect_fitted(called, batch_size=64, epochs=EPOCHS, stops_early=True)
        return
    called = trained(submission)[0]
    if called.name != "train":
        raise CheckFailed(Feedback(text("train does not compile the model."), literal("model.compile(…)")))
    expect_fitted(called, batch_size=64, epochs=7, stops_early=True)
    value = called.result()
    given = repr(value.v) if isinstance(value, Plain) else str(getattr(value, "name", type(value).__name__))
    found = text("{name} returns {actual}.", name=called.name, actual=given)
    expect_true(isinstance(value, History), found, text("the history that fit returns"))


@check(
    points=1,
    task=5,
    why="A model that is written after every epoch is the last one in the end, not the best.",
    hint="A ModelCheckpoint writes only the best model if save_best_only says so; it belongs into the list callbacks "
    "of fit.",
)
def test_checkpoint(submission: LiveSubmission) -> None:
    """A checkpoint keeps the model with the lowest validation loss."""
    for called in trained(submission):
        expect_checkpoint(called)


@check(
    points=1,
    task=5,
    needs=["test_checkpoint"],
    why="Two models that are saved under one name: the second overwrites the first.",
    hint="ModelCheckpoint takes the name of the file first; train is told it in an argument.",
)
def test_checkpoint_file(submission: LiveSubmission) -> None:
    """It keeps each model in a file of its own, the one that train is told."""
    parts = trained(submission)
    if has(submission, "train") and parts[0].name == "train":
        expect_checkpoint(parts[0], path="best_7.keras")
        return
    paths = [saved_as(each) for each in parts]
    expect_true(len(set(paths)) == len(paths), text("Every model is saved as {name}.", name=paths[0]))


def saved_as(called: Called) -> str:
    """Return the name of the file that a checkpoint of this training writes."""
    callbacks = tuple(each.handle for each in last_fitted(called).callbacks)
    saves = called.submission.rehearse(callbacks, COURSE).saves
    return saves[-1].path if saves else ""


@check(
    points=1,
    task=5,
    why="Nobody knows the right number of epochs beforehand; three without a new best are taken for the end.",
    hint="An EarlyStopping with its patience belongs into the list callbacks of fit; it watches val_loss by itself.",
)
def test_early_stopping(submission: LiveSubmission) -> None:
    """Training ends after three epochs without a lower validation loss."""
    for called in trained(submission):
        expect_early_stopping(called, patience=3)


@check(
    points=1,
    task=5,
    needs=["test_early_stopping"],
    why="Three epochs after the best one the weights are others: what you go on with should be the best.",
    hint="EarlyStopping goes back to the best weights only if restore_best_weights says so.",
)
def test_best_weights(submission: LiveSubmission) -> None:
    """The model then has the weights of its best epoch again."""
    for called in trained(submission):
        expect_early_stopping(called, restored=True)


def losses(values: dict[str, np.ndarray]) -> tuple[Curve, Curve]:
    return (
        Curve(text("the training loss"), values["loss"]),
        Curve(text("the validation loss"), values["val_loss"]),
    )


@check(
    points=1,
    task=6,
    why="Where the two curves part, the model begins to learn its reviews by heart.",
    hint="Draw the lists loss and val_loss of history.history, then save the figure under the name that plot_loss is "
    "given.",
)
def test_plot(submission: LiveSubmission) -> None:
    """plot_loss draws the training and the validation loss and saves the picture as path."""
    program = submission.program()
    if has(submission, "plot_loss"):
        called = submission.call("plot_loss", history=submission.history(**HISTORY), path="losses_5.png")
        if not called.failed or not program.of_kind(evidence.Drawn):
            given = {name: np.array(numbers) for name, numbers in HISTORY.items()}
            expect_axes(called, *losses(given), path="losses_5.png")
            return
    for each in trainings(submission):
        expect_axes(program, *losses(measured(each)))


def measured(called: Called) -> dict[str, np.ndarray]:
    """Return what a training of the program measured."""
    returned = last_fitted(called).returned
    items = returned.items if isinstance(returned, evidence.Mapping) else ()
    values = {name: array for name, value in items if (array := evidence.array_of(value)) is not None}
    if not {"loss", "val_loss"} <= values.keys():
        raise Unanswerable(text("First have both losses measured: the history does not have them."))
    return values


@check(
    points=1,
    task=6,
    why="Two models are compared fairly when they read the same reviews and differ in nothing else.",
    hint="main is written for you: it needs all the functions of tasks 1 to 6.",
)
def test_main(submission: LiveSubmission) -> None:
    """main trains both models, the one on one-hot vectors, the other on the indices of the same reviews."""
    stopped = submission.program().failed
    if stopped is not None and len(trainings(submission)) < 2:
        raise Unanswerable(stopped.found)
    by_vectors, by_indices = training_on(submission, ONE_HOT), training_on(submission, INDICES)
    if submission.defines("build_onehot_model"):
        built = submission.call("build_onehot_model", max_len=MAX_LEN, num_words=NUM_WORDS)
        expect_fitted_models(by_vectors, built)
    if submission.defines("build_embedding_model"):
        expect_fitted_models(by_indices, submission.call("build_embedding_model", num_words=NUM_WORDS))
    for called in (by_vectors, by_indices) if hands_on_validation(submission) else ():
        expect_parts_of_training_set(submission, called)
    found = text("The two models are trained on different reviews.")
    expect_true(np.array_equal(labels_of(by_vectors), labels_of(by_indices)), found)


def labels_of(called: Called) -> np.ndarray:
    """Return the labels that a model is trained with: they tell the reviews."""
    labels = evidence.array_of(last_fitted(called).y)
    return np.zeros(0) if labels is None else labels.ravel()
