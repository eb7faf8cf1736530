"""Lesson 6-2: LSTM, two LSTMs, GRU"""

from dataclasses import replace

import numpy as np

from grader import evidence
from grader.called import Called
from grader.checking import check
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import History, LayerState, Plain, Ref, Table, Value
from grader.expect import (
    Observed,
    agrees,
    expect_array,
    expect_checkpoint,
    expect_compiled,
    expect_early_stopping,
    expect_fitted,
    expect_fitted_models,
    expect_layers,
    expect_model,
    expect_settings,
    expect_true,
    last_fitted,
    same_data,
    tokens,
)
from grader.expect.inputs import Inputs
from grader.report import Feedback
from grader.session import LiveSubmission, Setup
from grader.spec import GRU, LSTM, Dense, Embedding, Layer, RMSprop, SimpleRNN
from grader.text import literal, text

SETUP = Setup(reviews=(40, 20))
PRINTS = ["8,809 parameters, 3 epochs", "9,353 parameters, 3 epochs", "8,633 parameters, 3 epochs"]
SOLUTION_EPOCHS = 3

HINTS = {
    1: (
        "Take the embedding model of lesson 6-1 to hand. Which of its layers has to make way, and which stay?",
        (
            "An LSTM takes the place of a SimpleRNN: it reads vectors and returns its last output; the gates are "
            "inside. The dropout of this task is a setting of that layer, not a layer of its own."
        ),
        (
            "layers.Embedding, layers.LSTM, layers.Dense. The LSTM takes its units and the argument dropout, the "
            "Dense layer an activation; the number of words comes in as an argument."
        ),
    ),
    2: (
        "What does the second LSTM read? Ask yourself how many vectors the first one must put out for that.",
        (
            "A recurrent layer reads a sequence, one vector at each word, and by itself it returns one vector at the "
            "end. A layer with another one on top of it must return the whole sequence."
        ),
        (
            "Your model of task 1 with a second layers.LSTM, of the same units and dropout, between the first and "
            "the Dense layer. One of the two also needs the argument return_sequences: decide which."
        ),
    ),
    3: (
        "How much of task 1 says LSTM, and how much would be the same for any recurrent layer?",
        (
            "A GRU reads and answers like an LSTM; that it has one state less is its own affair. So it fits into the "
            "same place, and all else stays, or the comparison would not be fair."
        ),
        (
            "layers.GRU with the units and the argument dropout that your LSTM has; Embedding and Dense as before. "
            "It needs no other setting."
        ),
    ),
    4: (
        "Have you solved lesson 6-1? This is its train, word for word: look there first.",
        (
            "Three questions lead through it: how does the model learn (compile), from what (fit), and who watches "
            "it meanwhile (the callbacks)? The last word is what fit returns: the table of task 5 is made from it."
        ),
        (
            "compile takes optimizer (an RMSprop object, for its learning_rate), loss and metrics. fit takes the "
            "data, validation_data, epochs, batch_size and callbacks: a ModelCheckpoint and an EarlyStopping."
        ),
    ),
    5: (
        "After a training, which epoch's weights do you still have? The page says it right before the tasks.",
        (
            "For each model there is one place to find, that of the lowest validation loss; all three columns are "
            "read there. Lists count from 0, people count epochs from 1."
        ),
        (
            "Go over histories.items(): each value has a dictionary history with the lists val_loss and "
            "val_accuracy, and np.argmin finds the place. rows gets a small dictionary under each model's name."
        ),
    ),
}

NUM_WORDS, EPOCHS = 500, 100
"""What the task names; functions that take these are called with others."""
FEW_WORDS = 311

LAYERS: dict[str, tuple[Layer, ...]] = {
    "build_lstm_model": (LSTM(8, dropout=0.3),),
    "build_two_lstm_model": (LSTM(8, dropout=0.3, return_sequences=True), LSTM(8, dropout=0.3)),
    "build_gru_model": (GRU(8, dropout=0.3),),
}

HISTORIES: dict[str, dict[str, tuple[float, ...]]] = {
    "Ada": {"val_loss": (0.66, 0.52, 0.47, 0.49, 0.55), "val_accuracy": (0.61, 0.74, 0.76, 0.79, 0.75)},
    "Bea": {"val_loss": (0.69, 0.58, 0.61), "val_accuracy": (0.53, 0.70, 0.72)},
    "Cleo": {"val_loss": (0.64, 0.59, 0.53, 0.44, 0.45, 0.48), "val_accuracy": (0.66, 0.81, 0.77, 0.78, 0.80, 0.79)},
}
"""Validation losses that are lowest in the middle, where the accuracy is not highest."""


def has(submission: LiveSubmission, name: str) -> bool:
    """Tell whether a function is judged by itself: not where the whole program stands at top level."""
    return submission.defines(name) or not submission.program().fitted


def built(submission: LiveSubmission, name: str) -> tuple[Called | Observed, int]:
    """A model and the size of its vocabulary: an unusual one, so that a number written into the code shows."""
    if has(submission, name):
        return submission.call(name, num_words=FEW_WORDS), FEW_WORDS
    wanted = [layer.kind for layer in LAYERS[name]]
    trained_ones = [Ref(each.model) for each in submission.program().fitted]
    for model in (*trained_ones, *submission.models().values()):
        if recurrent(submission.layers(model)) == wanted:
            return Observed(submission, model), NUM_WORDS
    found = text("Your program has no model with {layers}.", layers=" + ".join(wanted))
    raise CheckFailed(Feedback(found, literal(name), stopped=True))


def recurrent(layers: tuple[LayerState, ...]) -> list[str]:
    """Return the kinds of the recurrent layers among these, and inside them."""
    kinds = (LSTM.__name__, GRU.__name__, SimpleRNN.__name__)
    return [kind for each in layers for kind in ([each.kind] if each.kind in kinds else recurrent(each.inner))]


def stack(name: str, num_words: int) -> tuple[Layer, ...]:
    return Embedding(num_words, 16), *LAYERS[name], Dense(1, activation="sigmoid")


def words(num_words: int) -> Inputs:
    """Few, for there are three models and an LSTM works on one word after the other."""
    return tokens(num_words, length=4)


def expect_kinds(submission: LiveSubmission, name: str) -> None:
    model, num_words = built(submission, name)
    expect_layers(model, *stack(name, num_words), inputs=words(num_words))


def expect_sizes(submission: LiveSubmission, name: str) -> None:
    model, num_words = built(submission, name)
    expect_settings(model, *stack(name, num_words), inputs=words(num_words))


def expect_right(submission: LiveSubmission, name: str) -> None:
    model, num_words = built(submission, name)
    expect_model(model, *stack(name, num_words), inputs=words(num_words))


def trainings(submission: LiveSubmission) -> list[Called]:
    """The program, cut to what it did with each model that it trains."""
    program = submission.program()
    return [
        replace(program, events=tuple(each for each in program.events if getattr(each, "model", model) == model))
        for model in dict.fromkeys(each.model for each in program.fitted)
    ]


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


@check(
    points=1,
    task=1,
    why="The Embedding turns words into vectors, the LSTM reads them, the Dense layer decides.",
    hint="Add three layers in this order: Embedding, LSTM, Dense.",
)
def test_lstm_layers(submission: LiveSubmission) -> None:
    """build_lstm_model stacks an Embedding, an LSTM and a Dense layer."""
    expect_kinds(submission, "build_lstm_model")


@check(
    points=1,
    task=1,
    needs=["test_lstm_layers"],
    why="Dropout keeps the LSTM from relying on single numbers; it is an argument of the layer here.",
    hint="num_words words, not a number; vectors of 16; an LSTM of 8 units, which takes the dropout itself; one node "
    "with sigmoid.",
)
def test_lstm_sizes(submission: LiveSubmission) -> None:
    """Its sizes are vectors of 16, 8 units with dropout 0.3, and one sigmoid node."""
    expect_sizes(submission, "build_lstm_model")


@check(
    points=1,
    task=1,
    needs=["test_lstm_sizes"],
    why="8,809 parameters at 500 words, 800 of them in the LSTM: four times those of a SimpleRNN.",
    hint="Look for anything besides the three layers: model.summary() lists them.",
)
def test_lstm_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    expect_right(submission, "build_lstm_model")


@check(
    points=1,
    task=2,
    why="Two LSTMs, one on top of the other, read the review twice: first the words, then what the first made of them.",
    hint="Embedding, LSTM, LSTM, Dense.",
)
def test_two_lstm_layers(submission: LiveSubmission) -> None:
    """build_two_lstm_model stacks an Embedding, two LSTMs and a Dense layer."""
    expect_kinds(submission, "build_two_lstm_model")


@check(
    points=1,
    task=2,
    needs=["test_two_lstm_layers"],
    why="The second LSTM needs an output for every word; of the second itself only the last one is needed.",
    hint="return_sequences belongs to the first LSTM only; both have 8 units and dropout 0.3.",
)
def test_two_lstm_sizes(submission: LiveSubmission) -> None:
    """The first LSTM returns its whole sequence, the second its last output; both have 8 units, dropout 0.3."""
    expect_sizes(submission, "build_two_lstm_model")


@check(
    points=1,
    task=2,
    needs=["test_two_lstm_sizes"],
    why="9,353 parameters at 500 words: the second LSTM has 544, as it reads 8 numbers a word and not 16.",
    hint="Make a layer object for each LSTM; the second one reads what the first puts out.",
)
def test_two_lstm_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    expect_right(submission, "build_two_lstm_model")


@check(
    points=1,
    task=3,
    why="The GRU stands where the LSTM stood.",
    hint="Add three layers in this order: Embedding, GRU, Dense.",
)
def test_gru_layers(submission: LiveSubmission) -> None:
    """build_gru_model stacks an Embedding, a GRU and a Dense layer."""
    expect_kinds(submission, "build_gru_model")


@check(
    points=1,
    task=3,
    needs=["test_gru_layers"],
    why="For a fair comparison, everything but the kind of layer stays the same.",
    hint="num_words words, not a number; vectors of 16; a GRU of 8 units, which takes the dropout itself; one node "
    "with sigmoid.",
)
def test_gru_sizes(submission: LiveSubmission) -> None:
    """Its sizes are vectors of 16, 8 units with dropout 0.3, and one sigmoid node."""
    expect_sizes(submission, "build_gru_model")


@check(
    points=1,
    task=3,
    needs=["test_gru_sizes"],
    why="8,633 parameters at 500 words, 624 of them in the GRU: three times (16 + 8 + 2) × 8.",
    hint="Leave reset_after and the activations as Keras has them.",
)
def test_gru_computes(submission: LiveSubmission) -> None:
    """It computes the probability of a positive review."""
    expect_right(submission, "build_gru_model")


@check(
    points=1,
    task=4,
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
    task=4,
    why="Binary cross-entropy compares one probability with a label of 0 or 1; accuracy is what a reader understands.",
    hint="compile takes loss by name and metrics as a list, even of one name; both names are on the page.",
)
def test_loss_and_metrics(submission: LiveSubmission) -> None:
    """The loss is binary cross-entropy, the metric accuracy."""
    for called in trained(submission):
        expect_compiled(called, loss="binary_crossentropy", metrics=("accuracy",))


@check(
    points=1,
    task=4,
    why="The callbacks look at the validation loss: without validation data there is none.",
    hint="fit takes t_x and t_y first; the validation set goes into validation_data, as a tuple of inputs and labels.",
)
def test_training_data(submission: LiveSubmission) -> None:
    """It trains on t_x and t_y and validates on v_x and v_y."""
    (t_x, t_y), validation = submission.reviews.padded(700, 12)
    for called in trained(submission):
        if called.name == "train":
            expect_fitted(called, x=t_x, y=t_y, validation_data=validation)
        else:
            expect_parts_of_training_set(submission, called)


def expect_parts_of_training_set(submission: LiveSubmission, called: Called) -> None:
    """Expect training and validation data to be all reviews of the training set, by their labels."""
    fitted = last_fitted(called)
    held = fitted.validation.items if isinstance(fitted.validation, evidence.Sequence) else ()
    given = [evidence.array_of(each) for each in (fitted.y, *held[1:])]
    expect_true(len(given) == 2, text("fit is given no validation data."), literal("validation_data=(v_x, v_y)"))
    labels = np.concatenate([np.zeros(0) if each is None else each.ravel() for each in given])
    every = submission.reviews.loaded(NUM_WORDS)[0][1]
    found = text("Training and validation data together are not the reviews of the training set.")
    expect_true(np.array_equal(np.sort(labels), np.sort(every)), found)


@check(
    points=1,
    task=4,
    why="Whoever calls train says how long at most, and needs the history to compare it.",
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
    task=4,
    why="A model that is written after every epoch is the last one in the end, not the best.",
    hint="A ModelCheckpoint writes only the best model if save_best_only says so; it belongs into the list callbacks "
    "of fit.",
)
def test_checkpoint(submission: LiveSubmission) -> None:
    """A checkpoint keeps the model with the lowest validation loss in the file that train is told."""
    for called in trained(submission):
        expect_checkpoint(called, path="best_7.keras" if called.name == "train" else None)


@check(
    points=1,
    task=4,
    why="Nobody knows the right number of epochs beforehand; three without a new best are taken for the end.",
    hint="An EarlyStopping with its patience belongs into the list callbacks of fit; it watches val_loss by itself.",
)
def test_early_stopping(submission: LiveSubmission) -> None:
    """Training ends after three epochs without a lower validation loss."""
    for called in trained(submission):
        expect_early_stopping(called, patience=3)


@check(
    points=1,
    task=4,
    needs=["test_early_stopping"],
    why="Three epochs after the best one the weights are others: what you go on with should be the best.",
    hint="EarlyStopping goes back to the best weights only if restore_best_weights says so.",
)
def test_best_weights(submission: LiveSubmission) -> None:
    """The model then has the weights of its best epoch again."""
    for called in trained(submission):
        expect_early_stopping(called, restored=True)


def compared(submission: LiveSubmission) -> Called:
    """``compare`` with three histories of ours, under every name that the metric may have.

    Whose ``train`` returns their dictionaries is charged for that there: ``compare`` may read those.
    """
    courses = {}
    for name, values in HISTORIES.items():
        accuracy = values["val_accuracy"]
        course = {
            **values,
            **dict.fromkeys(("val_acc", "val_binary_accuracy"), accuracy),
            "loss": tuple(0.7 - 0.1 * epoch for epoch in range(len(accuracy))),
            **dict.fromkeys(("accuracy", "acc", "binary_accuracy"), tuple(each + 0.05 for each in accuracy)),
        }
        courses[name] = course
    histories = {name: submission.history(**course) for name, course in courses.items()}
    called = submission.call("compare", histories=histories)
    if called.failed is None:
        return called
    of_dictionaries = submission.call("compare", histories=courses)
    return called if of_dictionaries.failed else of_dictionaries


def column(submission: LiveSubmission, name: str) -> Value:
    """Return a column of the table, its rows in the order of our histories."""
    table = compared(submission).result()
    values = table.column(name) if isinstance(table, Table) else None
    if values is None:
        raise Unanswerable(text("First make the table have a column {name}.", name=name))
    numbers = evidence.array_of(values)
    assert isinstance(table, Table)
    if numbers is None or set(table.index) != set(HISTORIES):
        return values
    order = [table.index.index(each) for each in HISTORIES]
    return evidence.Sequence("list", tuple(Plain(float(numbers[each])) for each in order), "")


def measured_at(what: str, epochs: np.ndarray) -> np.ndarray | None:
    """Return a measurement of each history after an epoch of its own; None if there is no such epoch."""
    numbers = [(each[what], int(epoch) - 1) for each, epoch in zip(HISTORIES.values(), epochs, strict=True)]
    if any(not 0 <= at < len(values) for values, at in numbers):
        return None
    return np.array([values[at] for values, at in numbers])


BEST = np.array([1 + int(np.argmin(each["val_loss"])) for each in HISTORIES.values()])


@check(
    points=1,
    task=5,
    why="A table is read by the names of its rows and columns.",
    hint="rows needs an entry for each model, under its name: a dict with the three columns of the page.",
)
def test_table(submission: LiveSubmission) -> None:
    """compare returns a table with a row for each model and the columns epoch, val_loss and val_accuracy."""
    table = compared(submission).result()
    kind = str(getattr(table, "name", None) or getattr(table, "kind", None) or type(table).__name__)
    if not isinstance(table, Table):
        raise CheckFailed(Feedback(text("compare returns a value of the type {kind}.", kind=kind), text("a DataFrame")))
    columns = [name for name, _ in table.columns]
    missing = [name for name in ("epoch", "val_loss", "val_accuracy") if name not in columns]
    has_columns = text("Its columns: {names}.", names=", ".join(columns))
    lacks = text("The table that compare returns has no column {name}.", name=", ".join(missing))
    expect_true(not missing, lacks, None, has_columns)
    found = text("The rows of the table that compare returns are called {names}.", names=", ".join(table.index))
    expect_true(sorted(table.index) == sorted(HISTORIES), found, literal(", ".join(HISTORIES)))


@check(
    points=1,
    task=5,
    why="The model that you keep is that of the epoch with the lowest validation loss.",
    hint="np.argmin finds the place of the lowest val_loss; it counts from 0, and epochs are counted from 1.",
)
def test_best_epoch(submission: LiveSubmission) -> None:
    """The epoch is that of the lowest validation loss, counted from 1."""
    by_accuracy = np.array([1 + int(np.argmax(each["val_accuracy"])) for each in HISTORIES.values()])
    last = np.array([len(each["val_loss"]) for each in HISTORIES.values()])
    suspects = (
        (text("These epochs are counted from 0."), BEST - 1),
        (text("These are the epochs of the highest validation accuracy."), by_accuracy),
        (text("These are the last epochs."), last),
    )
    expect_array(column(submission, "epoch"), BEST, text("The column epoch of what compare returns"), suspects=suspects)


@check(
    points=1,
    task=5,
    why="Loss and accuracy of different epochs belong to different models.",
    hint="Take the loss and the accuracy at the same index, that of the lowest val_loss.",
)
def test_best_values(submission: LiveSubmission) -> None:
    """Validation loss and accuracy are those of that epoch."""
    stated = evidence.array_of(column(submission, "epoch"))
    for name in ("val_loss", "val_accuracy"):
        values, asked = column(submission, name), measured_at(name, BEST)
        told = None if stated is None or stated.shape != BEST.shape else measured_at(name, stated)
        if told is not None and agrees(values, told):
            continue  # which epoch it is, is for another check
        suspects = (
            (
                text("These are the values of the last epochs."),
                np.array([each[name][-1] for each in HISTORIES.values()]),
            ),
            (text("These are the highest values."), np.array([max(each[name]) for each in HISTORIES.values()])),
        )
        assert asked is not None
        expect_array(values, asked, text("The column {name} of what compare returns", name=name), suspects=suspects)


@check(
    points=1,
    task=5,
    why="Three models, trained in the same way on the same reviews: only then do their figures compare.",
    hint="main is written for you: it needs all the functions of tasks 1 to 5.",
)
def test_main(submission: LiveSubmission) -> None:
    """main trains all three models."""
    program = submission.program()
    if program.failed is not None and len(trainings(submission)) < len(LAYERS):
        raise Unanswerable(program.failed.found)
    for name in LAYERS:
        if submission.defines(name):
            expect_fitted_models(program, submission.call(name, num_words=NUM_WORDS))
    for called in trainings(submission) if hands_on_validation(submission) else ():
        expect_parts_of_training_set(submission, called)
    found = text("{count} models are trained.", count=len(trainings(submission)))
    expect_true(len(trainings(submission)) >= len(LAYERS), found, literal("3"))
